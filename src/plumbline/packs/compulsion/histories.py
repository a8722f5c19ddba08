"""Short example histories of compulsory measures and of execution; what an example does not say is not said."""

from typing import Any

from plumbline.rules.examples import CALENDAR, CERTIFICATES, OFFICERS, step

#: Both officers hold certificates of A-1, a department without execution power of its own.
AGENCY = {
    "agencies": [{"code": "A-1", "kind": "department", "level": "district", "own_execution_power": False}],
    **CERTIFICATES,
}
WORKING_DAYS = CALENDAR

#: What the record of a lawful sealing states.
_IN_ORDER: dict[str, Any] = {
    "id_shown": True,
    "party_present": True,
    "rights_told": True,
    "statement_heard": True,
    "record_signed": "party",
}

Step = dict[str, Any]


def taken(at: str, activity: str = "sealed", measure: str = "C1", **data: Any) -> Step:
    """A measure of which only what is given is stated."""
    return step(activity, at, actors=data.pop("actors", OFFICERS), measure=measure, **data)


def lawfully_taken(at: str, activity: str = "sealed", measure: str = "C1", **changes: Any) -> Step:
    """A measure whose record states that the procedure was kept, save for ``changes`` (None leaves a fact out)."""
    stated = {name: value for name, value in {**_IN_ORDER, **changes}.items() if value is not None}
    return taken(at, activity, measure, **stated)


def approved(at: str, result: str = "approved", by: str = "agency_head", measure: str = "C1") -> Step:
    return step("measure_approved", at, measure=measure, result=result, approved_by=by)


def lifted(on: str, measure: str = "C1", **data: Any) -> Step:
    return step("seizure_lifted", on, measure=measure, **data)


def disposed(on: str, measure: str = "C1") -> Step:
    return step("measure_disposed", on, measure=measure, disposition="confiscated")


def extended(on: str, days: int = 30, by: str = "agency_head", measure: str = "C1") -> Step:
    return step("seizure_extended", on, measure=measure, days=days, approved_by=by)


def demanded(on: str, **data: Any) -> Step:
    return step("demand_notice_served", on, method="direct", **data)


def served(on: str) -> Step:
    return step("decision_served", on, method="direct")


def executed(at: str, what: str = "structure", **data: Any) -> Step:
    return step("execution_done", at, object=what, **data)
