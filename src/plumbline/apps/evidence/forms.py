"""The upload form."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.platform import clock
from plumbline.platform.ui.forms import LabelledForm
from plumbline.vocabulary import load_vocabulary


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class ManyFiles(forms.FileField):
    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        each = data if isinstance(data, list) else [data] if data else []
        if not each:
            super().clean(None, initial)
        return each


def _choices(enum: str, *leave_out: str) -> list[tuple[str, str]]:
    return [
        ("", "请选择"),
        *((v, zh) for v, zh in load_vocabulary().enums[enum].items() if v not in leave_out),
    ]


class EvidenceForm(LabelledForm):
    title = forms.CharField(label="证据名称", max_length=120)
    kind = forms.ChoiceField(
        label="种类",
        help_text="行政处罚法第四十六条规定的种类",
        choices=_choices("evidence_kind", "unlisted"),
    )
    source = forms.ChoiceField(label="来源", choices=_choices("evidence_source"))
    origin = forms.CharField(label="来源说明", max_length=200, help_text="从哪里、由谁提供或者调取")
    proves = forms.CharField(label="证明什么", max_length=300)
    collected_on = forms.DateField(
        label="收集日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=clock.today,
    )
    officers = forms.MultipleChoiceField(
        label="收集人员", widget=forms.CheckboxSelectMultiple, required=False
    )
    files = ManyFiles(
        label="文件",
        help_text="照片不超过 20 MB，PDF、Word、Excel、录音录像不超过 50 MB；可以一次选多个",
        widget=ManyFilesInput(attrs={"multiple": True}),
    )

    def __init__(self, *args: Any, officers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officers"].choices = officers  # type: ignore[attr-defined]
        self.fields["officers"].initial = [number for number, _ in officers]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("source") == "officers" and len(cleaned.get("officers", ())) < 2:
            self.add_error(
                "officers", "执法人员收集证据不得少于两人（行政处罚法第四十二条）。请勾选两名承办人员。"
            )
        day = cleaned.get("collected_on")
        if day and day > clock.today():
            self.add_error("collected_on", "「收集日期」晚于今天。请改为今天或者之前的日期。")
        return cleaned
