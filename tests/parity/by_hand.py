"""A second opinion on plain periods: day by day over a list of holidays, with nothing of the engine.

Only the standard library is used. The figures were copied from the contract and the register of rules by hand, so that a
number mistyped in a pack shows. A plain period here has one start and one end: no extension, no excluded time.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

ONE_DAY = timedelta(days=1)
Moment = date | datetime


@dataclass(frozen=True)
class Plain:
    """``n`` of ``unit`` (wd, cd, m, h) from ``start`` until the first of ``stops``, under a rule in force ``since`` a day.

    ``start`` and ``stops`` are activities with the facts they need; ``before`` is what has to have happened for the rule to
    apply at all; ``same`` is a field in which start and stop have to agree; ``older`` is the text before, where one is judged.
    """

    rule: str
    kind: str
    since: str
    n: int
    unit: str
    start: tuple[str, Mapping[str, Any]]
    stops: tuple[tuple[str, Mapping[str, Any]], ...]
    before: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    same: str = ""
    older: tuple[str, int, str] = ("9999-12-31", 0, "")

    def text(self, start: Moment) -> tuple[int, str] | None:
        """Number and unit of the text in force on the day of a start."""
        day = start.isoformat()[:10]
        if day >= self.since:
            return self.n, self.unit
        return self.older[1:] if day >= self.older[0] else None


def _filed(domain: str) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    party = {"id": "P-1", "kind": "legal_person"}
    return (("case_filed", {"item": "X-1", "domain": domain, "party": party}),)


def _one(activity: str, **data: Any) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    return ((activity, data),)


_C1 = {"measure": "C1"}
_LIFTED = (("seizure_lifted", _C1), ("measure_disposed", {**_C1, "disposition": "returned"}))
_REVIEWED = (("legal_review_passed", {}), ("legal_review_returned", {}))
_ON_SPOT = (
    "decision_made",
    {"outcome": "penalty", "procedure": "summary", "penalty": {"kinds": ["warning"]}},
)
_HANDED_IN = "reconsideration_application_handed_in"
_SUGGESTED = "procuratorial_suggestion_received"

PLAIN = (
    # 行政强制法, 行政处罚法
    Plain("ACL-31-freeze-3wd", "compulsion", "2012-01-01", 3, "wd", ("deposits_frozen", _C1),
          _one("freeze_decision_served", method="direct", measure="C1"), same="measure"),
    Plain("ACL-25-30d", "compulsion", "2012-01-01", 30, "cd", ("sealed", _C1), _LIFTED, same="measure"),
    Plain("ACL-32-freeze-30d", "compulsion", "2012-01-01", 30, "cd", ("deposits_frozen", _C1), _LIFTED, same="measure"),
    Plain("APL-56-prereg-7wd", "penalty", "2021-07-15", 7, "wd", ("evidence_preregistered", _C1),
          _one("prereg_disposed", measure="C1", disposition="returned"), before=_filed("other"), same="measure"),
    Plain("APL-60-90d", "penalty", "2021-07-15", 90, "cd", _filed("other")[0],
          (("decision_made", {"outcome": "no_penalty", "procedure": "ordinary"}), ("case_transferred", {"to": "A-2"}),
           ("investigation_terminated", {}))),
    # 行政复议法 and its regulation
    Plain("REC-58-maker-answer-10wd", "reconsideration", "2024-01-01", 10, "wd",
          ("incidental_review_notice_received", {}), _one("incidental_review_answered")),
    Plain("REC-32-forward-5wd", "reconsideration", "2024-01-01", 5, "wd",
          (_HANDED_IN, {"decision_kind": "on_spot", "intent": "uphold"}), _one("application_forwarded")),
    Plain("REC-48-answer-10wd", "reconsideration", "2024-01-01", 10, "wd",
          ("reconsideration_copy_received", {"procedure": "ordinary"}),
          _one("reconsideration_answer_filed", with_evidence=True), older=("2018-01-01", 10, "cd")),
    Plain("REC-54-answer-5wd", "reconsideration", "2024-01-01", 5, "wd",
          ("reconsideration_copy_received", {"procedure": "summary"}),
          _one("reconsideration_answer_filed", with_evidence=True)),
    Plain("REC-60-forwarded-60d", "reconsideration", "2024-01-01", 60, "cd",
          ("incidental_review_forwarded", {}), _one("incidental_review_returned")),
    Plain("REC-76-opinion-60d", "reconsideration", "2024-01-01", 60, "cd",
          ("reconsideration_opinion_received", {}), _one("correction_reported")),
    Plain("RECR-38-self-correct-5wd", "reconsideration", "2026-07-01", 5, "wd",
          (_HANDED_IN, {"decision_kind": "e_monitoring", "intent": "self_correct"}),
          _one("self_corrected", applicant_told=True, organ_told=True)),
    Plain("RECR-58-redo-60d", "reconsideration", "2026-07-01", 60, "cd",
          ("reconsideration_decision_received", {"orders_redo": True, "redo_days_by_law": None}),
          _one("new_act_made", same_act_same_facts=False)),
    # 政府信息公开条例, 信用修复管理办法
    Plain("OGI-26-20wd", "disclosure", "2019-05-15", 20, "wd",
          ("information_formed", {"active_disclosure": True}), _one("information_published")),
    Plain("OGI-33-reply-20wd", "disclosure", "2019-05-15", 20, "wd",
          ("disclosure_request_received", {}), _one("disclosure_replied")),
    Plain("NDRC-16-accept-3wd", "credit_repair", "2026-04-01", 3, "wd",
          ("credit_repair_requested", {}), _one("credit_repair_acceptance_decided", accepted=False)),
    Plain("NDRC-16-result-7wd", "credit_repair", "2026-04-01", 7, "wd",
          ("credit_repair_acceptance_decided", {"accepted": True}), _one("credit_repair_decided")),
    Plain("NDRC-18-objection-7wd", "credit_repair", "2026-04-01", 7, "wd",
          ("objection_accepted", {}), _one("objection_answered")),
    # Domain rules
    Plain("SAMR-55-review-10wd", "penalty", "2022-11-01", 10, "wd", ("legal_review_submitted", {}), _REVIEWED,
          before=_filed("market")),
    Plain("SAMR-70-archive-7wd", "penalty", "2022-11-01", 7, "wd", _ON_SPOT, _one("file_archived"),
          before=_filed("market")),
    Plain("SAMH-29-report-5wd", "penalty", "2021-07-15", 5, "wd", ("hearing_ended", {"hearing": "H1"}),
          _one("hearing_report_made"), before=_filed("market")),
    Plain("MOHURD-25-review-10wd", "penalty", "2022-05-01", 10, "wd", ("legal_review_submitted", {}), _REVIEWED,
          before=_filed("housing_construction")),
    Plain("MOHURD-14-record-3wd", "penalty", "2022-05-01", 3, "wd", _ON_SPOT, _one("decision_filed_for_record"),
          before=_filed("housing_construction")),
    Plain("MARA-53-review-5wd", "penalty", "2022-02-01", 5, "wd", ("legal_review_submitted", {}), _REVIEWED,
          before=_filed("agriculture")),
    Plain("MEM-33-record-5wd", "penalty", "2026-02-01", 5, "wd", _ON_SPOT, _one("decision_filed_for_record"),
          before=_filed("work_safety")),
    Plain("MEM-57-hearing-15d", "penalty", "2026-02-01", 15, "cd", ("hearing_requested", {}),
          _one("hearing_held", hearing="H1"), before=_filed("work_safety")),
    # Crime, procuratorate, courts, petitions
    Plain("TSC-5-approve-3d", "crime_transfer", "2020-08-07", 3, "cd", ("transfer_report_submitted", {}),
          _one("transfer_approved", result="approved")),
    Plain("TSC-5-send-24h", "crime_transfer", "2020-08-07", 24, "h", ("transfer_approved", {"result": "approved"}),
          _one("transfer_sent")),
    Plain("TSC-7-forward-24h", "crime_transfer", "2020-08-07", 24, "h",
          ("transfer_receipt_signed", {"own_jurisdiction": False}), _one("transfer_forwarded", agency_told=True)),
    Plain("TSC-8-decide-3d", "crime_transfer", "2020-08-07", 3, "cd",
          ("transfer_receipt_signed", {"own_jurisdiction": True}),
          (("police_filed", {}), ("police_refused", {"reasons_given": True, "file_returned": True}))),
    Plain("TSC-9-reconsider-answer-3d", "crime_transfer", "2020-08-07", 3, "cd",
          ("police_reconsideration_requested", {}), _one("police_reconsidered")),
    Plain("SPPR-560-police-7d", "crime_transfer", "2019-12-30", 7, "cd",
          ("procuratorate_inquiry_received", {}), _one("police_explained")),
    Plain("SPPS-19-suggestion-2m", "procuratorial", "2019-02-26", 2, "m",
          (_SUGGESTED, {"suggestion_kind": "social_governance", "reply_by": None}), _one("reply_sent")),
    Plain("PIL-21-suggestion-2m-15d", "procuratorial", "2021-01-01", 2, "m",
          (_SUGGESTED, {"suggestion_kind": "public_interest", "harm_growing": False}), _one("reply_sent")),
    Plain("SPC-149-judicial-60d", "normative_document", "2018-02-08", 60, "cd",
          ("judicial_suggestion_received", {"about": "normative_document"}), _one("reply_sent")),
    Plain("LV-34-petition-60d", "petition", "2022-05-01", 60, "cd", ("petition_accepted", {"article_31_6": True}),
          _one("petition_concluded")),
)  # fmt: skip


# -- counting ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Days:
    """Working days as a holidays register states them: its days, and Monday to Friday otherwise."""

    kinds: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, register: Mapping[str, Any]) -> Days:
        return cls({row["date"]: row["kind"] for row in register["days"]})

    def works(self, day: date) -> bool:
        kind = self.kinds.get(day.isoformat())
        if kind is None:
            return day.isoweekday() <= 5
        return kind == "work"


def months_later(start: date, n: int) -> date:
    """The same day of the n-th month after, or that month's last day where it has no such day."""
    year, month = start.year, start.month
    for _ in range(n):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def last_moment(start: Moment, n: int, unit: str, days: Days) -> Moment:
    """The last day (the last instant, of hours) of a period; the start is not counted."""
    if unit == "h":
        return start + timedelta(hours=n)
    assert not isinstance(start, datetime)
    day, left = start, n
    if unit == "wd":
        while left:
            day += ONE_DAY
            left -= days.works(day)
        return day
    if unit == "m":
        day = months_later(start, n)
    else:
        while left:
            day += ONE_DAY
            left -= 1
    while not days.works(day):
        day += ONE_DAY
    return day


def used_up(start: Moment, until: Moment, unit: str, days: Days) -> int:
    """Whole units from the start through a moment."""
    if unit == "h":
        return max(0, (until - start) // timedelta(hours=1))  # type: ignore[operator]
    last = until.date() if isinstance(until, datetime) else until
    assert not isinstance(start, datetime)
    if unit == "m":
        passed = 0
        while months_later(start, passed + 1) <= last:
            passed += 1
        return passed
    day, passed = start, 0
    while day < last:
        day += ONE_DAY
        passed += days.works(day) if unit == "wd" else 1
    return passed


# -- judging -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Happened:
    """One event: its line in the file, what it was, when it was and when it was recorded, and the field to agree in."""

    line: int
    activity: str
    when: Moment
    recorded: datetime
    agreed: str = ""

    @property
    def order(self) -> tuple[str, int]:
        return self.when.isoformat(), self.line


#: line of the start, verdict, due, used
Answer = tuple[int, str, str | None, int | None]


def answers(plain: Plain, history: Sequence[Happened], as_of: datetime, days: Days) -> list[Answer]:
    """What a plain period says of each of its starts, at a moment."""
    seen = [
        each
        for each in history
        if each.recorded <= as_of
        and (each.when <= as_of if isinstance(each.when, datetime) else each.when <= as_of.date())
    ]
    stopping = {activity for activity, _ in plain.stops}
    found: list[Answer] = []
    for start in seen:
        if start.activity != plain.start[0]:
            continue
        text = plain.text(start.when)
        if text is None:
            found.append((start.line, "not_applicable", None, None))
            continue
        due = last_moment(start.when, *text, days)
        after = [
            each
            for each in seen
            if each.activity in stopping and each.order > start.order and each.agreed == start.agreed
        ]
        until: Moment
        if after:
            until = min(after, key=lambda each: each.order).when
            verdict = "met" if until <= due else "breached"  # type: ignore[operator]
        else:
            until = as_of if isinstance(due, datetime) else as_of.date()
            verdict = "pending" if until <= due else "breached"  # type: ignore[operator]
        told = due.isoformat(timespec="seconds") if isinstance(due, datetime) else due.isoformat()
        found.append((start.line, verdict, told, used_up(start.when, until, text[1], days)))
    return sorted(found)
