"""What is typed into reports."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.forms import LabelledForm

from .actions.annual import RECIPIENTS
from .analysing import LABELS
from .checking import TEXT_PARTS
from .duties import Duty

DATE = {"type": "date"}


class FigureForm(LabelledForm):
    """One figure with its source. Money is typed in 万元 and kept in fen."""

    value = forms.DecimalField(
        label="数值", required=False, min_value=0, max_value=Decimal(10**12), decimal_places=0
    )
    source = forms.CharField(label="来源", max_length=120, help_text="从哪个系统、台账或者文件得出")
    reason = forms.CharField(
        label="说明", max_length=200, required=False, help_text="不填数值就是撤回填报，请写明理由"
    )

    def __init__(self, *args: Any, money: bool, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.money = money
        value = self.fields["value"]
        value.label = f"数值（{unit}）"
        if money:
            # Two decimals of 万元 are a hundred yuan; six are a fen.
            self.fields["value"] = forms.DecimalField(
                label=f"数值（{unit}）", required=False, min_value=0, max_value=Decimal(10**9), decimal_places=6,
                widget=forms.NumberInput(attrs={"class": "in", "step": "any"}),
            )  # fmt: skip
            self.order_fields(["value", "source", "reason"])

    @property
    def figure(self) -> int | None:
        """The figure as it is kept."""
        value: Decimal | None = self.cleaned_data["value"]
        if value is None:
            return None
        return int(value * 1_000_000) if self.money else int(value)


class ExplainForm(LabelledForm):
    words = forms.CharField(label="差异的原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class SourceForm(LabelledForm):
    complete = forms.TypedChoiceField(
        label="是否完整",
        choices=[("yes", "完整"), ("no", "不完整")],
        widget=forms.RadioSelect,
        coerce=lambda v: v == "yes",
    )
    note = forms.CharField(
        label="缺少什么",
        max_length=200,
        required=False,
        help_text="不完整的必须写明；没有进入平台的数字可以另行填报",
    )


class TextForm(LabelledForm):
    """The four parts of 情况说明."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in TEXT_PARTS.items():
            self.fields[key] = _long(label, rows=5, required=True)


class SpecialTextForm(LabelledForm):
    """The seven parts of 《执法工作情况报告》."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in LABELS.items():
            self.fields[key] = _long(label, rows=4)


def _long(label: str, *, rows: int, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "in"})
    return forms.CharField(label=label, max_length=5000, required=required, widget=widget)


class SubmitForm(LabelledForm):
    to = forms.MultipleChoiceField(
        label="报送给", choices=list(RECIPIENTS.items()), widget=forms.CheckboxSelectMultiple
    )
    on = forms.DateField(label="报送日", widget=forms.DateInput(format="%Y-%m-%d", attrs=DATE))


class CorrectForm(LabelledForm):
    reason = forms.CharField(
        label="更正理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="理由随更正后的年报一并公开",
    )


class RoundForm(LabelledForm):
    title = forms.CharField(label="报告名称", max_length=120)
    from_on = forms.DateField(label="期间起", widget=forms.DateInput(format="%Y-%m-%d", attrs=DATE))
    to_on = forms.DateField(label="期间止", widget=forms.DateInput(format="%Y-%m-%d", attrs=DATE))
    due_on = forms.DateField(label="报送期限", widget=forms.DateInput(format="%Y-%m-%d", attrs=DATE))
    agencies = forms.ModelMultipleChoiceField(
        label="报送单位", queryset=Agency.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = Agency.objects.filter(enforces=True).order_by("code")
        self.fields["agencies"].queryset = units  # type: ignore[attr-defined]
        year = clock.today().year
        self.fields["title"].initial = f"{year} 年执法工作情况报告"
        self.fields["agencies"].initial = list(units.values_list("pk", flat=True))


class ReviewForm(LabelledForm):
    accept = forms.TypedChoiceField(
        label="审阅结论",
        choices=[("yes", "通过"), ("no", "退回补正")],
        widget=forms.RadioSelect,
        coerce=lambda v: v == "yes",
    )
    opinion = forms.CharField(
        label="意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class PeriodForm(LabelledForm):
    """The filter of a statistics page."""

    from_on = forms.DateField(label="起", widget=forms.DateInput(format="%Y-%m-%d", attrs=DATE))
    to_on = forms.DateField(label="止", widget=forms.DateInput(format="%Y-%m-%d", attrs=DATE))


class ReportSettingForm(LabelledForm):
    """Another value of one setting from a day on."""

    value = forms.IntegerField(label="新的数值")
    valid_from = forms.DateField(label="起用日", widget=forms.DateInput(format="%Y-%m-%d", attrs=DATE))
    reason = forms.CharField(label="依据或者理由", max_length=200, help_text="随参数一起留存，供以后查对")


class DutyTextForm(LabelledForm):
    """The parts of another yearly report."""

    def __init__(self, *args: Any, duty: Duty, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in duty.parts:
            self.fields[part.key] = _long(part.label, rows=5, required=True)


class DayForm(LabelledForm):
    """The day something happened, today unless it is entered later."""

    on = forms.DateField(label="日期", widget=forms.DateInput(format="%Y-%m-%d", attrs=DATE))


class DutySubmitForm(LabelledForm):
    to = forms.MultipleChoiceField(label="报送给", widget=forms.CheckboxSelectMultiple)
    on = forms.DateField(label="报送日", widget=forms.DateInput(format="%Y-%m-%d", attrs=DATE))

    def __init__(self, *args: Any, recipients: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = list(recipients.items())  # type: ignore[attr-defined]
