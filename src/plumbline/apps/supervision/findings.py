"""Findings that no rule can make: the fact stands in a register of another app, which declares the kind and says what it found.

They are alerts like those of the rules: one for each matter, kind and subject, with the same four ways out, and cleared only in
a state of their own when the register says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plumbline.platform.identity.models import Agency

from .joined import as_it_is_now
from .models import Alert, AlertKind, AlertState
from .raising import relax


@dataclass(frozen=True)
class FindingLine:
    """One line of a finding's evidence: what, its value, and where it stands."""

    label: str
    content: str
    source: str = ""
    is_conclusion: bool = False


@dataclass(frozen=True)
class FindingKind:
    """``duty_zh`` in our own words, ``page`` where such findings are listed, ``evidence`` what stands beside one of them."""

    key: str
    breach_zh: str
    duty_zh: str
    remedy_zh: str
    law: str
    article: str
    severity: str
    page: str
    evidence: Callable[[str, str], Sequence[FindingLine]]


@dataclass(frozen=True)
class Finding:
    """``subject`` is the event it is about; ``facts`` one sentence without the duty.

    ``due_on`` is the term that ran out, where it is one; ``done`` says that what was asked has been done since, too late.
    """

    matter_id: str
    subject: str
    agency: str
    facts: str
    due_on: date | None = None
    done: bool = False


_KINDS: dict[str, FindingKind] = {}


def declare_finding(kind: FindingKind) -> FindingKind:
    """Make a kind of finding known; its key is kept in alerts and never renamed."""
    if _KINDS.setdefault(kind.key, kind) is not kind:
        raise ValueError(f"{kind.key} is declared twice")
    return kind


def finding_kind(key: str) -> FindingKind | None:
    return _KINDS.get(key)


def finding_keys() -> list[str]:
    """What stands among the alerts without being a rule: checks of registers, and kinds of conduct that leads tell of."""
    return sorted(_KINDS)


def keep_findings(kind: FindingKind, found: Sequence[Finding], *, matters: Collection[str]) -> None:
    """Bring the alerts of ``kind`` about some matters in line with what is found there now; looking twice changes nothing."""
    rows = Alert.objects.unscoped("核查发现的预警").filter(rule=kind.key, matter_id__in=list(matters))
    kept: Mapping[tuple[str, str], Alert] = {(row.matter_id, row.subject): row for row in rows}
    now = {(each.matter_id, each.subject): each for each in found}
    known = set(
        Agency.objects.filter(code__in={each.agency for each in found}).values_list("code", flat=True)
    )
    fresh = [_alert(kind, each) for key, each in now.items() if key not in kept and each.agency in known]
    Alert.objects.unscoped("核查发现的预警").bulk_create(fresh, ignore_conflicts=True)
    for key, alert in kept.items():
        if key not in now:
            relax(alert, "登记的内容已经更正，不再构成问题。", f"{kind.breach_zh}：按现在的登记不再成立。")
            continue
        facts = _said(kind, now[key])
        if alert.state == AlertState.AUTO_CLEARED or alert.facts != facts:
            as_it_is_now(alert)
            alert.facts, alert.still_breached = facts, not now[key].done
            if alert.state == AlertState.AUTO_CLEARED:
                alert.state = AlertState.NEW
            alert.save()


def _said(kind: FindingKind, finding: Finding) -> str:
    return f"{kind.duty_zh}；{finding.facts}"


def _alert(kind: FindingKind, finding: Finding) -> Alert:
    # What was decided cannot be undone by waiting; a term can still be kept, too late.
    return Alert(
        matter_id=finding.matter_id,
        agency_id=finding.agency,
        kind=AlertKind.BREACH,
        rule=kind.key,
        subject=finding.subject,
        severity=kind.severity,
        law=kind.law,
        article=kind.article,
        facts=_said(kind, finding),
        due_on=finding.due_on,
        still_breached=not finding.done,
    )
