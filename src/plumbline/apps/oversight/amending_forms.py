"""Forms that change a plan or correct a measure."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.platform.ui.forms import LabelledForm, NamedChoices

from .forms import MeasureForm, day, enforcing, long
from .models import NoticeWord, Plan, PlanKind, PlanState


class ChangePlanForm(LabelledForm):
    notice_word = forms.ChoiceField(label="试点通知里的用语", choices=NoticeWord.choices, required=False)
    title = forms.CharField(label="名称", max_length=200)
    reason = long("事由和依据", rows=3)
    scope = long("监督的范围和重点", rows=3)
    from_on = day("开始")
    until_on = day("结束")
    subjects = NamedChoices(enforcing(), label="被监督的机关")
    sent_by = forms.CharField(label="下达机关", max_length=100)
    sent_number = forms.CharField(label="下达文号", max_length=100)
    why = long("修改的理由", rows=2, required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if plan.kind == PlanKind.RECEIVED:
            del self.fields["notice_word"]
        else:
            del self.fields["sent_by"], self.fields["sent_number"]
        if plan.state == PlanState.RUNNING:
            self.fields["why"].required = True
            self.fields["from_on"].help_text = "计划已经实施，不能再改"


class ReleaseForm(LabelledForm):
    why = forms.CharField(label="退出的理由", max_length=300)


class CorrectForm(MeasureForm):
    why = long("哪里登记有误", rows=2)
    instead = forms.ChoiceField(
        label="更正为", choices=[("1", "下面这一项"), ("0", "没有这项措施，只划去原来的登记")], widget=forms.RadioSelect, initial="1"
    )  # fmt: skip
    field_order = ("why", "instead", "kind", "agency", "text", "taken_on", "place", "respond_by")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.pop("instead", "") == "0":
            for name in ("kind", "agency", "text", "taken_on", "place", "respond_by"):
                self.errors.pop(name, None)
            return {"why": cleaned.get("why", "")}
        return cleaned
