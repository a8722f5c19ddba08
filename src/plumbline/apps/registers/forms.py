"""Forms of the revisions, and the form of a row, made from the columns of its list."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.platform.lists import Choice, Column, Day, Register, Values
from plumbline.platform.lists.cells import Agencies
from plumbline.platform.ui.forms import LabelledForm, dress


class ReasonForm(LabelledForm):
    reason = forms.CharField(
        label="修订说明",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="为什么修订、依据什么，例如“依据修改后的某某办法调整三项”。公布后人人可看。",
        max_length=500,
    )


class SubmitForm(LabelledForm):
    effective_on = forms.DateField(
        label="拟生效日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="清单公布以后才生效，不能早于公布当天。",
    )


class TextForm(LabelledForm):
    text = forms.CharField(label="意见", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class OutcomeForm(LabelledForm):
    outcome = forms.CharField(
        label="核对结论",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="这些行是否需要修改；需要修改的，写明在哪一次修订里改。",
    )


class UploadForm(LabelledForm):
    file = forms.FileField(
        label="Excel 文件", help_text="从本页下载的模板，或导出后改好的清单；.xlsx，不超过 50 MB"
    )
    whole = forms.ChoiceField(
        label="文件里有什么",
        choices=[("", "只有新增和修改的行，没写的行不变"), ("1", "完整的清单，没写的行到期终止")],
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )


class RowForm(forms.Form):
    """A row as text fields; what is typed is read by the same readers as a workbook's cells."""

    def __init__(
        self, *args: Any, register: Register, values: Values | None = None, fixed: bool = False, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        for column in register.columns:
            field = _field(column)
            field.initial = column.show(values or {})
            if isinstance(column.cell, Day) and values:
                field.initial = values.get(column.name)
            if fixed and column.name in register.keys:
                field.widget.attrs["readonly"] = True
            self.fields[column.name] = dress(field)

    def texts(self) -> dict[str, str]:
        return {name: str(self.data.get(name, "")) for name in self.fields}


def _field(column: Column) -> forms.Field:
    help_text = column.help or ("" if isinstance(column.cell, Choice | Agencies | Day) else column.cell.says)
    given: dict[str, Any] = {"label": column.heading, "required": column.required, "help_text": help_text}
    if isinstance(column.cell, Choice | Agencies):
        return forms.ChoiceField(
            choices=[("", "请选择"), *((each, each) for each in column.cell.choices())], **given
        )
    if isinstance(column.cell, Day):
        return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **given)
    if column.cell.long:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **given)
    return forms.CharField(**given)
