"""How forms are drawn: each field with its label, hint and error, and one summary of errors at the top."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class PlumblineFormRenderer(TemplatesSetting):
    """Draws forms with the design system's templates; the widgets keep Django's own."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


class LabelledForm(forms.Form):
    """A form whose widgets carry the classes of the design system."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)


def dress(field: forms.Field) -> forms.Field:
    """Give a field's widget the design system's class, unless it is a box or a list of boxes."""
    plain = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)
    if not isinstance(field.widget, plain):
        present = field.widget.attrs.get("class", "")
        if "in" not in present.split():
            field.widget.attrs["class"] = f"in {present}".strip()
    return field
