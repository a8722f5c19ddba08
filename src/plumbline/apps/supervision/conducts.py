"""What a lead may turn out to be: the kinds of conduct that the article forbids, each a kind of finding of its own."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from plumbline.vocabulary import load_vocabulary

from .findings import FindingKind, FindingLine, declare_finding
from .lead_models import Lead

NONE = "none"
PREFIX = "LEAD-"


def conducts() -> dict[str, str]:
    """The contract's kinds of conduct with their names, the one outside the list last."""
    named = dict(load_vocabulary().enums["conduct"])
    return {key: zh for key, zh in named.items() if key != NONE} | {NONE: "其他执法问题"}


def finding_of_conduct(conduct: str) -> str:
    """The key under which a lead of this conduct stands among the alerts."""
    return PREFIX + (conduct or NONE)


def conduct_of(rule: str) -> str:
    """The conduct behind the key of a lead's alert; empty for the alert of a rule."""
    return rule.removeprefix(PREFIX) if rule.startswith(PREFIX) else ""


def lead_lines(matter_id: str, subject: str) -> Sequence[FindingLine]:
    """The leads behind an alert, as far as whoever judges it has to know them."""
    seen = Lead.objects.unscoped("预警的证据，看得到预警的人都可以看")
    rows = seen.filter(Q(alert__subject=subject) | Q(matter_id=subject))
    lines = []
    for lead in rows.select_related("concerned").order_by("pk"):
        lines.append(FindingLine("来源", f"{lead.get_source_display()}，{lead.received_on} 收到", str(lead)))
        lines.append(FindingLine("反映的情况", lead.facts))
        if lead.verified:
            lines.append(FindingLine("核查结论", lead.verified, lead.verified_label))
    return lines


def _declare() -> None:
    for key, zh in conducts().items():
        other = key == NONE
        declare_finding(
            FindingKind(
                key=finding_of_conduct(key),
                breach_zh="线索反映的执法问题" if other else f"线索反映{zh}",
                duty_zh="对反映的执法问题线索应当及时研判"
                if other
                else f"行政执法机关和行政执法人员不得{zh}",
                remedy_zh="请查明情况，依法纠正。",
                law="行政执法监督条例",
                article="第二十条" if other else "第十一条",
                severity="yellow" if other else "red",
                page="/leads",
                evidence=lead_lines,
            )
        )


_declare()
