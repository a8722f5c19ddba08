"""Matters with police, procuratorate and supervisory commission at different stages, each told through the actions people use."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction

from plumbline.apps.cases.models import Case, Origin
from plumbline.apps.linkage.actions import begin_linkage, sign_paper, take_step
from plumbline.apps.linkage.actions.opening import Particulars
from plumbline.apps.linkage.documents import called_for
from plumbline.apps.linkage.models import Linkage
from plumbline.apps.linkage.reading import LinkageFile
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person

log = logging.getLogger(__name__)
FACTS = "当事人未取得许可，先后十一次将建筑垃圾运至无主空地倾倒，收取处置费用共 86,000 元，堆放点距饮用水源保护区不足 200 米。"
THRESHOLD = "对照涉嫌罪名的立案追诉标准：非法经营数额、违法所得数额两项中有一项达到。本案收取费用 86,000 元，银行流水和结算单相互印证。"


def tell_linkage() -> None:
    """Transfers refused and contested, letters of procuratorate, commission and court, a clue, and what waits for somebody."""
    for story in (
        _refused_and_supervised, _answered_late, _clue, _waits_for_the_head, _sent_back, _advised, _advised_by_court,
        _may_still_suggest,
    ):  # fmt: skip
        _told(story)


def _told(story: Callable[[], None]) -> bool:
    """Whether the platform let it happen; what it refuses leaves nothing behind but a word of why."""
    try:
        with transaction.atomic():
            story()
    except (InputFault, Refusal, LookupError) as refused:
        log.warning("demo: %s was not told: %s", story.__name__, refused)
        return False
    return True


def _ago(days: float, hour: int = 10) -> datetime:
    return datetime.combine(clock.today() - timedelta(days=days), time(hour, 20), clock.CHINA)


def _actor(login: str) -> Actor:
    return Actor.of(Person.objects.get(login_name=login), on=clock.today())


def _case(agency: str, officer: str, days: int = 25) -> Case:
    """A case that is investigated now, of this officer, filed more than ``days`` ago."""
    rows = Case.objects.unscoped("演示数据").filter(
        agency_id=agency, origin=Origin.OWN, procedure="ordinary", decided_on=None, filed_on__isnull=False,
        filed_on__lt=clock.today() - timedelta(days=days), officers__person__login_name=officer, officers__to_on=None,
    )  # fmt: skip
    taken = Linkage.objects.unscoped("演示数据").filter(case__isnull=False).values("case_id")
    found = (
        rows.exclude(pk__in=taken).select_related("agency", "party").order_by("-filed_on").distinct().first()
    )
    if found is None:
        raise LookupError(f"{agency}: no open case of {officer}")
    return found


class _Story:
    """One matter and the people of both its ends."""

    def __init__(
        self, way: str, by: str, on: datetime, particulars: Particulars, data: Any = None, **details: Any
    ) -> None:
        self.linkage = begin_linkage(
            actor=_actor(by),
            way=way,
            particulars=particulars,
            data=data or {},
            details=details,
            occurred_at=on,
        )

    def take(self, step: str, by: str, on: datetime, data: Any = None, **details: Any) -> None:
        take_step(
            actor=_actor(by), linkage=self.linkage, step=step, data=data, details=details, occurred_at=on
        )

    def sign(self, by: str) -> None:
        """Sign whatever waits for it."""
        rows = Linkage.objects.unscoped("演示数据").select_related("agency", "organ", "procuratorate", "case")
        for called in called_for(LinkageFile(rows.get(pk=self.linkage.pk))):
            if called.entry.document is None:
                sign_paper(
                    actor=_actor(by),
                    linkage=self.linkage,
                    event_id=called.entry.event_id,
                    code=called.paper.code,
                )

    def seen(self) -> None:
        """What the rules say of it, before the next step is taken in the story."""
        while work_off([self.linkage.matter_id]):
            pass


def _crime(case: Case, officer: str, days: int) -> _Story:
    officers = list(case.officers.filter(to_on=None).values_list("number", flat=True))[:2]
    story = _Story(
        "crime", officer, _ago(days), Particulars(case=case), {"meets_standard": True},
        crime="非法经营罪", party="本案当事人", threshold=THRESHOLD, facts=FACTS,
    )  # fmt: skip
    story.take(
        "report",
        officer,
        _ago(days - 1),
        officers=officers,
        report=FACTS,
        opinion="违法所得数额已经达到追诉标准，建议移送。",
    )
    return story


def _sent(case: Case, officer: str, head: str, days: int) -> _Story:
    story = _crime(case, officer, days)
    story.take(
        "approved", head, _ago(days - 2), {"result": "approved"}, opinion="同意移送，注意固定银行流水。"
    )
    story.sign(head)
    story.take(
        "sent", officer, _ago(days - 2, 16), items="自卸车，2 辆，综合执法中心停车场\n结算单，1 册", appraisals="无",
    )  # fmt: skip
    story.take("receipt", "jingguan", _ago(days - 3), {"own_jurisdiction": True}, receiver="荆关平")
    return story


def _day(on: datetime) -> str:
    return on.date().isoformat()


def _refused_and_supervised() -> None:
    """Refused, reconsidered without success, suggested to the procuratorate, which has asked the police for their reasons."""
    story = _sent(_case("AG-ST-002", "zhou"), "zhou", "he", 20)
    refused = _ago(14)
    story.take(
        "refused", "jingguan", refused, {"notice_received_on": _day(refused), "reasons_given": True, "file_returned": True},
        number="新公（治）不立字〔2026〕17号", reason="现有证据不能证明收取费用的数额，认为没有达到立案追诉标准。",
    )  # fmt: skip
    story.take(
        "reconsideration", "zhou", _ago(13), reason="银行流水、结算单和三名司机的证言能够相互印证，数额清楚。"
    )
    story.sign("he")
    story.take(
        "reconsidered", "jingguan", _ago(10), {"filed": False}, number="新公（治）复字〔2026〕3号",
        received_on=_day(_ago(10)), reason="维持不予立案的决定。",
    )  # fmt: skip
    story.take("suggested", "zhou", _ago(8), reason="本机关认为犯罪事实存在，应当立案。")
    story.sign("he")
    story.take(
        "inquiry",
        "jiancha",
        _ago(3),
        number="新检要说〔2026〕5号",
        content="请说明对违法所得数额不予采信的依据和理由。",
    )
    story.seen()


def _answered_late() -> None:
    """A suggestion received four months ago, answered after its two months."""
    letter = {
        "number": "新检建〔2026〕12号",
        "content": "阳逻街道多处建筑垃圾堆放点长期未清理，建议依法履行监管职责，限期清运，并建立日常巡查制度。",
    }
    street = Particulars(agency="AG-ST-002", title="建筑垃圾堆放点清理检察建议")
    story = _Story("suggestion", "jiancha", _ago(121), street, suggestion_kind="correction", **letter)
    story.take("received", "fang", _ago(120), {"suggestion_kind": "correction"}, **letter)
    story.seen()
    story.take(
        "replied", "fang", _ago(40), measures="清运堆放点 7 处，立案 4 件，安排每周两次夜间巡查。",
        results="7 处堆放点全部清运完毕，覆土 3 处。",
    )  # fmt: skip
    story.sign("he")
    story.take("assessed", "jiancha", _ago(20), result="accepted", note="已现场核实。")


def _clue() -> None:
    """A clue that the head sent and the commission has signed for."""
    story = _Story(
        "clue", "zhou", _ago(9), Particulars(title="办案中发现的问题线索"),
        {"person_kind": "public_official", "level": "duty_crime"},
        person="某单位工作人员（姓名见线索材料）", source="当事人陈述",
        content="当事人称为减轻处罚曾向某单位工作人员送现金，并提供了转账记录。",
    )  # fmt: skip
    story.take("sent", "he", _ago(8), materials="询问笔录一份，转账记录一份", opinion="立即移送。")
    story.sign("he")
    story.take("received", "jianwei", _ago(7), receiver="简维正")


def _waits_for_the_head() -> None:
    """A report that reached the head yesterday."""
    _crime(_case("AG-ST-002", "zhou"), "zhou", 2).seen()


def _sent_back() -> None:
    """The police found no crime and send a case to the market agency; nobody has signed for it yet."""
    market = Agency.objects.get(pk="AG-XZ-SCJG")
    _Story(
        "reverse", "jingguan", _ago(2), Particulars(agency=market.code, title="销售不合格插座案反向移送"),
        number="新公移〔2026〕8号", content="经侦查，销售金额没有达到追诉标准，但应当追究行政责任。", materials="案卷一册，样品三件",
    )  # fmt: skip


def _advised() -> None:
    """Advice of the commission that sets its own day; the street has signed for it and not answered yet."""
    letter = {
        "number": "新监建〔2026〕6号",
        "content": "建筑垃圾处置收费核查中发现派驻人员轮岗、收费公示不到位，建议建立轮岗和收费公示制度，并对经办人员开展廉政教育。",
        "reply_by": _day(_ago(-12)),
    }
    street = Particulars(agency="AG-ST-002", title="收费核查中的廉政风险监察建议")
    story = _Story("advice", "jianwei", _ago(15), street, **letter)
    story.take("received", "fang", _ago(14), **letter)
    story.seen()


def _advised_by_court() -> None:
    """A letter of the court that sets no day, entered by hand: whether the answer is in time nobody can say."""
    _Story(
        "judicial-paper", "fang", _ago(6), Particulars(title="执法文书送达不规范司法建议"), {"about": "other"},
        number="（2026）鄂0117司建2号", content="近期审理的案件中，三份处罚决定书留置送达没有见证人签名，建议规范送达程序并开展培训。",
    ).seen()  # fmt: skip


def _may_still_suggest() -> None:
    """Refused again after reconsideration yesterday: the three days to suggest supervision run."""
    story = _sent(_case("AG-ST-002", "zhou", 10), "zhou", "he", 9)
    refused = _ago(5)
    story.take(
        "refused", "jingguan", refused, {"notice_received_on": _day(refused), "reasons_given": True, "file_returned": True},
        number="新公（治）不立字〔2026〕21号", reason="认为现有证据不足以认定非法经营的数额。",
    )  # fmt: skip
    story.take("reconsideration", "zhou", _ago(4), reason="结算单有双方签字，数额能够认定。")
    story.sign("he")
    story.take(
        "reconsidered", "jingguan", _ago(1), {"filed": False}, number="新公（治）复字〔2026〕5号",
        received_on=_day(_ago(1)), reason="维持不予立案的决定。",
    )  # fmt: skip
    story.seen()
