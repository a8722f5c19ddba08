"""How forms are drawn: each field with its label, hint and error, and one summary of errors at the top."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import TemplatesSetting


class PlumblineFormRenderer(TemplatesSetting):
    """Draws forms with the design system's templates; the widgets keep Django's own."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


NOT_CHOSEN = "请选择"
_DASHES = BLANK_CHOICE_DASH[0][1]


class LabelledForm(forms.Form):
    """A form whose widgets carry the classes of the design system."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)

    def __getitem__(self, name: str) -> forms.BoundField:
        # Also what a form adds to itself later: whatever is drawn or cleaned comes through here.
        if name in self.fields:
            dress(self.fields[name])
        return super().__getitem__(name)


class NamedChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not to be subscripted at run time
    """One row, called by its attribute ``named``."""

    def __init__(self, queryset: Any, *, named: str = "short_name", **kwargs: Any) -> None:
        self.named = named
        super().__init__(queryset, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return str(getattr(obj, self.named))


class NamedChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Any rows of some, each called by its attribute ``named``: boxes beside one another, what follows is not a screen away."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "many"})

    def __init__(self, queryset: Any, *, named: str = "short_name", **kwargs: Any) -> None:
        self.named = named
        super().__init__(queryset, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return str(getattr(obj, self.named))


def dress(field: forms.Field) -> forms.Field:
    """Give a field's widget the design system's class, unless it is a box or a list of boxes; a drop-down says “请选择”
    where Django has dashes. Doing it again changes nothing.
    """
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == _DASHES:
        field.empty_label = NOT_CHOSEN
    plain = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)
    if not isinstance(field.widget, plain):
        present = field.widget.attrs.get("class", "")
        if "in" not in present.split():
            field.widget.attrs["class"] = f"in {present}".strip()
    return named_in_errors(field)


def named_in_errors(field: forms.Field) -> forms.Field:
    """Let the messages name the field: in the summary at the top they stand apart from it."""
    label = field.label
    if not label:
        return field
    said = {"required": f"请{'选择' if isinstance(field, forms.ChoiceField) else '填写'}“{label}”。"}
    if isinstance(field, forms.FileField):
        said["required"] = f"请选择“{label}”。"
    if isinstance(field, forms.DateField):
        said["invalid"] = f"“{label}”不是有效的日期。请按 2026-06-12 的样式填写。"
    if isinstance(field, forms.TimeField):
        said["invalid"] = f"“{label}”不是有效的时刻。请按 09:30 的样式填写。"
    if isinstance(field, forms.DateTimeField):
        said["invalid"] = f"“{label}”不是有效的日期和时刻。请按 2026-06-12 09:30 的样式填写。"
    # These are filled in with the limit: a percent sign of the label has to outlive that.
    name = str(label).replace("%", "%%")
    if isinstance(field, forms.DecimalField | forms.IntegerField):
        said["invalid"] = f"“{label}”应当是数字。请只填数字。"
        said["min_value"] = f"“{name}”不能小于 %(limit_value)s。请核对。"
        said["max_value"] = f"“{name}”不能大于 %(limit_value)s。请核对。"
    elif isinstance(field, forms.CharField):
        said["min_length"] = f"“{name}”有 %(show_value)d 个字，至少 %(limit_value)d 个。请补充。"
        said["max_length"] = f"“{name}”有 %(show_value)d 个字，最多 %(limit_value)d 个。请缩短。"
    elif isinstance(field, forms.ChoiceField):
        said["invalid_choice"] = f"“{name}”没有这个选项。请重新选择。"
    for key, sentence in said.items():
        # A form that chose its own words keeps them.
        if field.error_messages.get(key) == _usual(field, key):
            field.error_messages[key] = sentence
    return field


def _usual(field: forms.Field, key: str) -> object:
    """Django's own message of a field's class for ``key``."""
    for each in type(field).__mro__:
        if key in getattr(each, "default_error_messages", {}):
            return each.default_error_messages[key]  # type: ignore[attr-defined]
    return None


class ReasonForm(LabelledForm):
    """For what is taken back, stopped or voided: it stays in the record, with the reason."""

    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
