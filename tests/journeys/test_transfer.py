"""A case handed over, sent back, disputed, settled; and the settled row asked the next time, when it cannot be sent back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from plumbline.apps.cases.actions import NewParty, open_case
from plumbline.apps.cases.contract import take_step
from plumbline.apps.cases.models import Case, Stage
from plumbline.apps.coordination import actions
from plumbline.apps.coordination.models import Coordination, Holding, Receipt
from plumbline.platform import clock
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person

from .people import Official

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
At = Callable[[str], AbstractContextManager[None]]
STREET, CITY, PLACE, ITEM = "AG-ST-002", "AG-FQ-02", "420117002000", "CG-104"
OFFICE, HANDLER = "fq-02-office", "fq-02-1"
TITLE = "平江路工地建筑垃圾长期未清运案"


def actor(login: str) -> Actor:
    return Actor.of(Person.objects.get(login_name=login), on=clock.today())


def decided(case: Case) -> None:
    """The head's decision to transfer it to 城管."""
    current = Case.objects.unscoped("旅程").select_related("agency", "party").get(pk=case.pk)
    take_step(
        actor=actor("zhou"), case=current, step="case_transferred", data={"to": CITY},
        details={"reason": "跨街道的工地，应当由区级部门一并查处。"}, approver=actor("he"),
    )  # fmt: skip
    while work_off():
        pass


def test_what_was_settled_is_asked_the_next_time(browser: Any, site: str, at: At) -> None:
    with at("2026-10-12 09:00"):
        case = open_case(
            actor=actor("zhou"), title=TITLE, source="inspection", item=ITEM, summary="堆存约六百立方米。",
            place="平江路东侧", party=NewParty(kind="legal_person", name="武汉示例工程有限公司"),
        )  # fmt: skip
        decided(case)
        fang = Official(browser, site, "fang").goes("/desk").sees(f"封装材料、发出移送：{TITLE}")
        fang.goes(f"/transfers/new?case={case.matter_id}").sees(
            "第 1 次移送", "办理经过.json", "没有期限在走"
        )
        fang.fill({"ground": "level", "text": "同一单位在三个街道都有工地。"})
        fang.press("签发移送函并发出").sees(
            "接收以前，这件事由阳逻街道负责", "还没有接收或者退回", "移〔2026〕1号"
        )
        first = fang.path
        office = Official(browser, site, OFFICE).goes("/transfers").sees(TITLE)
        office.goes(first).press("退回").fill({"reason": "street", "text": "该事项已由街道承接。"})
        office.press("退回并签退回函").sees("已退回", "移退〔2026〕1号", "清单与封装时一致")
        fang.goes(first).press("提出争议").fill({"text": "街道只能处理本辖区的一处。"})
        fang.press("提出并开始协商").sees("协商中", "住房和城乡建设行政处罚程序规定")
        dispute = fang.path
        row = Coordination.objects.unscoped("旅程").get(matter_id=dispute.rsplit("/", 1)[1])
        actions.record_talk(
            actor=actor(OFFICE), row=row, on=clock.today(), people="双方", text="没有取得一致。"
        )
        fang.goes(dispute).press("请求区司法局协调").fill({"text": "请明确由谁查处。"}).press("报请协调")
        fang.sees("待区司法局协调").leaves()
        office.leaves()
    with at("2026-10-14 09:00"):
        liu = Official(browser, site, "liu").goes(dispute).press("提出协调意见")
        liu.fill({"agency": CITY, "method": "domain", "text": "按领域归口，由城管执法部门一并查处。"})
        liu.press("签发协调意见书").sees("待各方表态").leaves()
        row.refresh_from_db(from_queryset=Coordination.objects.unscoped("旅程"))
        actions.take_position(actor=actor("fang"), row=row, agrees=True)
        office = (
            Official(browser, site, OFFICE)
            .goes(dispute)
            .press("表明是否同意")
            .fill({"agrees": "true"})
            .press("提交")
            .sees("已确定由", "城市管理执法部门")
        )
        fang = (
            Official(browser, site, "fang")
            .goes(f"/lists/competent?item={ITEM}&place={PLACE}")
            .sees("城市管理执法部门", "各方同意协调意见")
        )
        decided(case)
        fang.goes(f"/transfers/new?case={case.matter_id}").sees("第 2 次移送", "管辖争议已经确定")
        fang.fill({"ground": "settled", "text": "按协调结果移送。"}).press("签发移送函并发出")
        fang.sees("不能再退回").leaves()
        again = Coordination.objects.unscoped("旅程").get(about=case.matter_id, hop=2)
        office.goes(again.page).press("接收").fill(
            {"handler": str(Person.objects.get(login_name=HANDLER).pk)}
        )
        office.press("接收并签回执").sees("已接收", "接收后的案件").leaves()
    taken = Case.objects.unscoped("旅程").get(agency_id=CITY, title=TITLE)
    assert Holding.objects.get(chain=again.chain, to_at=None).matter_id == taken.matter_id
    left = Case.objects.unscoped("旅程").get(pk=case.pk)
    assert (taken.stage, left.stage) == (Stage.CLUE, Stage.TRANSFERRED)
    sides = Receipt.objects.filter(transfer=again)
    assert {each.package_hash for each in sides} == {again.package_hash} and sides.count() == 2
