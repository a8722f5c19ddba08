"""A suspected crime to the police: refused, reconsidered, under the procuratorate, filed (行政执法机关移送涉嫌犯罪案件的规定).

The street, its head, the police and the procuratorate work at the browser where the matter changes hands; what lies between is
done by the same actions.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from plumbline.apps.cases.models import Case
from plumbline.apps.linkage.actions import begin_linkage, sign_paper, take_step
from plumbline.apps.linkage.actions.opening import Particulars
from plumbline.apps.linkage.documents import called_for
from plumbline.apps.linkage.models import Linkage, Stage
from plumbline.apps.linkage.reading import LinkageFile
from plumbline.platform import clock
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person

from .people import Official

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

At = Callable[[str], AbstractContextManager[None]]
OFFICER, HEAD, POLICE, PROSECUTOR = "zhou", "he", "jingguan", "jiancha"


def actor(login: str) -> Actor:
    return Actor.of(Person.objects.get(login_name=login), on=clock.today())


def fresh(linkage: Linkage) -> Linkage:
    while work_off():
        pass
    rows = Linkage.objects.unscoped("旅程").select_related("agency", "organ", "procuratorate", "case")
    return rows.get(pk=linkage.pk)


def take(linkage: Linkage, step: str, login: str, data: Any = None, **details: Any) -> None:
    take_step(actor=actor(login), linkage=fresh(linkage), step=step, data=data, details=details)


def sign(linkage: Linkage) -> None:
    for called in called_for(LinkageFile(fresh(linkage))):
        if called.entry.document is None:
            sign_paper(
                actor=actor(HEAD), linkage=linkage, event_id=called.entry.event_id, code=called.paper.code
            )


def suspected() -> Linkage:
    """A case under investigation in which the money taken reaches the standard; the report lies with the head."""
    rows = Case.objects.unscoped("旅程").filter(
        agency_id="AG-ST-002", procedure="ordinary", filed_on__isnull=False, decided_on=None, origin="own",
        officers__person__login_name=OFFICER, officers__to_on=None,
    )  # fmt: skip
    case = rows.select_related("agency", "party").distinct().order_by("-filed_on")[0]
    linkage = begin_linkage(
        actor=actor(OFFICER), way="crime", particulars=Particulars(case=case), data={"meets_standard": True},
        details={"crime": "非法经营罪", "threshold": "违法所得达到追诉标准。", "facts": "收取处置费用八万六千元。"},
    )  # fmt: skip
    officers = list(case.officers.filter(to_on=None).values_list("number", flat=True))[:2]
    take(linkage, "report", OFFICER, officers=officers, report="已经查明。", opinion="应当移送。")
    return linkage


def test_a_suspected_crime_is_refused_reconsidered_and_supervised(browser: Any, site: str, at: At) -> None:
    with at("2026-10-12 09:00"):
        linkage = suspected()
        head = Official(browser, site, HEAD).goes(f"{linkage.page}/steps/approved")
        head.fill({"result": "approved"}).press("决定是否移送")
        sign(linkage)
        take(linkage, "sent", OFFICER, items="自卸车，1 辆", appraisals="无")
        police = Official(browser, site, POLICE).goes("/linkage/received")
        police.page.get_by_role("link", name="涉嫌犯罪移送").first.click()
        police.press("签收回执").fill({"own_jurisdiction": "true", "x__receiver": "荆关平"}).press("签收回执")
        police.press("不予立案").fill(
            {"reasons_given": "true", "file_returned": "true", "x__reason": "数额没有达到标准。"}
        ).press("不予立案")
    assert fresh(linkage).refused
    with at("2026-10-13 09:00"):
        officer = Official(browser, site, OFFICER).goes(linkage.page)
        assert "剩 2 日" in officer.page.inner_text("main")
        officer.press("提请复议").fill({"x__reason": "流水清楚。"}).press("提请复议")
        sign(linkage)
        given = {"received_on": "2026-10-13", "reason": "维持。"}
        take(linkage, "reconsidered", POLICE, {"filed": False}, **given)
        take(linkage, "suggested", OFFICER, reason="应当立案。")
        sign(linkage)
    with at("2026-10-14 09:00"):
        prosecutor = Official(browser, site, PROSECUTOR).goes(linkage.page)
        prosecutor.press("要求说明不立案理由").fill({"x__content": "请说明。"}).press("要求说明不立案理由")
        take(linkage, "explained", POLICE, content="对数额有不同认识。")
        take(linkage, "supervised", PROSECUTOR, result="order_filing", reason="理由不能成立。")
        take(linkage, "filed", POLICE, {"notice_received_on": "2026-10-14"}, number="立字1号")
        take(linkage, "handover", OFFICER, items="自卸车，1 辆", receiver="荆关平")
        take(linkage, "concluded", OFFICER, how="handed_over")
        # The officer's session of yesterday is over.
        again = Official(browser, site, OFFICER).goes(linkage.page)
        said = again.page.inner_text("main")
    assert "已办结" in said and "公安机关立案" in said and "对方查阅记录" in said and "简察言" in said
    assert fresh(linkage).stage == Stage.CLOSED and fresh(linkage).late_rules == []
    assert not (head.faults + police.faults + officer.faults + prosecutor.faults + again.faults)
