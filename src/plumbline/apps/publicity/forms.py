"""What a publisher fills in on the preview: reasons, words to hide, what another body's site was told."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.platform.ui.forms import LabelledForm, dress

from .channel_board import SEVERITIES, early_conditions, term_of
from .models import Handled, Publication

CHOSEN_LATER = ("", "请选择")


class DayInput(forms.DateInput):
    """A day as the browser's own field wants it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ReasonForm(LabelledForm):
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class HideForm(LabelledForm):
    words = forms.CharField(
        label="要遮盖的文字", max_length=200, help_text="照公开文字原样填写；只能增加遮盖，不能恢复"
    )


class ShownForm(LabelledForm):
    """What was put on another body's site: when, under which receipt, and what its term hangs on."""

    on = forms.DateField(
        label="在该系统公示的日期",
        widget=DayInput(),
        help_text="以该系统显示的为准",
    )
    receipt = forms.CharField(
        label="回执号", max_length=80, required=False, help_text="该系统给出的编号，没有的不填"
    )

    def __init__(self, *args: Any, publication: Publication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if publication.channel == "credit_china":
            self.fields["severity"] = forms.ChoiceField(
                label="失信程度",
                choices=[CHOSEN_LATER, *SEVERITIES.items()],
                initial=publication.severity,
                help_text="按行业主管部门的分类标准；公示期由它决定（信用修复管理办法第十二条）",
            )
            self.fields["necessity"] = forms.BooleanField(
                label="行业主管部门认为轻微失信确有必要公示",
                required=False,
                initial=bool(publication.necessity),
            )
        stands = term_of(publication)
        if stands is not None and stands.choices:
            self.fields["term"] = forms.ChoiceField(
                label="公示期",
                choices=[CHOSEN_LATER, *stands.choices],
                help_text=f"{stands.unknown}，请按省级标准选择（{stands.basis}）",
            )
        for field in self.fields.values():
            dress(field)


class TakeUpForm(LabelledForm):
    severity = forms.ChoiceField(label="失信程度", choices=[CHOSEN_LATER, *SEVERITIES.items()])
    necessity = forms.BooleanField(label="行业主管部门认为轻微失信确有必要公示", required=False)


class EarlyForm(LabelledForm):
    met = forms.MultipleChoiceField(
        label="逐项核对", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请逐项核对。"}
    )

    def __init__(self, *args: Any, publication: Publication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = early_conditions(publication)
        self.fields["met"].choices = [(str(n), each) for n, each in enumerate(words)]  # type: ignore[attr-defined]


class AnswerForm(LabelledForm):
    outcome = forms.ChoiceField(
        label="核对结果",
        choices=[CHOSEN_LATER, *(each for each in Handled.choices if each[0] != Handled.WAITING)],
    )
    text = forms.CharField(label="核对情况", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
