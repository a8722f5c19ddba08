"""Forms of the approval page: return, opinions, transfer, reminder."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.packs.procedures import OBJECTIONS
from plumbline.platform import clock

from .fields import YesNoField, date_input
from .forms_open import FaultForm


def _text(
    label: str, *, required: bool = True, rows: int = 3, hint: str = "", most: int = 1000
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReturnForm(FaultForm):
    """Returning to who submitted; ``remarks`` on single lines come beside it."""

    opinion = _text("退回的理由", required=False, hint="写明要改什么；已经逐行批注的可以不填。")
    save_phrase = forms.BooleanField(label="存为我的常用意见", required=False)


class ConfirmForm(FaultForm):
    opinion = _text("审批意见", required=False, rows=2, hint="不填的，记为“同意”。")


class AskForm(FaultForm):
    posts = forms.MultipleChoiceField(label="征求哪些岗位的意见", widget=forms.CheckboxSelectMultiple)
    question = _text("请就什么签署意见", required=False, rows=2)

    def __init__(self, *args: Any, posts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posts"].choices = [(str(pk), words) for pk, words in posts]  # type: ignore[attr-defined]


class TransferForm(FaultForm):
    post = forms.ChoiceField(label="转给哪个岗位")
    reason = _text("转办的理由", rows=2)

    def __init__(self, *args: Any, posts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", "请选择"), *((str(pk), words) for pk, words in posts)]  # type: ignore[attr-defined]


class AnswerForm(FaultForm):
    agrees = YesNoField(label="是否同意")
    text = _text("意见", required=False, hint="不同意的，写明理由。")


class BackForm(FaultForm):
    reason = _text("退回上一步的理由", rows=2)


class RemindForm(FaultForm):
    text = _text("催办的话", required=False, rows=2, most=300)


class ReturnAskForm(FaultForm):
    reason = _text("为什么要退回修改", rows=2)


class CountersignForm(FaultForm):
    """Which post countersigns which step, in which turn, from when."""

    step = forms.ChoiceField(label="步骤")
    post = forms.ChoiceField(label="会签岗位", help_text="征求的是岗位，由当天在岗的人或者代理签署。")
    turn = forms.IntegerField(
        label="第几轮",
        initial=1,
        min_value=1,
        max_value=9,
        help_text="同一轮的同时征求；前一轮签齐以后再征求后一轮。",
    )
    objection = forms.ChoiceField(label="不同意的怎样办", choices=list(OBJECTIONS.items()))
    valid_from = forms.DateField(label="起用日", widget=date_input())
    source = _text("依据", rows=2, hint="本机关的审批制度、会议决定等，写明文号。", most=200)

    def __init__(
        self, *args: Any, posts: list[tuple[int, str]], steps: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [("", "请选择"), *steps]  # type: ignore[attr-defined]
        self.fields["post"].choices = [("", "请选择"), *posts]  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = clock.today()

    def taken(self) -> dict[str, Any]:
        return {**self.cleaned_data, "post": int(self.cleaned_data["post"])}
