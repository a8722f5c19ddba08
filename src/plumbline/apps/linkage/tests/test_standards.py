"""Why a case is a suspected crime: the standard of the library as of that day is kept; words of one's own are marked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from plumbline.apps.cases.tests.world import ago
from plumbline.apps.law_library.models import CrimeThreshold
from plumbline.apps.linkage.models import Linkage
from plumbline.apps.linkage.page import LinkagePage
from plumbline.apps.linkage.tests.links import Links
from plumbline.platform import clock
from plumbline.platform.actions import InputFault

NOTE = {"crime": "试验罪", "facts": "收取费用八万元。", "compared": "收取费用有流水印证。"}


def entered(amount: int | None = 5_000_000, since: date = date(2024, 1, 1), **changes: Any) -> CrimeThreshold:
    given = {
        "crime": "试验罪", "domain": "housing_construction", "measure": "违法所得", "amount": amount,
        "standard": "达到数额的移送", "source": "试验解释", "article": "第一条", "valid_from": since,
    }  # fmt: skip
    return CrimeThreshold.objects.create(**(given | changes), by_label="hu某", entered_at=clock.now())


def note(links: Links, *, meets: bool = True, days_ago: float = 3, **details: Any) -> Linkage:
    return links.begin(
        "crime", links.officer, days_ago=days_ago, data={"meets_standard": meets}, **NOTE | details
    )


def test_the_note_keeps_the_standard_as_it_was_that_day(links: Links) -> None:
    old = entered()
    linkage = note(links, standard=str(old.pk), measured=8_000_000)
    kept = linkage.entries.get().details["standard"]
    assert (kept["verified"], kept["amount"], kept["source"], kept["article"], kept["on"]) == (
        True, 5_000_000, "《试验解释》", "第一条", ago(3).date().isoformat(),
    )  # fmt: skip
    # Another number tomorrow changes no note of today.
    CrimeThreshold.objects.filter(pk=old.pk).update(amount=90_000_000, article="第九条")
    page = LinkagePage(links.actor(links.officer), links.fresh(linkage))
    said = dict(page.told[0].facts)["追诉标准和对照"]
    assert "50,000 元" in said and "第一条" in said and "本案80,000 元" in said and "未核实" not in said
    shown = links.client(links.officer).get(linkage.page).content.decode()
    assert f"/law/thresholds/{old.pk}" in shown and "未核实" not in shown


def test_words_of_ones_own_are_marked_on_page_and_letter(links: Links) -> None:
    with pytest.raises(InputFault, match="文件名称和条款"):
        note(links, standard="elsewhere")
    linkage = links.reported()
    assert linkage.entries.get(step="suspected").details["standard"]["verified"] is False
    shown = links.client(links.officer).get(linkage.page).content.decode()
    assert "未核实" in shown and "法规库中没有登记" in shown
    links.take(linkage, "approved", links.head, {"result": "approved"})
    links.sign(linkage, "XJ2")
    assert "未核实：法规库中没有登记这一标准" in links.sign(linkage, "XJ1").html


def test_only_a_standard_in_force_on_the_day_of_the_note(links: Links) -> None:
    tomorrow = entered(since=clock.today() + timedelta(days=1))
    ended = entered(measure="经营数额", valid_to=ago(4).date())
    withdrawn = entered(measure="后果", withdrawn_at=clock.now())
    for row in (tomorrow, ended, withdrawn):
        with pytest.raises(InputFault, match="没有生效或者已经撤销"):
            note(links, standard=str(row.pk), measured=8_000_000)
    assert note(links, days_ago=4, standard=str(ended.pk), measured=8_000_000).pk
    form = links.client(links.officer).get(f"/linkage/new/crime?case={links.case.matter_id}").content.decode()
    assert "试验罪" not in form and "知识产权领域的犯罪" in form and "法规库中没有，另写" in form


def test_a_sum_that_reaches_the_standard_is_not_called_too_small(links: Links) -> None:
    row = entered()
    with pytest.raises(InputFault, match="请填写本案的违法所得"):
        note(links, standard=str(row.pk))
    with pytest.raises(InputFault, match="已经达到"):
        note(links, meets=False, standard=str(row.pk), measured=5_000_000)
    below = note(links, meets=False, standard=str(row.pk), measured=4_999_999)
    assert below.entries.get().details["measured"] == 4_999_999


def test_the_form_records_the_choice(links: Links) -> None:
    row = entered()
    site, address = links.client(links.officer), f"/linkage/new/crime?case={links.case.matter_id}"
    form = {
        "title": "建筑垃圾", "occurred_on": clock.today().isoformat(), "x__crime": "试验罪", "x__standard": str(row.pk),
        "x__measured": "80000", "meets_standard": "true", "x__compared": "有流水。", "x__facts": "收取费用。",
    }  # fmt: skip
    wrong = site.post(address, form | {"x__measured": ""})
    assert wrong.status_code == 422 and "请填写本案的违法所得" in wrong.content.decode()
    assert site.post(address, form).status_code == 302
    assert Linkage.objects.unscoped("测试").get().entries.get().details["standard"]["ref"] == str(row.pk)
