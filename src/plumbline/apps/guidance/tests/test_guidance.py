"""A guiding case from the decision it is told after to its withdrawal; what it may not say; who may do what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from plumbline.apps.guidance import actions
from plumbline.apps.guidance.actions import Content
from plumbline.apps.guidance.checking import checked
from plumbline.apps.guidance.desk import guidance_tasks, propose_link
from plumbline.apps.guidance.models import GuidingCase, State
from plumbline.apps.guidance.prefilling import first_draft, source_called
from plumbline.apps.publicity import generating
from plumbline.apps.publicity.models import Publication
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person, Post, Scope, Tenure
from plumbline.platform.rates.models import RateCount
from plumbline.platform.scope.rows import set_database_scope

pytestmark = pytest.mark.django_db
GOOD = Content(
    title="擅自处置建筑垃圾主动清理从轻处罚案",
    topic="housing_construction",
    gist="当事人在调查以前主动清理、没有造成后果的，应当从轻处罚。",
    facts="某公司未经核准处置建筑垃圾约十二立方米，次日自行清运完毕，没有占用道路，没有造成人员和财产损失。",
    outcome="责令改正，处以从轻一档的罚款。",
    guidance="先查清清理的时间和由谁清理；被责令以后才清理的，不作为从轻的理由。",
    law=(("行政处罚法", "第三十二条"),),
)


STREET, BUREAU, OTHER = "G-STREET", "G-SFJ", "G-OTHER"
PARTY = "武汉江阳筑工建筑劳务有限公司"
INSIDE = {
    "party_name": PARTY,
    "legal_representative": "李代表",
    "people": ["周证人"],
    "title": "擅自处置",
    "facts": "倾倒。",
}


@dataclass
class Guiding:
    """The street's publisher writes; two of the bureau read and publish; a publisher of another agency looks on."""

    row: Publication
    writer: Person
    reader: Person
    head: Person
    elsewhere: Person

    def actor(self, person: Person) -> Actor:
        return Actor.of(person, on=clock.today())

    def drafted(self, **changes: Any) -> GuidingCase:
        content = replace(GOOD, **changes)
        return actions.draft(actor=self.actor(self.writer), agency=STREET, content=content, source=self.row)

    def submitted(self, **changes: Any) -> GuidingCase:
        return actions.submit(actor=self.actor(self.writer), case=self.drafted(**changes))

    def published(self, **changes: Any) -> GuidingCase:
        passed = actions.review(actor=self.actor(self.reader), case=self.submitted(**changes), passes=True)
        return actions.publish_guidance(actor=self.actor(self.head), case=passed)

    def client(self, person: Person | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def reads(self, person: Person | None, path: str, status: int = 200) -> str:
        RateCount.objects.all().delete()
        answer = self.client(person).get(path)
        assert answer.status_code == status, (path, answer.status_code)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        return content.decode()


def post(login: str, agency: str, capability: str, scope: str = Scope.AGENCY) -> Person:
    made = Person.objects.create_person(login_name=login, display_name=f"岗位{login}", password=None)
    held = Post.objects.create(
        agency_id=agency, title=login, role="other", capabilities=[capability], scope=scope
    )
    Tenure.objects.create(person=made, post=held, from_on=date(2026, 1, 1))
    return made


@pytest.fixture
def guiding(monkeypatch: pytest.MonkeyPatch) -> Iterator[Guiding]:
    monkeypatch.setattr(generating, "public_facts", lambda matter: dict(INSIDE))
    for code, name in ((STREET, "阳逻街道办事处"), (BUREAU, "区司法局"), (OTHER, "住建部门")):
        Agency.objects.create(
            code=code, name=name, short_name=name, kind="department", level="district", enforces=True
        )
    row = Publication.objects.create(
        matter_id="M", decision_event="E", agency_id=STREET, party_kind="legal_person", party_name=PARTY, violation="擅自处置建筑垃圾",
        facts=f"{PARTY}倾倒建筑垃圾十二立方米。", decided_on="2026-05-20", due_on="2026-05-29", published_on="2026-05-25",
        state="published", number="新综执罚〔2026〕1号", kinds=["fine"], fine_fen=20_000, domain="housing_construction",
        basis=[{"law": "城市建筑垃圾管理规定", "article": "第二十五条"}],
    )  # fmt: skip
    yield Guiding(
        row, post("ZX", STREET, "publicity.publish"), post("SH", BUREAU, "supervision.supervise", Scope.DISTRICT),
        post("FB", BUREAU, "supervision.supervise", Scope.DISTRICT), post("WD", OTHER, "publicity.publish"),
    )  # fmt: skip
    set_database_scope(None)


def test_from_a_decision_to_the_public_and_down_again(guiding: Guiding) -> None:
    case = guiding.published()
    assert (case.number, case.name) == (1, "指导案例第1号")
    listed, page = guiding.reads(None, "/open/guidance?q=主动清理"), guiding.reads(None, "/open/guidance/1")
    assert GOOD.gist in listed and "/open/guidance/1" in listed
    assert all(said in page for said in (GOOD.gist, GOOD.facts, GOOD.outcome, GOOD.guidance, "行政处罚法"))
    assert "内容没有变过" in page and f"/open/decisions/{guiding.row.public_id}" in page
    places = ["/open/data/guiding-cases.csv", "/open/data/guiding-cases.json", "/open/feeds/guidance.atom", "/open/sitemaps/guidance-0.xml",
              "/open/search?q=主动清理"]  # fmt: skip
    assert all("/open/guidance/1" in guiding.reads(None, each) for each in places)
    second = guiding.published(title="另一件擅自处置建筑垃圾案")
    assert second.number == 2
    reader = guiding.actor(guiding.reader)
    for reason, said in (("不再适用", "请写明"), ("依据已修改，联系13800138000", "电话号码")):
        with pytest.raises(InputFault, match=said):
            actions.withdraw_guidance(actor=reader, case=case, reason=reason)
    actions.withdraw_guidance(actor=reader, case=case, reason="所依据的条款已经修改")
    gone = guiding.reads(None, "/open/guidance/1", 410)
    assert "所依据的条款已经修改" in gone and GOOD.facts not in gone and GOOD.title not in gone
    assert all(
        GOOD.facts not in guiding.reads(None, each) or "/open/guidance/2" in guiding.reads(None, each)
        for each in places
    )
    assert "/open/guidance/1" not in guiding.reads(None, "/open/data/guiding-cases.csv")
    assert "已撤回" in guiding.reads(None, "/open/feeds/guidance.atom")
    assert (
        guiding.published(title="第三件擅自处置建筑垃圾案").number == 3
    )  # the number of a withdrawn one is not given again
    logged = StoredEvent.objects.unscoped("测试").filter(matter_id=f"guidance-{case.pk}").order_by("seq")
    assert [each.activity for each in logged] == [
        f"guiding_case_{each}" for each in ("drafted", "submitted", "passed", "published", "withdrawn")
    ]


@pytest.mark.parametrize(("part", "words", "said"), [
    ("facts", "证人王小明的身份证号为420117198001011234，", "420117198001011234"),
    ("gist", "武汉江阳筑工建筑劳务有限公司主动清理的，", "武汉江阳筑工建筑劳务有限公司"),
    ("guidance", "李代表到场说明的，", "李代表"),
    ("outcome", "可以电话13800138000查询，", "13800138000"),
])  # fmt: skip
def test_what_names_somebody_is_refused_with_its_place(
    guiding: Guiding, part: str, words: str, said: str
) -> None:
    case = guiding.drafted(**{part: words + getattr(GOOD, part)})
    with pytest.raises(InputFault) as refused:
        actions.submit(actor=guiding.actor(guiding.writer), case=case)
    assert said in refused.value.faults[part] and not set(refused.value.faults) - {part}
    page = guiding.client(guiding.writer).post(f"/guidance/{case.pk}", {"do": "submit"}).content.decode()
    assert "还不能送审" in page and said in page
    GuidingCase.objects.unscoped("测试").filter(pk=case.pk).update(state=State.SUBMITTED)
    case = GuidingCase.objects.unscoped("测试").get(pk=case.pk)
    with pytest.raises(InputFault):  # the check is asked again at every later step
        actions.review(actor=guiding.actor(guiding.reader), case=case, passes=True, weighed=True)


def test_what_is_missing_is_asked_for_when_it_is_handed_in(guiding: Guiding) -> None:
    with pytest.raises(InputFault):
        guiding.drafted(title="案")
    case = guiding.drafted(topic="", facts="少", law=())
    with pytest.raises(InputFault) as refused:
        actions.submit(actor=guiding.actor(guiding.writer), case=case)
    assert set(refused.value.faults) == {"topic", "facts", "law"}


def test_doubtful_words_are_weighed_by_the_reviewer(guiding: Guiding) -> None:
    case = guiding.submitted(facts=GOOD.facts + "该公司负责人王小明承诺整改。确诊病历不在卷内。")
    assert checked(case).doubtful
    with pytest.raises(InputFault, match="逐处看过"):
        actions.review(actor=guiding.actor(guiding.reader), case=case, passes=True)
    page = guiding.reads(guiding.reader, f"/guidance/{case.pk}")
    assert "规则认不准" in page and "审核通过" in page
    assert (
        actions.review(actor=guiding.actor(guiding.reader), case=case, passes=True, weighed=True).state
        == State.PASSED
    )


def test_who_writes_does_not_review_and_who_is_elsewhere_sees_nothing(guiding: Guiding) -> None:
    with pytest.raises(Refusal):
        actions.draft(actor=guiding.actor(guiding.elsewhere), agency=STREET, content=GOOD)
    drafted = guiding.drafted()
    for person in (guiding.reader, guiding.elsewhere):
        guiding.reads(person, f"/guidance/{drafted.pk}", 404)  # a draft is the agency's own
    own = actions.draft(actor=guiding.actor(guiding.reader), agency=BUREAU, content=GOOD)
    own = actions.submit(actor=guiding.actor(guiding.reader), case=own)
    with pytest.raises(Refusal, match="另一个人"):
        actions.review(actor=guiding.actor(guiding.reader), case=own, passes=True)
    with pytest.raises(Refusal):
        actions.review(actor=guiding.actor(guiding.writer), case=own, passes=True)
    passed = actions.review(actor=guiding.actor(guiding.head), case=own, passes=True)
    with pytest.raises(Refusal, match="另一个人"):
        actions.publish_guidance(actor=guiding.actor(guiding.reader), case=passed)
    with pytest.raises(IntegrityError), transaction.atomic():
        GuidingCase.objects.unscoped("测试").filter(pk=passed.pk).update(reviewed_by=guiding.reader)
    guiding.reads(guiding.elsewhere, f"/guidance/{passed.pk}", 404)


def test_it_comes_back_is_rewritten_taken_back_and_dropped(guiding: Guiding) -> None:
    writer, reader = guiding.actor(guiding.writer), guiding.actor(guiding.reader)
    case = guiding.submitted()
    assert [task.title for task in guidance_tasks(reader)] == ["审核指导案例"]
    with pytest.raises(Refusal):
        actions.revise(actor=writer, case=case, content=GOOD)
    with pytest.raises(InputFault):
        actions.review(actor=reader, case=case, passes=False, note="改")
    case = actions.review(actor=reader, case=case, passes=False, note="请写明清理的时间。")
    assert [task.title for task in guidance_tasks(writer)] == ["修改退回的指导案例"]
    assert "请写明清理的时间" in guiding.reads(guiding.writer, f"/guidance/{case.pk}")
    case = actions.revise(actor=writer, case=case, content=replace(GOOD, outcome="责令改正，并处罚款。"))
    case = actions.submit(actor=writer, case=case)
    case = actions.take_back(actor=writer, case=case)
    assert case.state == State.DRAFT and guidance_tasks(reader) == guidance_tasks(writer) == []
    assert actions.drop(actor=writer, case=case).state == State.DROPPED
    assert "不再推荐" in guiding.reads(guiding.writer, "/guidance?state=dropped")


def test_a_source_that_is_withdrawn_calls_for_another_look(guiding: Guiding) -> None:
    reader = guiding.actor(guiding.reader)
    case, waiting = guiding.published(), guiding.submitted(title="另一件擅自处置建筑垃圾案")
    with pytest.raises(Refusal, match="仍在公示"):
        actions.keep_published(actor=reader, case=case, reason="要旨仍然成立")
    Publication.objects.update(state="withdrawn", reason="原处罚决定已被撤销")
    with pytest.raises(Refusal, match="不再公示"):
        actions.review(
            actor=reader, case=GuidingCase.objects.unscoped("测试").get(pk=waiting.pk), passes=True
        )
    case = GuidingCase.objects.unscoped("测试").get(pk=case.pk)
    assert "复核指导案例" in "".join(task.title for task in guidance_tasks(reader))
    assert "来源决定已经不再公示" in guiding.reads(guiding.reader, f"/guidance/{case.pk}")
    assert guiding.row.public_id not in guiding.reads(None, "/open/guidance/1")
    actions.keep_published(actor=reader, case=case, reason="要旨仍然成立，与撤销的理由无关")
    assert "复核指导案例" not in "".join(task.title for task in guidance_tasks(reader))


def test_the_pages_carry_it_from_the_case_to_the_public(guiding: Guiding) -> None:
    link = propose_link(
        guiding.actor(guiding.writer),
        type("C", (), {"agency_id": STREET, "matter_id": guiding.row.matter_id}),
    )
    assert link == f"/guidance/new?source={guiding.row.public_id}"
    assert not propose_link(guiding.actor(guiding.elsewhere), type("C", (), {"agency_id": STREET}))
    prefilled = first_draft(guiding.row)
    assert "江阳" not in "".join(prefilled.values()) and prefilled["law"].startswith(
        "城市建筑垃圾管理规定 第"
    )
    assert source_called(guiding.actor(guiding.elsewhere), guiding.row.public_id) is None
    writer = guiding.client(guiding.writer)
    assert prefilled["source"] in writer.get(link).content.decode()
    given = {"title": GOOD.title, "topic": GOOD.topic, "gist": GOOD.gist, "facts": GOOD.facts, "outcome": GOOD.outcome,
             "guidance": GOOD.guidance, "source": prefilled["source"], "law": "《行政处罚法》第三十二条第一项"}  # fmt: skip
    assert "没有写明条款" in writer.post("/guidance/new", {**given, "law": "行政处罚法"}).content.decode()
    assert (
        "没有这份公示中的处罚决定" in writer.post("/guidance/new", {**given, "source": "无"}).content.decode()
    )
    at = writer.post("/guidance/new", given).headers["Location"]
    made = GuidingCase.objects.unscoped("测试").get()
    assert made.source == guiding.row and made.articles == ["《行政处罚法》第三十二条第一项"]
    writer.post(f"{at}/edit", {**given, "title": "改写过的标题和要旨案"})
    assert "已送区司法局审核" in writer.post(at, {"do": "submit"}, follow=True).content.decode()
    reader, head = guiding.client(guiding.reader), guiding.client(guiding.head)
    assert "请写明退回的理由" in reader.post(at, {"do": "return", "note": ""}).content.decode()
    assert "已审核通过" in reader.post(at, {"do": "pass"}, follow=True).content.decode()
    assert "指导案例第1号" in head.post(at, {"do": "publish"}, follow=True).content.decode()
    assert "改写过的标题和要旨案" in guiding.reads(None, "/open/guidance?topic=housing_construction")
    assert "没有指导案例符合条件" in guiding.reads(None, "/open/guidance?q=渔业")
    assert (
        "已撤回，公开页"
        in head.post(at, {"do": "withdraw", "reason": "所依据的条款已经修改"}, follow=True).content.decode()
    )
