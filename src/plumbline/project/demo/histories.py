"""Synthetic case histories: lawful by construction, with deviations at realistic rates, deterministic by seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from plumbline.law import statutory_calendar
from plumbline.law.periods import add_months
from plumbline.platform.clock import CHINA

from .district import ITEMS, District, Item, Unit
from .names import credit_code, firm, person, place

NOTICE_PARTS = ["proposed_penalty", "facts", "reasons", "basis", "right_to_state"]
DOCUMENT_PARTS = ["party", "facts_evidence", "kind_basis", "performance", "remedies", "agency_date"]

#: Share of cases in which each thing goes wrong.
RATES = {
    "late_decision": 0.012,
    "late_service": 0.022,
    "late_publication": 0.03,
    "no_publication": 0.012,
    "no_review": 0.05,
    "one_officer": 0.008,
    "notice_gap": 0.008,
    "in_window": 0.03,
    "no_receipt": 0.008,
    "late_disposal": 0.12,
    "no_rights_told": 0.006,
    "stalled": 0.012,
    "late_credit": 0.04,
    "late_archive": 0.05,
    "no_court": 0.15,
}


@dataclass
class History:
    """One case: what the case row and the party row need, and its events up to today."""

    matter: str
    unit: Unit
    item: Item
    procedure: str
    party_kind: str
    party_name: str
    credit: str
    birth: date | None
    place: str
    opened: date
    events: list[dict[str, Any]] = field(default_factory=list)
    entries: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    number: str = ""
    filed: date | None = None


class Writer:
    """Writes the events of one history; stops, as life does, at the present."""

    def __init__(self, history: History, rng: random.Random, now: datetime) -> None:
        self.history, self.rng, self.now = history, rng, now
        self.calendar = statutory_calendar()
        self.over = False

    def working(self, after: date, n: int) -> date:
        return self.calendar.nth_working_after(after, n) if n > 0 else self.calendar.next_working(after)

    def add(
        self,
        activity: str,
        on: date,
        *,
        actors: list[tuple[str, str]] | None = None,
        details: dict[str, Any] | None = None,
        step: str = "",
        hour: int = 0,
        **data: Any,
    ) -> str:
        at = datetime.combine(on, time(hour or self.rng.randint(9, 16), self.rng.randint(0, 59)), CHINA)
        previous = self.history.events[-1]["occurred_at"] if self.history.events else ""
        if previous[:10] == on.isoformat() and at.isoformat() <= previous:
            at = datetime.fromisoformat(previous) + timedelta(minutes=3)
        recorded = at + timedelta(minutes=self.rng.randint(1, 40))
        if self.over or recorded >= self.now:
            self.over = True
            return ""
        event_id = f"{self.history.matter}-{len(self.history.events) + 1:02d}"
        document: dict[str, Any] = {
            "id": event_id,
            "matter": self.history.matter,
            "kind": "penalty",
            "activity": activity,
            "occurred_at": at.isoformat(timespec="seconds"),
            "recorded_at": recorded.isoformat(timespec="seconds"),
            "agency": self.history.unit.agency.code,
            "data": data,
        }
        if actors:
            document["actors"] = [{"id": number, "role": role} for number, role in actors]
        self.history.events.append(document)
        if details is not None:
            self.history.entries.append((step or activity, event_id, details))
        return event_id


def histories(district: District, rng: random.Random, *, count: int, now: datetime) -> Iterator[History]:
    """``count`` cases opened over the eighteen months before ``now``, oldest first."""
    units = [u for u in district.units.values() if any(_may(u, item) for item in ITEMS)]
    weights = [3 if u.agency.level == "street" else 5 for u in units]
    span = 548
    days = sorted(rng.randint(1, span) for _ in range(count))
    for number, back in enumerate(reversed(days), start=1):
        unit = rng.choices(units, weights)[0]
        items = [item for item in ITEMS if _may(unit, item)]
        item = rng.choices(items, [each.weight for each in items])[0]
        opened = now.date() - timedelta(days=back)
        yield _history(f"XZ-{opened.year}-{number:05d}", unit, item, opened, rng, now)


def _may(unit: Unit, item: Item) -> bool:
    return item.agency == unit.agency.code or (item.streets and unit.agency.level == "street")


def _history(matter: str, unit: Unit, item: Item, opened: date, rng: random.Random, now: datetime) -> History:
    opened = statutory_calendar().next_working(opened)
    natural = item.person is not None and rng.random() < 0.45
    small = natural or rng.random() < 0.12
    summary = small and item.person is not None and natural and item.person[0] == 0 and rng.random() < 0.55
    street = (
        unit.agency.short_name
        if unit.agency.level == "street"
        else rng.choice(("阳逻街道", "邾城街道", "仓埠街道", "汪集街道", "双柳街道"))
    )
    birth = date(rng.randint(1955, 2003), rng.randint(1, 12), rng.randint(1, 28)) if natural else None
    history = History(
        matter=matter,
        unit=unit,
        item=item,
        procedure="summary" if summary else "ordinary",
        party_kind="natural_person" if natural else "legal_person",
        party_name=person(rng) if natural else firm(rng),
        credit="" if natural else credit_code(rng),
        birth=birth,
        place=place(rng, street),
        opened=opened,
    )
    writer = Writer(history, rng, now)
    (_summary if summary else _ordinary)(history, writer, rng)
    return history


def stated_of(history: History) -> dict[str, Any]:
    party: dict[str, Any] = {"id": f"P-{history.matter}", "kind": history.party_kind}
    if history.birth is not None:
        party["age_at_act"] = (history.opened - history.birth).days // 365
    day = history.opened.isoformat()
    violation = {
        "act": f"{history.matter}-A1",
        "ended_on": day,
        "discovered_on": day,
        "harm": False,
        "life_health_or_finance": False,
    }
    return {"item": history.item.code, "domain": history.item.domain, "party": party, "violation": violation}


def _goes(rng: random.Random, name: str) -> bool:
    return rng.random() < RATES[name]


def _ordinary(history: History, w: Writer, rng: random.Random) -> None:
    unit, item = history.unit, history.item
    pair = rng.sample(unit.officers, 2)
    two = [(number, "officer") for number in pair]
    stated = stated_of(history)
    source = rng.choices(
        ["inspection", "complaint", "tip_off", "transferred", "monitoring"], [6, 4, 2, 2, 1]
    )[0]
    w.add(
        "clue_received",
        history.opened,
        source=source,
        item=item.code,
        domain=item.domain,
        party=stated["party"],
        violation=stated["violation"],
    )
    verified = w.working(history.opened, rng.randint(1, 3))
    w.add("clue_verified", verified, established=True, details={"findings": "现场核实属实。"})
    filed = w.working(verified, rng.randint(0, 2))
    if w.add(
        "case_filed",
        filed,
        actors=two,
        **stated,
        details={"officers": pair, "opinion": "符合立案条件，建议立案。"},
    ):
        history.filed = filed
    if _goes(rng, "stalled"):
        w.add("record_made", w.working(filed, 3), actors=two, record="onsite")
        return
    on = w.working(filed, rng.randint(0, 2))
    if rng.random() < 0.12:
        approver = [(unit.head, "agency_head")]
        w.add(
            "measure_approved",
            on,
            actors=approver,
            measure="C1",
            result="approved",
            approved_by="agency_head",
        )
        kept = on
        w.add("evidence_preregistered", kept, actors=two, measure="C1", urgent=False)
        later = w.working(kept, rng.randint(8, 10) if _goes(rng, "late_disposal") else rng.randint(2, 6))
        pending_disposal: date | None = later
    else:
        pending_disposal = None
    present = two[:1] if _goes(rng, "one_officer") else two
    w.add(
        "record_made",
        on,
        actors=present,
        record="onsite",
        details={
            "place": history.place,
            "content": f"现场发现{item.violation}。",
            "signed": "signed",
            "officers": pair,
        },
        step="onsite_made",
    )
    w.add(
        "evidence_collected", on, actors=two, evidence="Z1", evidence_kind="scene_record", source="officers"
    )
    on = w.working(on, rng.randint(1, 5))
    w.add(
        "record_made",
        on,
        actors=two,
        record="interview",
        details={"content": "当事人对事实无异议。", "officers": pair},
        step="interview_made",
    )
    w.add(
        "evidence_collected",
        on,
        actors=two,
        evidence="Z2",
        evidence_kind="party_statement",
        source="officers",
    )
    if rng.random() < 0.08 and item.domain == "housing_construction":
        begun = w.working(on, 1)
        w.add("test_started", begun, test="T1", test_kind="appraisal", told_in_writing=True)
        on = begun + timedelta(days=rng.randint(7, 20))
        w.add("test_ended", w.calendar.next_working(on), test="T1")
        on = w.calendar.next_working(on)
    if pending_disposal is not None:
        w.add("prereg_disposed", max(on, pending_disposal), measure="C1", disposition="returned")
        on = max(on, pending_disposal)
    on = w.working(on, rng.randint(1, 4))
    for name in ("Z1", "Z2"):
        w.add("evidence_verified", on, evidence=name, verified=True, lawful=True)
    w.add("investigation_ended", on, details={"report": "事实清楚，证据充分，建议处罚。"})
    _notice_and_decision(history, w, rng, on, two)


def _amount(history: History, rng: random.Random) -> int:
    low, high = (
        history.item.person
        if history.party_kind == "natural_person" and history.item.person
        else history.item.organisation
    )
    share = min(rng.betavariate(1.6, 6.0), 1.0)
    step = 10_000 if high > 100_000 else 1_000
    return max(low, min(high, low + round((high - low) * share / step) * step)) or step


def _benchmark(history: History, fine: int) -> dict[str, Any] | None:
    """The step of the item's benchmark that holds the fine; the demonstration has benchmarks for organisations only."""
    if history.party_kind == "natural_person":
        return None
    low, high = history.item.organisation
    third = max((high - low) // 3, 1)
    step = min((fine - low) // third, 2) + 1
    return {"benchmark": f"B-{history.item.code}", "step": f"S{step}", "adjusted": False}


def _notice_and_decision(
    history: History, w: Writer, rng: random.Random, on: date, two: list[tuple[str, str]]
) -> None:
    unit, item = history.unit, history.item
    fine = _amount(history, rng)
    natural = history.party_kind == "natural_person"
    thresholds = {
        "housing_construction": (500_000, 5_000_000),
        "natural_resources": (500_000, 5_000_000),
        "work_safety": (2_000_000, 10_000_000),
        "market": (1_000_000, 10_000_000),
    }
    limit = thresholds[item.domain][0 if natural else 1]
    hearing = fine >= limit
    parts = NOTICE_PARTS[:-1] if _goes(rng, "notice_gap") else list(NOTICE_PARTS)
    if hearing:
        parts = [*parts, "right_to_hearing"]
    told = w.working(on, rng.randint(1, 3))
    facts = f"{history.party_name}于{history.opened:%Y年%m月%d日}在{history.place}{item.violation}。"
    proposed = {"kinds": ["fine"], "fine": fine}
    w.add(
        "penalty_notice_served",
        told,
        method="direct",
        receipt="signed",
        states=parts,
        proposed=proposed,
        details={"facts": facts, "reasons": "违反管理规定，情节一般。"},
    )
    after = told
    if rng.random() < 0.15:
        said = w.working(told, rng.randint(1, 3))
        w.add("statement_received", said, details={"form": "written", "content": "已经整改，请求从轻。"})
        after = w.working(said, rng.randint(1, 2))
        w.add(
            "statement_reviewed",
            after,
            sound=False,
            adopted=False,
            details={"review": "整改情况已在裁量中考虑。"},
        )
    if hearing and not _goes(rng, "in_window"):
        after = max(after, w.working(told, 6))
    elif hearing:
        after = w.working(told, 2)
    else:
        # Several domains give the party five working days before the decision whatever the amount.
        after = max(after, w.working(told, 6))
    review = fine >= 2_000_000
    collective = review and item.domain == "market"
    if review and not _goes(rng, "no_review"):
        w.add("legal_review_submitted", after)
        after = w.working(after, rng.randint(1, 4))
        w.add(
            "legal_review_passed",
            after,
            actors=[(unit.reviewer, "legal_reviewer")],
            written=True,
            details={"opinion": "主体、事实、程序、裁量均无不当，同意。"},
        )
    if collective or rng.random() < 0.03:
        after = w.working(after, 1)
        w.add("collective_discussion_recorded", after, actors=[(unit.head, "agency_head")])
    decided = w.working(after, rng.randint(0, 3))
    if _goes(rng, "late_decision") and history.filed:
        decided = max(decided, w.calendar.next_working(history.filed + timedelta(days=rng.randint(95, 120))))
    stated = stated_of(history)
    rights = ["right", "organ"] if _goes(rng, "no_rights_told") else ["right", "organ", "period"]
    decision = w.add(
        "decision_made",
        decided,
        actors=[(unit.head, "agency_head")],
        **stated,
        outcome="penalty",
        procedure="ordinary",
        penalty=proposed,
        benchmark=_benchmark(history, fine),
        basis=[{"law": item.law, "article": item.article, "level": item.level}],
        applied_version="2015-01-01",
        evidence=["Z1", "Z2"],
        facts_clear=True,
        evidence_sufficient=True,
        complex=False,
        major=False,
        major_public_interest=False,
        document_states=DOCUMENT_PARTS,
        document_sealed=True,
        reconsideration_told=rights,
        correction_ordered=True,
        details={"facts": facts, "reasons": "根据情节和整改情况，在法定幅度内裁量。"},
    )
    stages = ["start", "evidence", "decision", "service"] + (["review"] if review or collective else [])
    _after_decision(history, w, rng, decided, decision, fine, stages)


def _after_decision(
    history: History,
    w: Writer,
    rng: random.Random,
    decided: date,
    decision: str,
    fine: int,
    stages: list[str],
) -> None:
    served = w.working(decided, rng.randint(9, 14) if _goes(rng, "late_service") else rng.randint(0, 4))
    receipt = "none" if _goes(rng, "no_receipt") else "signed"
    published = w.working(
        decided, rng.randint(9, 16) if _goes(rng, "late_publication") else rng.randint(2, 6)
    )
    publish = not _goes(rng, "no_publication")
    unpaid = rng.random() < 0.05
    paid = served + timedelta(days=rng.choices([rng.randint(1, 14), rng.randint(17, 40)], [30, 1])[0])
    on = {"served": served, "published": published, "paid": paid}
    if history.item.domain == "market" and history.party_kind != "natural_person":
        on["credited"] = w.working(
            decided, rng.randint(21, 27) if _goes(rng, "late_credit") else rng.randint(3, 15)
        )
    for name in sorted(on, key=lambda each: on[each]):
        if name == "served":
            w.add("decision_served", served, method="direct", receipt=receipt, publicity_told=True)
        elif name == "published" and publish:
            w.add("decision_published", published, of=decision, channel="government_site", contains=[])
        elif name == "credited":
            w.add("decision_published", on[name], of=decision, channel="enterprise_credit", contains=[])
        elif name == "paid" and not unpaid:
            w.add("fine_paid", paid, amount=fine, channel=rng.choice(["bank", "e_payment"]))
    if rng.random() < 0.012:
        begun = max(on.values()) + timedelta(days=rng.randint(5, 40))
        w.add("challenge_started", begun, route="reconsideration")
        ended = begun + timedelta(days=rng.randint(35, 58))
        outcome = rng.choice(["upheld", "upheld", "revoked", "withdrawn"])
        w.add("challenge_ended", ended, route="reconsideration", outcome=outcome)
        if outcome == "revoked":
            withdrawn = w.working(ended, rng.choice([2, 3, 3, 6]))
            for mine in [e["id"] for e in history.events if e["activity"] == "decision_published"]:
                w.add("publication_withdrawn", withdrawn, of=mine, states_reasons=True)
            return
    if unpaid:
        _to_court(w, rng, served)
        return
    settled = max(paid, published if publish else served, on.get("credited", served))
    closed = w.working(settled, rng.randint(1, 6))
    w.add("case_closed", closed, details={"manner": "performed", "summary": "罚款缴清，已改正。"})
    w.add(
        "file_archived",
        w.working(closed, rng.randint(1, 15)),
        recorded_stages=[*stages, "execution"],
        details={"place": "档案室"},
    )


def _to_court(w: Writer, rng: random.Random, served: date) -> None:
    """Who does not pay is called on when the term for suing is over, and the court is asked within its three months."""
    if _goes(rng, "no_court"):
        return
    demanded = w.working(add_months(served, 6), rng.randint(2, 10))
    w.add(
        "demand_notice_served",
        demanded,
        method="direct",
        receipt="signed",
        states=["term", "manner", "amount", "right_to_state"],
        term_until=w.working(demanded, 10).isoformat(),
    )
    applied = w.working(demanded, rng.randint(11, 20))
    w.add("court_application_filed", applied)
    w.add("court_application_accepted", w.working(applied, rng.randint(2, 5)))


def _summary(history: History, w: Writer, rng: random.Random) -> None:
    """On the spot: one visit, a small fine, delivered at once, reported to the agency, published, paid."""
    unit, item = history.unit, history.item
    pair = rng.sample(unit.officers, 2)
    two = [(number, "officer") for number in (pair[:1] if _goes(rng, "one_officer") else pair)]
    stated = stated_of(history)
    fine = rng.choice([5_000, 10_000, 10_000, 15_000, 20_000])
    fine = min(fine, (item.person or (0, 20_000))[1])
    facts = (
        f"{history.party_name}于{history.opened:%Y年%m月%d日}在{history.place}{item.violation}，当场查实。"
    )
    proposed = {"kinds": ["fine"], "fine": fine}
    w.add(
        "clue_received",
        history.opened,
        hour=9,
        source="inspection",
        item=item.code,
        domain=item.domain,
        party=stated["party"],
        violation=stated["violation"],
    )
    w.add(
        "evidence_collected",
        history.opened,
        hour=10,
        actors=two,
        evidence="Z1",
        evidence_kind="scene_record",
        source="officers",
    )
    w.add("evidence_verified", history.opened, hour=10, evidence="Z1", verified=True, lawful=True)
    w.add(
        "penalty_notice_served",
        history.opened,
        hour=10,
        method="oral",
        states=list(NOTICE_PARTS),
        proposed=proposed,
    )
    decision = w.add(
        "decision_made",
        history.opened,
        hour=11,
        actors=two,
        **stated,
        outcome="penalty",
        procedure="summary",
        penalty=proposed,
        benchmark=None,
        basis=[{"law": item.law, "article": item.article, "level": item.level}],
        applied_version="2015-01-01",
        evidence=["Z1"],
        facts_clear=True,
        evidence_sufficient=True,
        party_present=True,
        id_shown=True,
        numbered_form=True,
        delivered_on_spot=True,
        document_states=DOCUMENT_PARTS,
        reconsideration_first_told=True,
        reconsideration_told=["right", "organ", "period"],
        details={"facts": facts, "officers": pair},
    )
    if decision:
        history.filed = history.opened
    w.add("decision_served", history.opened, hour=12, method="direct", receipt="signed")
    w.add("decision_filed_for_record", w.working(history.opened, 1))
    if item.domain == "market":
        _close_in_a_week(history, w, rng, decision, fine)
        return
    published = w.working(
        history.opened, rng.randint(9, 14) if _goes(rng, "late_publication") else rng.randint(2, 6)
    )
    w.add("decision_published", published, of=decision, channel="government_site", contains=[])
    paid = published + timedelta(days=rng.randint(0, 6))
    w.add("fine_paid", paid, amount=fine, channel="e_payment")
    closed = w.working(paid, rng.randint(1, 3))
    w.add("case_closed", closed)
    w.add("file_archived", w.working(closed, rng.randint(1, 8)), recorded_stages=_ON_THE_SPOT)


_ON_THE_SPOT = ["start", "evidence", "decision", "service", "execution"]


def _close_in_a_week(history: History, w: Writer, rng: random.Random, decision: str, fine: int) -> None:
    """Market supervision wants the file of an on-the-spot case within seven working days of the decision."""
    paid = w.working(history.opened, rng.randint(1, 2))
    w.add("fine_paid", paid, amount=fine, channel="e_payment")
    published = w.working(paid, 1)
    w.add("decision_published", published, of=decision, channel="government_site", contains=[])
    closed = w.working(published, 1)
    w.add("case_closed", closed)
    archived = w.working(closed, rng.randint(5, 9) if _goes(rng, "late_archive") else rng.randint(1, 3))
    w.add("file_archived", archived, recorded_stages=_ON_THE_SPOT)
