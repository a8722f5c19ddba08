"""The forms of evidence: adding, custody, copies, links and recordings."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.platform import clock
from plumbline.platform.ui.forms import LabelledForm
from plumbline.vocabulary import load_vocabulary

from .models import CustodyKind

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


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
    proves = forms.CharField(label="证明什么", max_length=300)
    stage = forms.ChoiceField(label="哪个环节", choices=_choices("stage"), initial="evidence", required=False)
    source = forms.ChoiceField(label="来源", choices=_choices("evidence_source"))
    origin = forms.CharField(label="来源说明", max_length=200, help_text="从哪里、由谁提供或者调取")
    collected_on = forms.DateField(
        label="收集日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=clock.today,
    )
    officers = forms.MultipleChoiceField(
        label="收集人员", widget=forms.CheckboxSelectMultiple, required=False
    )
    quantity = forms.CharField(
        label="数量和特征",
        max_length=200,
        required=False,
        help_text="物证填写，例如“铝合金门窗 12 扇，编号 1 至 12”",
    )
    place = forms.CharField(
        label="保管地点", max_length=200, required=False, help_text="物证、原始介质现在存放的地方"
    )
    list_event = forms.ChoiceField(
        label="列在哪份清单", required=False, help_text="先行登记保存或者查封扣押的物品"
    )
    files: Any = ManyFiles(
        label="文件",
        required=False,
        help_text="照片不超过 20 MB，PDF、Word、Excel 不超过 50 MB，录音录像不超过 2 GB；可以一次选多个，断网后从断点继续",
        widget=ManyFilesInput(attrs={"multiple": True, "data-uploads": "received"}),
    )

    def __init__(
        self,
        *args: Any,
        officers: list[tuple[str, str]],
        lists: list[tuple[str, str]] | None = None,
        received: list[str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.received = received or []
        self.fields["officers"].choices = officers  # type: ignore[attr-defined]
        self.fields["officers"].initial = [number for number, _ in officers]
        self.fields["list_event"].choices = [("", "不在清单上"), *(lists or [])]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["stage"] = cleaned.get("stage") or "evidence"
        if cleaned.get("source") == "officers" and len(cleaned.get("officers", ())) < 2:
            self.add_error(
                "officers", "执法人员收集证据不得少于两人（行政处罚法第四十二条）。请勾选两名承办人员。"
            )
        day = cleaned.get("collected_on")
        if day and day > clock.today():
            self.add_error("collected_on", "「收集日期」晚于今天。请改为今天或者之前的日期。")
        if cleaned.get("kind") == "physical" and not cleaned.get("files") and not self.received:
            # A thing may have no file; then it must be said what and where it is.
            for name in ("quantity", "place"):
                if not cleaned.get(name):
                    self.add_error(name, f"物证没有上传照片的，请填写“{self.fields[name].label}”。")
        elif not cleaned.get("files") and not self.received and "files" not in self.errors:
            self.add_error("files", "请选择“文件”。")
        return cleaned


class CustodyForm(LabelledForm):
    kind = forms.ChoiceField(
        label="事项",
        choices=[("", "请选择"), *(c for c in CustodyKind.choices if c[0] not in {"collected", "copied"})],
    )
    at = forms.DateTimeField(label="时间", widget=MOMENT, initial=clock.now)
    giver = forms.CharField(label="交出", max_length=120, required=False)
    taker = forms.CharField(label="接收", max_length=120, required=False)
    place = forms.CharField(
        label="地点", max_length=200, required=False, help_text="入库、变更保管地点时填写"
    )
    reason = forms.CharField(label="理由", max_length=200)


class CopyForm(LabelledForm):
    """``boxes``: one a line, left, top, width and height in per cent of the turned picture."""

    note = forms.CharField(label="用途", max_length=200, help_text="例如“附入案卷，遮盖第三人面部”")
    turn = forms.TypedChoiceField(
        label="旋转",
        coerce=int,
        choices=[(0, "不旋转"), (90, "右转 90 度"), (180, "180 度"), (270, "左转 90 度")],
        initial=0,
    )
    boxes = forms.CharField(
        label="遮盖范围",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="在图上拖动画框，或者逐行填写：左 上 宽 高（占图片的百分比），例如 10 20 30 15",
    )

    def clean_boxes(self) -> list[tuple[float, float, float, float]]:
        marked = []
        for number, line in enumerate(self.cleaned_data["boxes"].splitlines(), 1):
            parts = line.replace(",", " ").replace("，", " ").split()
            if not parts:
                continue
            try:
                left, top, width, height = (float(part) / 100 for part in parts)
            except ValueError:
                raise forms.ValidationError(
                    f"“遮盖范围”第 {number} 行应为四个数字：左 上 宽 高。请改正，或者清空后重新画。"
                ) from None
            marked.append((left, top, width, height))
        return marked


class RecordingForm(LabelledForm):
    stage = forms.ChoiceField(label="环节", choices=_choices("stage"))
    event_id = forms.ChoiceField(
        label="所记步骤", required=False, help_text="录的是哪一个步骤；查封、扣押和强制拆除应当逐次对应"
    )
    title = forms.CharField(label="录了什么", max_length=120)
    began_at = forms.DateTimeField(label="开始", widget=MOMENT, initial=clock.now)
    minutes = forms.IntegerField(label="时长（分钟）", min_value=1)
    operator = forms.CharField(label="摄录人", max_length=60)
    device = forms.CharField(label="设备编号", max_length=80, required=False)
    place = forms.CharField(
        label="原始文件保存位置",
        max_length=200,
        required=False,
        help_text="没有上传文件的必须填写，例如“一楼采集站 2 号，光盘 2026-017”",
    )
    file = forms.FileField(
        label="录音录像",
        required=False,
        help_text="不超过 2 GB，分块上传，断网后从断点继续；也可以只写明保存位置",
        widget=forms.FileInput(attrs={"data-uploads": "received", "accept": "audio/*,video/*,.amr"}),
    )

    def __init__(self, *args: Any, events: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event_id"].choices = [("", "不对应某一步骤"), *events]  # type: ignore[attr-defined]
