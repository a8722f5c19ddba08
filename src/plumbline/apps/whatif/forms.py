"""The four questions as one form; only the fields of the chosen kind are read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from plumbline.law import statutory_calendar
from plumbline.platform.verdicts.evaluation import rule_book

from .questions import KINDS, LONGEST, Question, drafts, terms, units

EARLIEST = date(2000, 1, 1)


class WhatIfForm(forms.Form):
    kind = forms.ChoiceField(label="假设什么", choices=list(KINDS.items()))
    as_of = forms.DateField(
        label="截至日期", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    term = forms.ChoiceField(label="哪一个期限", required=False)
    n = forms.IntegerField(label="改为", required=False, min_value=1, max_value=LONGEST)
    unit = forms.ChoiceField(label="单位", required=False)
    rule = forms.ChoiceField(label="哪一条规则", required=False)
    draft = forms.ChoiceField(label="哪一条草案", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, str]]] = {
            "term": [(key, term.label) for key, term in terms().items()],
            "unit": units(),
            "rule": [(rule.id, f"{rule.id}　{rule.duty_zh}") for rule in rule_book().rules],
            "draft": [(rule.id, f"{rule.id}　{rule.duty_zh}") for rule in drafts().values()],
        }
        for field in self.fields.values():
            field.widget.attrs["class"] = "in"
        for name, options in choices.items():
            self.fields[name].choices = options if name == "unit" else [("", "请选择"), *options]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needed = {"date": ["as_of"], "term": ["term", "n", "unit"], "off": ["rule"], "draft": ["draft"]}
        for name in needed.get(data.get("kind", ""), []):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, f"请填写“{self.fields[name].label}”。")
        day = data.get("as_of")
        last = statutory_calendar().covers_to
        if day and not EARLIEST <= day <= last:
            self.add_error("as_of", f"应在 {EARLIEST} 至 {last} 之间：此外的工作日还没有公布。")
        return data

    def question(self) -> Question:
        data = self.cleaned_data
        kind = data["kind"]
        if kind == "date":
            return Question(kind, as_of=data["as_of"].isoformat())
        if kind == "term":
            return Question(kind, rule=data["term"], n=data["n"], unit=data["unit"])
        return Question(kind, rule=data["rule" if kind == "off" else "draft"])
