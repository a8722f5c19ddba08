"""The form that plans a visit."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.apps.agencies.contract import holders_of, valid_certificates
from plumbline.apps.targets.contract import Target, current, target_of
from plumbline.platform import clock
from plumbline.platform.ui.forms import LabelledForm
from plumbline.vocabulary import load_vocabulary

from .models import InspectionItem, items_in_force


class PlanForm(LabelledForm):
    """Which firm, which item of the list, why, when, who."""

    target = forms.CharField(
        label="检查对象", max_length=200, help_text="统一社会信用代码，或名称的全部；与检查对象名录核对。"
    )
    item = forms.ModelChoiceField(
        label="检查事项", queryset=InspectionItem.objects.none(), empty_label="请选择"
    )
    cause = forms.ChoiceField(label="原因")
    planned_on = forms.DateField(
        label="计划日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    officers = forms.MultipleChoiceField(label="检查人员（不少于两人）", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, agency: str, me: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["item"].queryset = items_in_force(agency, today)  # type: ignore[attr-defined]
        causes = load_vocabulary().enums["inspection_cause"]
        self.fields["cause"].choices = [("", "请选择"), *causes.items()]  # type: ignore[attr-defined]
        numbers = valid_certificates(agency, today).values_list("number", flat=True)
        names = holders_of(numbers)
        self.fields["officers"].choices = [  # type: ignore[attr-defined]
            (number, f"{name} {number}") for number, name in sorted(names.items())
        ]
        self.fields["officers"].initial = [me]
        self.fields["planned_on"].initial = today

    def clean_target(self) -> Target:
        typed = self.cleaned_data["target"].strip()
        found = target_of(typed, clock.today()) or current().filter(name=typed).first()
        if found is None:
            raise forms.ValidationError("名录中没有这个检查对象。请核对统一社会信用代码，或写全名称。")
        return found
