"""A small lawful world: a street that took over an item, a department, their people, and the registers.

Everything here is as the law wants it; a test states only its deviation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from plumbline.apps.cases import actions
from plumbline.apps.cases.models import Case, RequestState, StepRequest
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person, Post, Tenure
from plumbline.platform.verdicts import registers
from plumbline.platform.verdicts.registers import registers_changed

STREET, DEPARTMENT, OTHER = "T-STREET", "T-DEPT", "T-OTHER"
ITEM = "T-101"
SINCE = date(2022, 1, 1)

REGISTERS: dict[str, Any] = {
    "agencies": [
        {
            "code": code,
            "kind": kind,
            "level": "street" if code == STREET else "district",
            "parent": None,
            "subject_confirmed_on": "2021-01-04",
            "subject_published_on": "2021-01-05",
            "own_execution_power": False,
        }
        for code, kind in (
            (STREET, "subdistrict_office"),
            (DEPARTMENT, "department"),
            (OTHER, "department"),
        )
    ],
    "officers": [
        {
            "id": f"HB{number}",
            "agency": agency,
            "valid_from": "2022-01-01",
            "valid_to": None,
        }
        for number, agency in (
            ("001", STREET),
            ("002", STREET),
            ("003", STREET),
            ("101", OTHER),
        )
    ],
    "reviewers": [
        {
            "id": "LR001",
            "agency": STREET,
            "first_review_on": "2020-05-01",
            "qualified_on": "2019-01-01",
        }
    ],
    "entrustments": [],
    "power_items": [
        {
            "item": ITEM,
            "agency": DEPARTMENT,
            "violation": "未经核准擅自处置建筑垃圾",
            "domain": "housing_construction",
            "basis": [
                {
                    "law": "城市建筑垃圾管理规定",
                    "article": "第二十五条",
                    "level": "department_rule",
                }
            ],
            "kinds": ["warning", "fine"],
            "ranges": [
                {"party": "natural_person", "min": 0, "max": 20_000},
                {"party": "organization", "min": 100_000, "max": 10_000_000},
            ],
            "valid_from": "2005-06-01",
            "valid_to": None,
            "transfers": [
                {
                    "street": STREET,
                    "decision_published_on": "2021-03-03",
                    "taken_over_on": "2021-11-01",
                    "ended_on": None,
                }
            ],
        }
    ],
    "legal_review_list": [
        {
            "agency": STREET,
            "item": None,
            "kinds": [],
            "fine_from": 2_000_000,
            "valid_from": "2022-01-01",
            "valid_to": None,
        }
    ],
    "benchmarks": [],
    "hearing_thresholds": [
        {
            "domain": "housing_construction",
            "party": party,
            "amount": amount,
            "inclusive": True,
            "valid_from": "2021-07-15",
            "valid_to": None,
        }
        for party, amount in (("natural_person", 500_000), ("organization", 5_000_000))
    ],
    "inspection_list": [],
    "monitoring_devices": [],
    "normative_documents": [],
}


@contextmanager
def stated_registers(document: Mapping[str, Any]) -> Iterator[None]:
    """Make ``document`` the registers that rules read, whatever apps keep registers."""
    before = dict(registers._SOURCES)
    registers._SOURCES.clear()
    registers._SOURCES.update({name: (lambda rows=rows: rows) for name, rows in document.items()})
    registers._kept = None
    registers_changed()
    try:
        yield
    finally:
        registers._SOURCES.clear()
        registers._SOURCES.update(before)
        registers._kept = None


def party(kind: str = "legal_person") -> actions.NewParty:
    if kind == "natural_person":
        return actions.NewParty(kind=kind, name="张晓明", birth_on=date(1980, 5, 6))
    return actions.NewParty(kind=kind, name="武汉江阳筑工建筑劳务有限公司")


@dataclass
class World:
    """The people of the street and one outsider, and the verbs a test takes them through."""

    street: Agency = field(init=False)
    officer: Person = field(init=False)
    second: Person = field(init=False)
    head: Person = field(init=False)
    reviewer: Person = field(init=False)
    outsider: Person = field(init=False)

    def build(self) -> World:
        rows = [
            (STREET, "阳逻街道办事处", "新阳街综执", "subdistrict_office"),
            (DEPARTMENT, "城管执法部门", "新城管", "department"),
            (OTHER, "住建部门", "新住建", "department"),
        ]
        for code, name, mark, kind in rows:
            Agency.objects.create(
                code=code,
                name=name,
                short_name=name,
                kind=kind,
                level="district",
                document_mark=mark,
                enforces=True,
            )
        self.street = Agency.objects.get(code=STREET)
        self.officer = self.person("zhou", "周晓岚", "HB001", STREET, "执法员甲", ["cases.handle"], "officer")
        self.second = self.person("chen", "陈立群", "HB002", STREET, "执法员乙", ["cases.handle"], "officer")
        self.head = self.person(
            "he",
            "何建国",
            "",
            STREET,
            "负责人",
            ["cases.approve", "cases.view"],
            "agency_head",
            staff="HD001",
        )
        self.reviewer = self.person(
            "li",
            "李审",
            "",
            STREET,
            "法制审核",
            ["cases.review"],
            "legal_reviewer",
            staff="LR001",
        )
        self.outsider = self.person("wai", "外单位", "HB101", OTHER, "执法员", ["cases.handle"], "officer")
        return self

    def person(
        self,
        login: str,
        name: str,
        certificate: str,
        agency: str,
        title: str,
        capabilities: list[str],
        role: str,
        staff: str = "",
        scope: str = "agency",
    ) -> Person:
        person = Person.objects.create_person(
            login_name=login,
            display_name=name,
            password=None,
            certificate_number=certificate,
            staff_number=staff,
        )
        post, _ = Post.objects.get_or_create(
            agency_id=agency,
            title=title,
            defaults={"capabilities": capabilities, "role": role, "scope": scope},
        )
        Tenure.objects.create(person=person, post=post, from_on=SINCE)
        return person

    def actor(self, person: Person) -> Actor:
        return Actor.of(person, on=clock.today())

    # -- the lawful path, step by step --------------------------------------------------------------------------------

    def opened(self, days_ago: int = 40, *, kind: str = "legal_person") -> Case:
        on = ago(days_ago)
        return actions.open_case(
            actor=self.actor(self.officer),
            title="未经核准擅自处置建筑垃圾案",
            source="inspection",
            item=ITEM,
            summary="在平江路北侧空地倾倒建筑垃圾约 386 立方米。",
            party=party(kind),
            place="平江路北侧空地",
            violation=actions.Violation(
                discovered_on=on.date(),
                ended_on=on.date(),
                harm=False,
                life_health_or_finance=False,
            ),
            occurred_at=on,
        )

    def take(
        self,
        case: Case,
        step: str,
        days_ago: int,
        data: Any = None,
        by: Person | None = None,
        **details: Any,
    ) -> Any:
        return actions.take_step(
            actor=self.actor(by or self.officer),
            case=case,
            step=step,
            data=data,
            details=details,
            occurred_at=ago(days_ago),
        )

    def approve(self, request: StepRequest, days_ago: int, opinion: str = "同意。") -> StepRequest:
        return actions.decide_request(
            actor=self.actor(self.head),
            request=request,
            approve=True,
            opinion=opinion,
            occurred_at=ago(days_ago),
        )

    def filed(self, **deviation: Any) -> Case:
        case = self.opened(**deviation)
        self.take(case, "clue_verified", 39, {"established": True}, findings="现场核实属实。")
        violation = {
            "ended_on": ago(40).date().isoformat(),
            "discovered_on": ago(40).date().isoformat(),
            "harm": False,
            "life_health_or_finance": False,
        }
        request = self.take(
            case,
            "case_filed",
            38,
            {"item": ITEM, "domain": "housing_construction", "violation": violation},
            officers=["HB001", "HB002"],
            opinion="建议立案。",
        )
        assert request.state == RequestState.SUBMITTED
        self.approve(request, 38)
        case.refresh_from_db(from_queryset=Case.objects.unscoped("测试").select_related("agency", "party"))
        return case

    def investigated(self, **deviation: Any) -> Case:
        case = self.filed(**deviation)
        self.take(
            case,
            "onsite_made",
            37,
            place="平江路",
            certificate=True,
            content="现场堆放建筑垃圾。",
            signed="signed",
            officers=["HB001", "HB002"],
        )
        two = [{"id": "HB001", "role": "officer"}, {"id": "HB002", "role": "officer"}]
        actions.record_step(
            actor=self.actor(self.officer),
            case=case,
            activity="evidence_collected",
            data={
                "evidence": "E1",
                "evidence_kind": "scene_record",
                "source": "officers",
            },
            actors=two,
            occurred_at=ago(37) + timedelta(minutes=5),
        )
        actions.record_step(
            actor=self.actor(self.officer),
            case=case,
            activity="evidence_verified",
            data={"evidence": "E1", "verified": True, "lawful": True},
            actors=two,
            occurred_at=ago(30),
        )
        self.take(
            case,
            "investigation_ended",
            29,
            facts="查明擅自处置建筑垃圾。",
            evidence="现场笔录一份。",
            opinion="拟罚款。",
        )
        return case

    def noticed(self, fine: int = 1_000_000, states: list[str] | None = None, **deviation: Any) -> Case:
        case = self.investigated(**deviation)
        parts = states or [
            "proposed_penalty",
            "facts",
            "reasons",
            "basis",
            "right_to_state",
        ]
        self.take(
            case,
            "penalty_notice_served",
            28,
            {
                "proposed": {"kinds": ["fine"], "fine": fine},
                "states": parts,
                "method": "direct",
                "receipt": "signed",
            },
            facts="查明擅自处置建筑垃圾。",
            reasons="依据城市建筑垃圾管理规定第二十五条。",
        )
        return case

    def decision(self, fine: int = 1_000_000, **deviation: Any) -> dict[str, Any]:
        return {
            "outcome": "penalty",
            "penalty": {"kinds": ["fine"], "fine": fine},
            "evidence": ["E1"],
            "facts_clear": True,
            "evidence_sufficient": True,
            "complex": False,
            "major": False,
            "major_public_interest": False,
            "mitigation": None,
            "benchmark": None,
            "document_states": [
                "party",
                "facts_evidence",
                "kind_basis",
                "performance",
                "remedies",
                "agency_date",
            ],
            "document_sealed": True,
            "reconsideration_told": ["right", "organ", "period"],
            **deviation,
        }

    def propose_decision(self, case: Case, **deviation: Any) -> StepRequest:
        return actions.submit_step(
            actor=self.actor(self.officer),
            case=case,
            step="decision_made",
            data=self.decision(**deviation),
            details={"facts": "查明擅自处置建筑垃圾。", "reasons": "裁量适当。"},
        )

    def decided(self, **deviation: Any) -> Case:
        case = self.noticed()
        self.approve(self.propose_decision(case, **deviation), 5)
        case.refresh_from_db(from_queryset=Case.objects.unscoped("测试").select_related("agency", "party"))
        return case


def ago(days: int) -> datetime:
    """Nine in the morning, some days ago."""
    return clock.now().replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=days)
