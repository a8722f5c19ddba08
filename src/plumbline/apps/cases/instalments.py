"""Paying a fine in parts (行政处罚法第六十六条): the plan as it is typed, and how far it has been followed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from plumbline.platform.actions import InputFault

from .models import StepEntry
from .reading import CaseFile

_LINE = re.compile(r"^\s*(\d{4}-\d{2}-\d{2})[\s,，:：]+([\d,，]+(?:\.\d{1,2})?)\s*元?\s*$")
MOST = 60


class PlanField(forms.CharField):
    """One instalment a line, its last day and its amount in yuan; cleans to a list of days and fen."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.Textarea(attrs={"rows": 4, "placeholder": "2026-12-31 5000"})
        super().__init__(max_length=4000, **kwargs)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        typed = super().clean(value)
        lines = [line for line in typed.splitlines() if line.strip()]
        if len(lines) > MOST:
            raise forms.ValidationError(f"最多 {MOST} 期。")
        return [_instalment(number, line) for number, line in enumerate(lines, 1)]

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{each['on']} {Decimal(each['amount']) / 100}" for each in value)


def _instalment(number: int, line: str) -> dict[str, Any]:
    found = _LINE.match(line)
    if found is None:
        raise forms.ValidationError(f"第 {number} 期没有写成“日期 金额”，例如：2026-12-31 5000。")
    try:
        on = date.fromisoformat(found[1])
    except ValueError:
        raise forms.ValidationError(f"第 {number} 期的日期 {found[1]} 不存在。") from None
    return {"on": on.isoformat(), "amount": int(Decimal(re.sub("[,，]", "", found[2])) * 100)}


@dataclass(frozen=True)
class Instalment:
    """One part of the fine: by when, how much, and how much of it has come in (fen)."""

    number: int
    on: date
    amount: int
    paid: int

    @property
    def is_paid(self) -> bool:
        return self.paid >= self.amount


def demand_fitting(plan: Sequence[dict[str, Any]], *, until: str, owed: int) -> None:
    """A plan must rise by day, end on the last day of the deferral, and come to what is owed (fen)."""
    days = [each["on"] for each in plan]
    if days != sorted(set(days)):
        raise InputFault({"@plan": "各期的日期应当一期晚于一期。"})
    if days[-1] != until:
        raise InputFault({"@plan": f"最后一期 {days[-1]} 与最后缴纳日 {until} 不一致。"})
    total = sum(each["amount"] for each in plan)
    if total != owed:
        raise InputFault(
            {"@plan": f"各期合计 {total / 100:,.2f} 元，尚欠 {owed / 100:,.2f} 元。请改为相等。"}
        )


def instalments(file: CaseFile) -> list[Instalment]:
    """The instalments of the latest deferral, what was paid since filling them in order; empty without a plan."""
    granted = file.last("deferral_granted")
    if granted is None or file.flow is None:
        return []
    entry = StepEntry.objects.filter(case=file.case, event_id=granted.id).first()
    plan = entry.details.get("plan") if entry else None
    if not plan:
        return []
    since = file.flow.position(granted)
    left = sum(
        int(event.data.get("amount", 0))
        for event in file.all("fine_paid", "fine_collected_on_spot")
        if file.flow.position(event) > since
    )
    found = []
    for number, each in enumerate(plan, 1):
        paid = min(left, each["amount"])
        left -= paid
        found.append(Instalment(number, date.fromisoformat(each["on"]), each["amount"], paid))
    return found


def next_instalment(file: CaseFile) -> Instalment | None:
    """The first instalment that is not paid in full."""
    return next((each for each in instalments(file) if not each.is_paid), None)
