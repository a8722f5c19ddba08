"""Random conditions, amounts and moments over the contract's words for penalty cases: every operator, of lawful kinds.

They are built from the kinds of values (``rules.bulk.kinds``): a condition compares two of one kind, a selection joins or
filters by fields that its activities have. What they mean does not matter; both readers have to read the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from hypothesis import strategies as st

from plumbline.rules.bulk.kinds import kind_at
from plumbline.rules.expression import Expression
from plumbline.rules.language import (
    all_of,
    any_of,
    as_of,
    by_then,
    case,
    choose,
    comes_before,
    count,
    date_after,
    days_between,
    days_outside,
    event,
    every,
    exists,
    field,
    first,
    it,
    it_on,
    it_order,
    item,
    kind_of_day,
    last,
    not_,
    on,
    people,
    row_exists,
    row_value,
    separate,
    some,
    total,
    verdict_of,
)
from tests.rules.histories import CLOCKWORK, WORDS

ACTIVITIES = [
    *CLOCKWORK,
    "hearing_ended",
    "statement_waived",
    "announcement_service_started",
    "refund_ordered",
    "refund_ended",
    "challenge_started",
    "challenge_ended",
    "fine_paid",
    "decision_served",
    "case_closed",
    "deferral_granted",
    "evidence_collected",
]
DATES = ["2026-02-28", "2026-03-31", "2026-04-07", "2026-05-06", "2026-06-30"]


@cache
def paths(activity: str, what: str) -> list[str]:
    """The fields of an activity that hold a kind of value, those of its objects among them."""
    fields = WORDS.activities[activity].fields
    names = list(fields)
    for name, spec in fields.items():
        inner = WORDS.objects.get(str(spec["type"]).removesuffix("?"), {})
        names += [f"{name}.{each}" for each in inner]
    found = []
    for name in names:
        kind = kind_at(WORDS, fields, name)
        if kind is not None and (kind.what == what or (what == "codes" and str(kind) == "list of code")):
            found.append(name)
    return found


@cache
def enum_values(activity: str, path: str) -> list[str]:
    spec: Any = WORDS.activities[activity].fields
    for part in path.split("."):
        if not isinstance(spec, dict) and not hasattr(spec, "get"):
            return []
        name = str(spec.get(part, {}).get("type", "")).strip("?[]")
        spec = WORDS.objects.get(name, {})
    return sorted(WORDS.enums.get(name, {})) or ["M1", "X-1"]


@dataclass(frozen=True)
class Around:
    """Where an expression stands: the subject's activity, and the candidate's if there is one."""

    subject: str
    candidate: str = ""

    def selecting(self, candidate: str) -> Around:
        return Around(self.subject, candidate)


@st.composite
def selections(draw: Any, around: Around, depth: int) -> Any:
    activity = draw(st.sampled_from(ACTIVITIES))
    place = draw(st.sampled_from(["anywhere", "before", "after", "not_after", "same_day"]))
    both = sorted(set(WORDS.activities[activity].fields) & set(WORDS.activities[around.subject].fields))
    both = [
        name
        for name in both
        if (kind := kind_at(WORDS, WORDS.activities[activity].fields, name)) is not None
        and kind == kind_at(WORDS, WORDS.activities[around.subject].fields, name)
        and kind.what in {"code", "bool", "moment", "int"}
    ]
    same = (draw(st.sampled_from(both)),) if both and draw(st.booleans()) else ()
    where = (
        draw(conditions(around.selecting(activity), depth - 1)) if depth > 0 and draw(st.booleans()) else None
    )
    if where is None and draw(st.booleans()):
        return event(activity, draw(st.sampled_from(ACTIVITIES)), place=place)
    return event(activity, place=place, same=same, where=where)


@cache
def read(around: Around, what: str) -> st.SearchStrategy[Expression]:
    """A field of the subject or of the candidate that holds a kind of value."""
    own = [field(path) for path in paths(around.subject, what)]
    if around.candidate:
        own += [it(path) for path in paths(around.candidate, what)]
    return st.sampled_from(own) if own else st.nothing()


@cache
def amounts(around: Around, depth: int) -> st.SearchStrategy[Expression]:
    plain = read(around, "int")
    options = [plain.map(lambda e: e.or_if_missing(0)), plain, selections(around, depth - 1).map(count)]
    if depth > 0:
        options += [
            st.builds(lambda a, b: a.plus(b), amounts(around, depth - 1), amounts(around, depth - 1)),
            st.builds(lambda a, n: a.times(n), amounts(around, depth - 1), st.integers(0, 9)),
            st.builds(days_between, moments(around, depth - 1), moments(around, depth - 1)),
            st.builds(
                lambda a, b: days_outside(a, b, "challenge_started", "challenge_ended", "route"),
                st.sampled_from([on(), as_of()]),
                st.sampled_from([on(), as_of()]),
            ),
            st.just(people("officer")),
            st.just(people("officer", where=row_exists("officers", "id", it("id")))),
        ]
        options.append(
            selections(around, 0).flatmap(
                lambda s: (
                    st.builds(lambda e: total(s, e), read(around.selecting(s.activities[0]), "int"))
                    if len(s.activities) == 1 and paths(s.activities[0], "int")
                    else st.just(count(s))
                )
            )
        )
    return st.one_of(options)


@cache
def moments(around: Around, depth: int) -> st.SearchStrategy[Expression]:
    options = [read(around, "moment"), st.sampled_from([on(), as_of()])]
    if around.candidate:
        options.append(st.just(it_on()))
    if depth > 0:
        options += [
            st.builds(
                date_after,
                moments(around, depth - 1),
                st.integers(0, 40),
                st.sampled_from(["wd", "cd", "m"]),
                roll=st.booleans(),
            ),
            st.builds(
                lambda s, which, other: which(s, it_on(), other),
                selections(around, depth - 1),
                st.sampled_from([first, last]),
                st.none() | st.sampled_from(DATES),
            ),
            st.builds(choose, conditions(around, depth - 1), moments(around, 0), moments(around, 0)),
        ]
    return st.one_of(options)


@st.composite
def code_tests(draw: Any, around: Around) -> Expression:
    own = [(field, around.subject)] + ([(it, around.candidate)] if around.candidate else [])
    reader, activity = draw(st.sampled_from(own))
    held = paths(activity, "code")
    if not held:
        return (
            reader("outcome").is_stated()
            if "outcome" in WORDS.activities[activity].fields
            else on().eq(as_of())
        )
    path = draw(st.sampled_from(held))
    value = draw(st.sampled_from(enum_values(activity, path)))
    how = draw(st.integers(0, 3))
    return [
        reader(path).eq(value),
        reader(path).ne(value),
        reader(path).one_of(value, "M1"),
        reader(path).is_stated(),
    ][how]


@st.composite
def list_tests(draw: Any, around: Around) -> Expression:
    own = [(field, around.subject)] + ([(it, around.candidate)] if around.candidate else [])
    reader, activity = draw(st.sampled_from(own))
    held = paths(activity, "codes")
    if not held:
        return on().le(as_of())
    path = draw(st.sampled_from(held))
    some_values = draw(
        st.lists(st.sampled_from(enum_values(activity, path)), min_size=1, max_size=2, unique=True)
    )
    return draw(
        st.sampled_from(
            [
                reader(path).holds(some_values[0]),
                reader(path).holds_all(*some_values),
                reader(path).holds_only(*some_values),
                reader(path).or_if_missing(()).holds_any(*some_values),
                some(reader(path), item().eq(some_values[0])),
                every(reader(path), item().one_of(*some_values)),
            ]
        )
    )


@cache
def conditions(around: Around, depth: int) -> st.SearchStrategy[Expression]:
    how = st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"])
    options = [
        code_tests(around),
        list_tests(around),
        read(around, "bool").map(lambda e: e.is_true()),
        read(around, "bool"),
        st.builds(
            lambda a, name, n: getattr(a, name)(n), amounts(around, 0), how, st.sampled_from([0, 1, 10_000])
        ),
        st.builds(lambda a, name, d: getattr(a, name)(d), moments(around, 0), how, st.sampled_from(DATES)),
        st.sampled_from(["market", "ecology", "other"]).map(lambda d: case("domain").eq(d)),
        st.just(case("violation.ended_on").lt(on())),
        st.just(kind_of_day().one_of("weekend", "holiday")),
        st.just(row_value("officers", "id", "E-1", "agency").eq("A-1")),
    ]
    if around.candidate:
        options.append(st.just(it_order().gt(1)))
    if depth > 0:
        inner = conditions(around, depth - 1)
        options += [
            st.lists(inner, min_size=1, max_size=3).map(lambda p: all_of(*p)),
            st.lists(inner, min_size=1, max_size=3).map(lambda p: any_of(*p)),
            inner.map(not_),
            inner.map(lambda e: e.or_unknown("@agency")),
            selections(around, depth - 1).map(exists),
            st.builds(comes_before, selections(around, 0), selections(around, 0)),
            st.builds(choose, inner, inner, inner),
            selections(around, depth - 1).map(lambda s: separate("officer", "officer", s)),
            st.builds(
                lambda a, name, b: getattr(a, name)(b), amounts(around, depth - 1), how, amounts(around, 0)
            ),
            st.builds(
                lambda a, name, b: getattr(a, name)(b), moments(around, depth - 1), how, moments(around, 0)
            ),
        ]
        if around.candidate:
            options.append(selections(around, 0).map(by_then))
        else:
            from tests.parity.random_rules import forms  # which ask for conditions in their turn

            options.append(forms(around, 0).map(lambda form: verdict_of(form).eq("breached")))
    return st.one_of(options)
