"""A street and an office with certificate holders, their keepers, 区司法局 and the government, and a round among them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from plumbline.apps.agencies.models import Entrustment, OfficerCertificate
from plumbline.apps.subjects import actions
from plumbline.apps.subjects.actions.reviewing import rows_of
from plumbline.apps.subjects.models import CleanupEntry, CleanupRound
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person, Post, Tenure

STREET, OFFICE, BUREAU, GOVERNMENT = "S-ST", "S-CG", "S-SFJ", "S-GOV"
BASES = (("行政处罚法", "第二十四条", "law"),)
POSTS = (("现场执法岗", "A", "检查和调查取证"), ("法制审核岗", "B", "审核"))


class Scene:
    """Everybody, and the shortest lawful ways through a round."""

    def __init__(self) -> None:
        for code, name, kind in (
            (STREET, "江北街道办事处", "subdistrict_office"),
            (OFFICE, "区城市管理局", "department"),
            (BUREAU, "区司法局", "supervision_organ"),
            (GOVERNMENT, "区人民政府", "government"),
        ):
            Agency.objects.create(
                code=code, name=name, short_name=name, kind=kind, level="district", enforces=code in {STREET, OFFICE}
            )  # fmt: skip
        for agency in (STREET, OFFICE):
            for n in (1, 2):
                OfficerCertificate.objects.create(
                    number=f"{agency}-{n}", name=f"人员{agency[-2:]}{n}", agency_id=agency, area="新洲区",
                    valid_from=date(2024, 1, 1), exam_passed_on=date(2023, 11, 1), issued_on=date(2023, 12, 1),
                )  # fmt: skip
        self.keeper = self.post("jie", STREET, ["registers.maintain"])
        self.other = self.post("cheng", OFFICE, ["registers.maintain"])
        self.bureau = self.post("si", BUREAU, ["supervision.supervise"], "district")
        self.government = self.post("zheng", GOVERNMENT, ["supervision.decide"], "district")
        self.bare = self.post("kong", STREET, [])

    def post(self, login: str, agency: str, capabilities: list[str], scope: str = "agency") -> Person:
        person = Person.objects.create_person(login_name=login, display_name=f"岗位{login}", password=None)
        post = Post.objects.create(agency_id=agency, title=login, capabilities=capabilities, scope=scope)
        Tenure.objects.create(person=person, post=post, from_on=date(2022, 1, 1))
        return person

    def actor(self, person: Person) -> Actor:
        return Actor.of(person, on=clock.today())

    def entrust(self, code: str = "S-DUI") -> Entrustment:
        return Entrustment.objects.create(
            entrusting_id=OFFICE, entrusted=code, items=["随意倾倒建筑垃圾"], states_powers=True,
            valid_from=date(2025, 1, 1), valid_to=date(2027, 12, 31),
        )  # fmt: skip

    def opened(self, **changes: Any) -> CleanupRound:
        wanted = {
            "actor": self.actor(self.bureau), "title": "2026 年主体清理", "basis": "新政办[2022]14号", "asks": "",
            "due_on": clock.today() + timedelta(days=10), "agencies": [STREET, OFFICE], **changes,
        }  # fmt: skip
        return actions.open_round(**wanted)

    def entry(self, cleanup: CleanupRound, agency: str) -> CleanupEntry:
        return CleanupEntry.objects.unscoped("测试").get(round=cleanup, agency_id=agency)

    def state(self, entry: CleanupEntry, **changes: Any) -> None:
        """Fill in everything that is asked for."""
        actor = self.actor(self.keeper if entry.agency_id == STREET else self.other)
        for row in entry.subject_rows.all():
            stated: dict[str, Any] = {
                "code": row.code, "kind": row.kind, "name": row.name, "scope": "城市管理领域的行政处罚", "area": "本街道",
                "responsible": "何建国", "phone": "027-89350000", "bases": BASES, "posts": POSTS,
                "entrusted_powers": row.entrusted_powers, "entrusted_from": row.entrusted_from,
                "entrusted_to": row.entrusted_to, **changes,
            }  # fmt: skip
            actions.state_subject(actor=actor, entry=entry, stated=actions.StatedSubject(**stated))
        actions.state_officer(
            actor=actor,
            entry=entry,
            stated={
                row.pk: actions.StatedOfficer(row.standing, "现场执法岗", row.note)
                for row in entry.officer_rows.all()
            },
        )

    def handed_in(self, cleanup: CleanupRound, agency: str) -> CleanupEntry:
        entry = self.entry(cleanup, agency)
        self.state(entry)
        actor = self.actor(self.keeper if agency == STREET else self.other)
        actions.submit_entry(actor=actor, entry=self.entry(cleanup, agency))
        return self.entry(cleanup, agency)

    def reviewed(self, cleanup: CleanupRound, agency: str) -> CleanupEntry:
        entry = self.handed_in(cleanup, agency)
        bureau = self.actor(self.bureau)
        actions.decide_rows(actor=bureau, entry=entry, rulings={}, rest="passed")
        actions.finish_review(actor=bureau, entry=entry)
        return self.entry(cleanup, agency)

    def published(self) -> CleanupRound:
        """A round of both agencies, through to the public list."""
        cleanup, bureau = self.opened(), self.actor(self.bureau)
        for agency in (STREET, OFFICE):
            self.reviewed(cleanup, agency)
        actions.confirm_round(actor=bureau, cleanup=cleanup)
        today = clock.today()
        actions.put_to_government(actor=bureau, cleanup=cleanup, on=today, number="新司文〔2026〕1号")
        actions.record_consent(
            actor=self.actor(self.government), cleanup=cleanup, on=today, number="新政函〔2026〕2号"
        )
        actions.publish_round(actor=bureau, cleanup=cleanup)
        return cleanup


__all__ = ["BUREAU", "GOVERNMENT", "OFFICE", "STREET", "Scene", "rows_of"]
