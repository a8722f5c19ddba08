"""What is asked of the big district: who looks at which pages with which filters and words."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from plumbline.apps.cases.models import Case
from plumbline.apps.cases.queries import DUE
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person
from plumbline.platform.initials import initials_of
from plumbline.platform.scope.rows import whole_district

from .asking import Measure, listed

OFFICER, HEAD, REVIEWER, OFFICE, SUPERVISOR = "zhou", "he", "li", "fang", "liu"
TABS = ("documents", "evidence", "supervision", "publicity", "flow")


def measures(rng: random.Random, asked: int) -> list[Measure]:
    with whole_district():
        cases = _sample(rng, asked)
        mine = _of(OFFICER, rng, asked)
        most = _longest(OFFICER, asked)
        names = list(
            Person.objects.exclude(certificate_number="").values_list("display_name", flat=True)[:asked]
        )
    return [*_case_pages(mine, most), *_lists(cases, rng), *_searches(cases, names), *_desks()]


def _sample(rng: random.Random, asked: int) -> list[Case]:
    rows = Case.objects.unscoped("样本").select_related("party", "agency")
    last = rows.order_by("-pk")[0].pk
    return list(rows.filter(pk__in=rng.sample(range(1, last + 1), asked)))


def _of(login: str, rng: random.Random, asked: int) -> list[str]:
    agency = Actor.of(Person.objects.get(login_name=login), on=clock.today()).agency_code
    found = list(
        Case.objects.unscoped("样本")
        .filter(agency_id=agency)
        .order_by("pk")
        .values_list("matter_id", flat=True)[:5000]
    )
    return rng.sample(found, min(asked, len(found)))


def _longest(login: str, asked: int) -> list[str]:
    """Cases of the person's agency with the most steps."""
    from django.db.models import Count

    agency = Actor.of(Person.objects.get(login_name=login), on=clock.today()).agency_code
    some = Case.objects.unscoped("样本").filter(agency_id=agency).order_by("-pk")[:3000]
    counted = Case.objects.unscoped("样本").filter(pk__in=some.values("pk")).annotate(n=Count("entries"))
    return list(counted.order_by("-n", "pk").values_list("matter_id", flat=True)[:asked])


def _case_pages(mine: Sequence[str], most: Sequence[str]) -> list[Measure]:
    found = [
        Measure("case page", OFFICER, [f"/cases/{each}" for each in mine]),
        Measure("case page, the longest histories", OFFICER, [f"/cases/{each}" for each in most]),
        Measure("case page, a phase", OFFICER, [f"/cases/{each}?phase=decision" for each in mine]),
        Measure("case page", HEAD, [f"/cases/{each}" for each in mine]),
    ]
    return found + [
        Measure(f"case page, tab {tab}", OFFICER, [f"/cases/{m}?tab={tab}" for m in mine]) for tab in TABS
    ]


def _lists(cases: Sequence[Case], rng: random.Random) -> list[Measure]:
    agencies = sorted({case.agency_id for case in cases})
    stages = ["open", "clue", "filed", "notice", "review", "decided", "served", "closed", "archived"]

    found = [Measure("list, first page", who, ["/cases"]) for who in (OFFICER, HEAD, SUPERVISOR)]
    for who in (OFFICER, SUPERVISOR):
        found += [Measure(f"list, stage {stage}", who, [listed("/cases", stage=stage)]) for stage in stages]
        found += [Measure(f"list, due {due}", who, [listed("/cases", due=due)]) for due in DUE]
        found += [
            Measure("list, imported", who, [listed("/cases", origin="imported")]),
            Measure("list, own", who, [listed("/cases", origin="own")]),
            Measure("list, summary procedure", who, [listed("/cases", procedure="summary")]),
            Measure("list, my cases", who, [listed("/cases", mine="1")]),
            Measure("list, my open cases", who, [listed("/cases", mine="1", stage="open")]),
            Measure("list, open and overdue", who, [listed("/cases", stage="open", due="overdue")]),
            Measure("list, two characters and a stage", who, [listed("/cases", q="垃圾", stage="served")]),
            Measure("list, two characters and due", who, [listed("/cases", q="餐饮", due="7d")]),
            Measure("list, a road and my cases", who, [listed("/cases", q="平江", mine="1")]),
        ]
        found.append(
            Measure(
                "list, deep page",
                who,
                [
                    listed("/cases", after=f"{c.last_event_at.isoformat()}_{c.pk}")
                    for c in cases
                    if c.last_event_at
                ],
            )
        )
        found.append(
            Measure(
                "list, deep page of a stage",
                who,
                [
                    listed("/cases", stage="archived", after=f"{c.last_event_at.isoformat()}_{c.pk}")
                    for c in cases
                    if c.last_event_at
                ],
            )
        )
    found += [
        Measure("list, one agency", SUPERVISOR, [listed("/cases", agency=code) for code in agencies]),
        Measure(
            "list, one agency, open", SUPERVISOR, [listed("/cases", agency=c, stage="open") for c in agencies]
        ),
        Measure(
            "list, one agency, stage, due, words",
            SUPERVISOR,
            [listed("/cases", agency=c, stage="open", due="30d", q="建筑") for c in agencies],
        ),
    ]
    return found


def _searches(cases: Sequence[Case], names: Sequence[str]) -> list[Measure]:
    party: list[Any] = [case.party for case in cases if case.party]
    firms = [each.name for each in party if each.kind == "legal_person"]
    people = [each.name for each in party if each.kind == "natural_person"]
    words = {
        "1 character, in most": ["新", "公", "案"],
        "1 character, a surname": [each[:1] for each in people],
        "2 characters, in most": ["公司", "有限", "武汉"],
        "2 characters, a firm's word": [each[2:4] for each in firms],
        "2 characters, a person": [each[:2] for each in people],
        "2 characters, in none": ["龘靐", "鱻麤"],
        "3 characters": [each[2:5] for each in firms] + people,
        "4 characters": [each[2:6] for each in firms],
        "5 characters": [each[2:7] for each in firms],
        "6 characters": [each[2:8] for each in firms],
        "two words": [f"{c.title[:2]} {c.place[-6:-2]}" for c in cases],
        "two common words": ["垃圾 阳逻", "食品 有限"],
        "first letters, in most": ["yxgs", "xgs"],
        "first letters, a firm's": [initials_of(each)[2:6] for each in firms],
        "a party's whole name": [each.name for each in party],
        "a case number": [case.number for case in cases if case.number],
        "the figures of a case number": [case.number.rsplit("〕")[-1][:-1] for case in cases if case.number],
        "a matter's id": [case.matter_id for case in cases],
        "a phone's last four": [each.phone[-4:] for each in party if each.phone],
        "a credit code": [each.credit_code for each in party if each.credit_code],
        "an officer's name": list(names),
        "an article": ["行政处罚法第六十条", "第五十八条", "第六十条"],
    }
    found = []
    for who in (OFFICER, SUPERVISOR):
        found += [
            Measure(f"search, {what}", who, [listed("/search", q=q) for q in given])
            for what, given in words.items()
            if given
        ]
        found += [
            Measure(f"list, {what}", who, [listed("/cases", q=q) for q in words[what]])
            for what in (
                "1 character, in most",
                "2 characters, in most",
                "2 characters, a firm's word",
                "a party's whole name",
            )
        ]
    return found


def _desks() -> list[Measure]:
    return [
        *(Measure("desk", who, ["/desk"]) for who in (OFFICER, HEAD, REVIEWER, OFFICE, SUPERVISOR)),
        *(Measure("all tasks", who, ["/tasks"]) for who in (OFFICER, HEAD, SUPERVISOR)),
        Measure("my month, which the desk asks for after its page", OFFICER, ["/desk/month"]),
        Measure("notices", OFFICER, ["/notices"]),
    ]
