"""A changed article: what cites it waits for a person, who reads both texts; nothing goes stale in silence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.checks import CheckMessage, run_checks
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from plumbline.apps.law_library import check_command, citations
from plumbline.apps.law_library.actions import load_texts, reaffirm_citations
from plumbline.apps.law_library.amending import pending, pending_on
from plumbline.apps.law_library.citers import citers, citers_of
from plumbline.apps.law_library.comparing import compare
from plumbline.apps.law_library.contract import stale_citations
from plumbline.apps.law_library.loading import TextFile
from plumbline.apps.law_library.models import FormerWording, LoadedArticle, Reaffirmation, StatuteVersion
from plumbline.law.texts import text_hash
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.identity.models import AdministratorAppointment

from .people import acting, browser, holder

OLD, NEW = "试验用的旧文字，应当在七日内办理。", "试验用的新文字，应当在十日内办理。"
TEXT = """# 试验法

- 标题 (title): 中华人民共和国行政处罚法
- 制定机关: 试验机关
- 通过/公布/修订: 1996-03-17 通过
- 施行 (effective): {effective}

---

第六十条 试验用的第六十条。

第六十一条 {wording}
"""
LAW, NUMBER = "行政处罚法", "第六十一条"
Load = Callable[..., Any]


@pytest.fixture
def load(db: None, monkeypatch: pytest.MonkeyPatch) -> Load:
    pins = {LAW: {"第六十条": text_hash("试验用的第六十条。"), NUMBER: text_hash(OLD)}}
    monkeypatch.setattr(citations, "pinned", lambda: pins)

    def loading(wording: str, effective: str = "2021-07-15", *, name: str = "law.md") -> Any:
        content = TEXT.format(wording=wording, effective=effective).encode()
        return load_texts(actor=system_actor("test"), files=[TextFile(name, content)])

    return loading


def article() -> LoadedArticle:
    return LoadedArticle.objects.select_related("statute").get(number=NUMBER)


def logged() -> list[str]:
    return list(StoredEvent.objects.unscoped("测试").order_by("seq").values_list("activity", flat=True))


def test_rules_steps_documents_and_actions_cite_the_article() -> None:
    kinds = {citer.kind for citer in citers_of(LAW, NUMBER)}
    assert {"rule", "step"} <= kinds
    every = [citer for each in citers().values() for citer in each]
    assert {citer.kind for citer in every} >= {"rule", "term", "period", "row", "step", "document", "action"}
    assert "document:D25" in {citer.ref for citer in citers_of(LAW, "第四十四条")}
    assert "step:ordinary.case_filed" in {citer.ref for citer in citers_of(LAW, "第三十六条")}  # in a hint


def test_a_later_text_is_a_version_and_the_former_wording_stays(load: Load) -> None:
    load(OLD)
    load(OLD)
    assert StatuteVersion.objects.count() == 1  # the same text is no version
    load(NEW, "2026-09-01")
    assert [(v.changed, v.effective) for v in StatuteVersion.objects.all()] == [
        (1, "2026-09-01"),
        (0, "2021-07-15"),
    ]
    former = FormerWording.objects.get()
    assert (former.text, former.effective, article().text) == (OLD, "2021-07-15", NEW)
    assert logged() == ["texts_loaded"] * 3


def test_what_cites_a_changed_article_waits_and_says_so(load: Load) -> None:
    load(OLD)
    assert pending() == [] and stale_citations() == []
    load(NEW)
    [on] = pending()
    assert set(on.waiting) == set(citers_of(LAW, NUMBER)) and on.old_text == OLD
    reader = browser(holder("du"))
    page = reader.get(f"/law/statutes/{article().statute_id}/{NUMBER}").content.decode()
    assert "<del>旧</del>" in page and "<ins>新</ins>" in page and "普通程序：送达" in page
    assert 'type="checkbox"' not in page  # a reader may not confirm
    for address in ("/law/", "/law/amendments", "/law/rules/APL-61-serve-7wd", "/law/rules?state=waiting"):
        assert "待重新确认" in reader.get(address).content.decode(), address
    assert "APL-61-serve-7wd" in reader.get("/law/rules?state=waiting").content.decode()


def test_a_person_confirms_each_citation_with_a_reason(load: Load) -> None:
    load(OLD)
    load(NEW)
    keeper = holder("hu", "law.maintain")
    ref = "rule:APL-61-serve-7wd"
    with pytest.raises(InputFault, match="理由"):
        reaffirm_citations(actor=acting(keeper), article=article(), refs=[ref], reason=" ")
    with pytest.raises(InputFault, match="至少选择一处"):
        reaffirm_citations(
            actor=acting(keeper), article=article(), refs=["rule:APL-60-90d"], reason="不在此条"
        )
    for nobody in (
        acting(holder("jie", "law.maintain", scope="agency")),
        acting(holder("kong")),
        system_actor("law load"),
    ):
        with pytest.raises(Refusal):
            reaffirm_citations(actor=nobody, article=article(), refs=[ref], reason="试")
    [row] = reaffirm_citations(actor=acting(keeper), article=article(), refs=[ref], reason="只改了措辞。")
    assert (row.law, row.article, row.by_label) == (LAW, NUMBER, "hu某")
    told = StoredEvent.objects.unscoped("测试").get(activity="citations_reaffirmed")
    assert (
        told.by_person_id == keeper.pk
        and told.data["citers"] == [ref]
        and told.data["reason"] == "只改了措辞。"
    )
    on = pending_on(article())
    assert on is not None and ref not in {each.ref for each in on.waiting} and len(on.waiting) > 1
    page = browser(keeper).get("/law/rules/APL-61-serve-7wd").content.decode()
    assert "待重新确认" not in page and "hu某已于" in page and "只改了措辞。" in page
    with pytest.raises(InputFault):
        reaffirm_citations(actor=acting(keeper), article=article(), refs=[ref], reason="再确认一次")


def test_the_page_confirms_all_and_a_further_change_asks_anew(load: Load) -> None:
    load(OLD)
    load(NEW)
    keeper = browser(holder("hu", "law.maintain"))
    url = f"/law/statutes/{article().statute_id}/{NUMBER}"
    refused = keeper.post(url, {"refs": [], "reason": "未选"})
    assert refused.status_code == 200 and "至少选择一处" in refused.content.decode()
    refs = [citer.ref for citer in citers_of(LAW, NUMBER)]
    assert keeper.post(url, {"refs": refs, "reason": "期限和对象都没有变。"}).status_code == 302
    assert pending() == [] and Reaffirmation.objects.count() == len(refs)
    assert "引用都与装载的原文一致" in keeper.get("/law/amendments").content.decode()
    load("又改了的文字。")
    assert len(pending()[0].waiting) == len(refs)
    load(NEW)  # back to the text that was read
    assert pending() == []


def test_an_article_that_is_gone_waits_too(load: Load) -> None:
    load(OLD)
    without = TEXT.format(wording=OLD, effective="2026-09-01").partition("第六十一条")[0]
    load_texts(actor=system_actor("test"), files=[TextFile("law.md", without.encode())])
    [on] = pending()
    assert on.gone and on.old_text == OLD and on.comparison is not None and on.comparison.new == ()
    keeper = holder("hu", "law.maintain")
    refs = [citer.ref for citer in on.waiting]
    reaffirm_citations(actor=acting(keeper), article=article(), refs=refs, reason="并入第六十二条。")
    assert pending() == []


def test_an_old_text_that_was_never_loaded_is_not_made_up(load: Load) -> None:
    load(NEW)
    [on] = pending()
    assert on.old_text is None and on.comparison is None
    page = browser(holder("du")).get(f"/law/statutes/{article().statute_id}/{NUMBER}").content.decode()
    assert "没有在本平台装载过" in page


def of_citations() -> list[CheckMessage]:
    """What the deployment checks say of citations."""
    return [each for each in run_checks(include_deployment_checks=True) if each.id == "plumbline.E021"]


def test_the_health_checks_refuse_what_nobody_confirmed(
    load: Load, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_command.main([]) == 2 and "未装载" in capsys.readouterr().err
    load(OLD)
    assert check_command.main([]) == 0 and of_citations() == []
    load(NEW)
    assert check_command.main([]) == 1
    assert f"{LAW}{NUMBER}" in capsys.readouterr().out
    [found] = of_citations()
    assert found.id == "plumbline.E021" and f"{LAW}{NUMBER}" in found.msg and found.is_serious()
    with pytest.raises(SystemCheckError, match=r"plumbline\.E021"):
        call_command("check", deploy=True)
    system = holder("xitong")
    AdministratorAppointment.objects.create(person=system, power="system", from_on="2026-01-01")
    running = browser(system).get("/running").content.decode()
    assert "没有人确认" in running and f"{LAW}{NUMBER}" in running
    keeper, on = holder("hu", "law.maintain"), pending()[0]
    reaffirm_citations(
        actor=acting(keeper),
        article=article(),
        refs=[each.ref for each in on.waiting],
        reason="逐处核对，不需要修改。",
    )
    assert check_command.main([]) == 0 and of_citations() == []
    assert "没有人确认" not in browser(system).get("/running").content.decode()


def test_texts_are_loaded_by_page_and_refused_whole(load: Load) -> None:
    load(OLD)
    keeper = browser(holder("hu", "law.maintain"))
    assert browser(holder("kong")).get("/law/load").status_code == 403
    good = SimpleUploadedFile("law.md", TEXT.format(wording=NEW, effective="2026-09-01").encode())
    answer = keeper.post("/law/load", {"files": [good]})
    assert answer.status_code == 302 and answer["Location"] == "/law/amendments"
    assert article().text == NEW and StatuteVersion.objects.first().by_label == "hu某"  # type: ignore[union-attr]
    for name, content, says in (
        ("law.txt", b"x", "不是 Markdown 文件"),
        ("bad.md", "# 法\n\n第一条 甲。\n".encode(), "开头不完整"),
        ("gbk.md", "# 法".encode("gbk"), "不是 UTF-8"),
        ("note.md", "# 说明\n".encode(), "没有法规文本"),
    ):
        good.seek(0)
        page = keeper.post(
            "/law/load",
            {
                "files": [good, SimpleUploadedFile(name, content)]
                if name != "note.md"
                else [SimpleUploadedFile(name, content)]
            },
        )
        assert page.status_code == 200 and says in page.content.decode(), name
    assert "请选择" in keeper.post("/law/load", {}).content.decode()
    assert logged().count("texts_loaded") == 2


def test_asking_what_waits_costs_the_same_for_one_article_and_for_many(load: Load) -> None:
    load(OLD)
    with CaptureQueriesContext(connection) as none:
        pending()
    load(NEW)
    many = TEXT.format(wording=NEW, effective="x").replace("第六十条 试验用的", "第六十条 改了的")
    load_texts(actor=system_actor("test"), files=[TextFile("law.md", many.encode())])
    with CaptureQueriesContext(connection) as two:
        assert len(pending()) == 2
    assert len(none) <= 4 and len(two) <= 4


@given(
    st.text(alphabet="甲乙丙丁，。；一二", max_size=60), st.text(alphabet="甲乙丙丁，。；一二", max_size=60)
)
def test_a_comparison_loses_no_letter(old: str, new: str) -> None:
    found = compare(old, new)
    assert "".join(part.text for part in found.old) == old
    assert "".join(part.text for part in found.new) == new
    assert found.changed == (old != new)
    same = ["".join(p.text for p in side if p.kind == "same") for side in (found.old, found.new)]
    assert same[0] == same[1]
