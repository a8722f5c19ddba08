"""Form fields for the types of the event contract. Money is typed in yuan and kept in integer fen."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from plumbline.packs.procedures import Ask, Step
from plumbline.vocabulary import load_vocabulary

YES_NO = (("true", "是"), ("false", "否"))


class FenField(forms.DecimalField):
    """An amount typed in yuan with at most two decimals; cleans to integer fen."""

    def __init__(self, **kwargs: Any) -> None:
        label = str(kwargs.pop("label", ""))
        kwargs["label"] = label if "元" in label else f"{label}（元）"
        super().__init__(min_value=0, max_digits=15, decimal_places=2, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal"}

    def clean(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = value.replace(",", "").replace("，", "")
        cleaned = super().clean(value)
        return None if cleaned is None else int(cleaned * 100)

    def prepare_value(self, value: Any) -> Any:
        return Decimal(value) / 100 if isinstance(value, int) and not isinstance(value, bool) else value


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not stated. A fact that nobody states stays out of the event; it is never read as no."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=YES_NO,
            coerce=lambda typed: {"true": True, "false": False}[typed],
            empty_value=None,
            widget=forms.RadioSelect(attrs={"data-inline": "1"}),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value


def contract_spec(activity: str, path: str) -> Mapping[str, Any]:
    """The contract's entry for a dotted field of an activity (type, Chinese name)."""
    vocabulary = load_vocabulary()
    fields = vocabulary.activities[activity].fields
    *parents, leaf = path.split(".")
    for name in parents:
        fields = vocabulary.objects[str(fields[name]["type"]).strip("[]?")]
    return fields[leaf]


def contract_field(step: Step, ask: Ask) -> forms.Field:
    """The form field for a field of the event contract."""
    spec = contract_spec(step.activity, ask.path)
    kind = str(spec["type"])
    many, base = kind.startswith("["), kind.strip("[]?")
    label = ask.label or str(spec.get("zh", ask.path)).split("（")[0]
    common: dict[str, Any] = {
        "label": label,
        "required": ask.required,
        "help_text": ask.help,
    }
    enum = load_vocabulary().enums.get(base)
    if enum is not None:
        options = [(value, zh) for value, zh in enum.items() if not ask.only or value in ask.only]
        if many:
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
        return forms.ChoiceField(choices=[("", "请选择"), *options], **common)
    if base == "bool":
        return YesNoField(**common)
    if base == "fen":
        return FenField(**common)
    if base in {"int", "bp"}:
        return forms.IntegerField(
            min_value=0,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            **common,
        )
    if base == "date":
        return forms.DateField(widget=date_input(), **common)
    if base in {"time", "instant"}:
        return forms.DateTimeField(
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            **common,
        )
    if base == "text":
        return forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), **common)
    return forms.CharField(max_length=100, **common)


def detail_field(ask: Ask) -> forms.Field:
    """The form field for a detail kept beside the event."""
    common: dict[str, Any] = {
        "label": ask.label,
        "required": ask.required,
        "help_text": ask.help,
    }
    match ask.kind:
        case "long":
            return forms.CharField(max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}), **common)
        case "bool":
            return YesNoField(**common)
        case "date":
            return forms.DateField(widget=date_input(), **common)
        case "time":
            return forms.DateTimeField(
                widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
                **common,
            )
        case "yuan":
            return FenField(**common)
        case "choice":
            return forms.ChoiceField(choices=[("", "请选择"), *ask.choices], **common)
        case _:
            return forms.CharField(max_length=500, **common)


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
