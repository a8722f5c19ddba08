"""Questions of streets and what they were told: one shared after it was handed on, one to be confirmed, one to be answered,
one that waits for more facts. Invented, like everything shown here."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases.contract import case_rows
from plumbline.apps.questions import actions
from plumbline.apps.questions.models import Question
from plumbline.platform.identity.actor import system_actor

from .transfer_stories import (
    CANGBU,
    CITY,
    WANGJI,
    YANGLUO,
    ZHUCHENG,
    acting,
    body,
    long_ago,
    office_of,
    officer_of,
)

BUREAU, FARMING, LAND = "AG-XZ-SFJ", "AG-FQ-05", "AG-FQ-01"


def tell_questions() -> None:
    """Five stories; each step at its day."""
    _homestead()
    _spilled()
    _to_be_answered()
    _facts_missing()
    _bureau()


def _ask(agency: str, to: str, title: str, text: str, days: int, **given: Any) -> Question:
    return actions.ask(
        actor=officer_of(agency), agency_code=agency, to=body(to), title=title, text=text, at=long_ago(days), **given
    )  # fmt: skip


def _homestead() -> None:
    """A street asks 自然资源, which hands it on to 农业农村; the answer helps and every street may read it."""
    row = _ask(
        CANGBU, LAND, "村民在宅基地上多建一间，由谁认定是否超面积",
        "巡查发现一户村民在批准的宅基地旁多建一间平房。拿不准先由哪个部门认定，街道能不能直接立案。", 34,
    )  # fmt: skip
    actions.hand_on(
        actor=office_of(LAND), row=row, to=body(FARMING), at=long_ago(33),
        text="农村村民住宅用地的监督检查归农业农村部门，请其答复。",
    )  # fmt: skip
    actions.ask_back(
        actor=office_of(FARMING), row=row, text="请补充：有没有宅基地批准书，批准面积和现占面积各多少。", at=long_ago(31)
    )  # fmt: skip
    actions.supply(
        actor=officer_of(CANGBU), row=row, at=long_ago(30),
        text="有批准书，批准一百二十平方米，实测一百四十一平方米，多出的部分在宅基地东侧空地上。",
    )  # fmt: skip
    actions.answer(
        actor=office_of(FARMING), row=row, at=long_ago(27),
        basis=[{"law": "土地管理法", "article": "第六十二条"}, {"law": "土地管理法", "article": "第七十八条"}],
        text="批准以外占用的部分没有经过批准，超过省定标准的多占部分也按非法占用论处，都由农业农村部门认定并查处。街道先固定批准书、实测图和现场照片，"
        "连同线索一并移送；该事项没有交由街道行使，街道不能直接立案。",
    )  # fmt: skip
    actions.confirm(actor=officer_of(CANGBU), row=row, text="已按答复移送。", at=long_ago(25))
    actions.share(
        actor=office_of(FARMING), row=row, title="宅基地超面积由谁认定、街道能不能立案", weighed=True,
        asked="村民在批准的宅基地以外多占土地建房，由哪个部门认定；街道能不能直接立案。",
        answered="批准以外占用的部分没有经过批准，超过省定标准的多占部分也按非法占用论处，都由农业农村部门认定并查处。街道先固定批准书、实测图和现场照片，"
        "连同线索一并移送；该事项没有交由街道行使的，街道不能直接立案。",
    )  # fmt: skip


def _spilled() -> None:
    """About a case of the street; the answer waits for the street to say whether it helped."""
    case = (
        case_rows(system_actor("demo")).filter(agency_id=YANGLUO, item_code="CG-102").order_by("-pk").first()
    )
    row = _ask(
        YANGLUO, CITY, "一次运输多处遗撒，算一个行为还是几个", "同一辆车同一趟运输，在三处路段遗撒，每处相距约一公里。", 12,
        about=case.matter_id if case else "", item="CG-102", domain="housing_construction",
    )  # fmt: skip
    actions.answer(
        actor=office_of(CITY), row=row, at=long_ago(8),
        basis=[{"law": "城市建筑垃圾管理规定", "article": "第二十三条"}, {"law": "行政处罚法", "article": "第二十九条"}],
        text="同一趟运输中因同一原因连续遗撒的，按一个违法行为处理，遗撒的范围作为裁量情节；中途停车清理以后又遗撒的，另行认定。",
    )  # fmt: skip


def _to_be_answered() -> None:
    _ask(
        ZHUCHENG, FARMING, "村民在自家承包地里堆放弃土，由谁查处",
        "约三十立方米弃土堆在承包的耕地上，土方来自邻近工地。拿不准按建筑垃圾处理还是按破坏耕地处理。", 9,
    )  # fmt: skip


def _facts_missing() -> None:
    row = _ask(
        WANGJI, CITY, "临街店铺装修垃圾堆在店内，能不能检查", "店铺正在装修，垃圾堆在店内，没有占道。", 6, item="CG-104",
        domain="housing_construction",
    )  # fmt: skip
    actions.ask_back(
        actor=office_of(CITY), row=row, text="请说明：堆放了几天，有没有办理处置核准，店主是否同意进店查看。", at=long_ago(5)
    )  # fmt: skip


def _bureau() -> None:
    """Answered by 区司法局 and shared by it."""
    row = _ask(
        YANGLUO, BUREAU, "两名执法人员中一人证件到期，笔录还能不能用",
        "检查当天两人到场，事后发现其中一人的执法证已到期三日，正在换证。", 20,
    )  # fmt: skip
    actions.answer(
        actor=acting("mei"), row=row, at=long_ago(18), basis=[{"law": "行政处罚法", "article": "第四十二条"}],
        text="第四十二条要求由具有执法资格的人员实施、不得少于两人，证件到期的人员不能计入。我局意见：不要单独用这份笔录定案，"
        "由两名持有效证件的人员重新检查、重新询问，并在案卷里写明原因。",
    )  # fmt: skip
    actions.confirm(actor=officer_of(YANGLUO), row=row, at=long_ago(17))
    actions.share(
        actor=acting("mei"), row=row, title="检查时一名执法人员证件到期怎么办", weighed=True,
        asked="两人到场检查，其中一人的执法证在检查当日已经到期，笔录还能不能用。",
        answered="第四十二条要求由具有执法资格的人员实施、不得少于两人，证件到期的人员不能计入。不要单独用这份笔录定案，"
        "由两名持有效证件的人员重新检查、重新询问，并在案卷里写明原因。",
    )  # fmt: skip
