"""What the publishers have done: results of inspections, other channels, a credit file, a guide, answers to readers."""

from __future__ import annotations

from datetime import timedelta

from plumbline.apps.publicity.actions import Shown, publish
from plumbline.apps.publicity.credit import make_file, refuse_row, send_file, sendable
from plumbline.apps.publicity.disclosing import disclose
from plumbline.apps.publicity.ending import end_by_term, take_up
from plumbline.apps.publicity.feedback import answer, take_in
from plumbline.apps.publicity.models import Handled, Publication, PublicationState
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person

EXAMPLE_CODE = (
    "91110000600037341L"  # a code of the standard's own examples: the district's real one is its own
)
GUIDE = """以下为演示内容，不是任何机关公布的文件。
事项：建筑垃圾处置监督检查、投诉受理和处罚决定的查询。
受理机构：综合执法中心窗口。审批机构：本机关负责人。
条件：与事项有关的单位和个人，凭决定书文号或者身份证明。
办理时限：查询当场答复；投诉七个工作日内告知是否受理。
办公时间：工作日 8:30 至 12:00，14:00 至 17:30。"""
WINDOW = """以下为演示内容，不是任何机关公布的文件。
公示牌设在综合执法中心一楼大厅入口：各窗口的岗位职责、申请材料示范文本、办理进度查询方法、咨询服务台和投诉举报途径。"""
REPORTS = (
    ("公开的罚款数额和我收到的决定书不一致，请核对。", "", ""),
    ("企业名称少了一个字。", "right", "已与决定书原件核对，名称与登记的一致。"),
)


def _publisher(agency: str) -> Actor | None:
    """Somebody who publishes for the agency today."""
    today = clock.today()
    people = Person.objects.filter(tenures__post__agency_id=agency).distinct().order_by("pk")
    actors = (Actor.of(person, on=today) for person in people)
    return next((actor for actor in actors if actor.can("publicity.publish", agency)), None)


def tell_publicity() -> None:
    for agency in Agency.objects.filter(enforces=True).order_by("code"):
        actor = _publisher(agency.code)
        if actor is None:
            continue
        _show_inspections(actor, agency.code)
        if agency.level == "street":
            disclose(actor=actor, agency=agency.code, text=GUIDE)
            disclose(actor=actor, agency=agency.code, text=WINDOW, topic="window")
    _tell_credit()
    _tell_reports()
    end_by_term()


def _show_inspections(actor: Actor, agency: str) -> None:
    rows = Publication.objects.filter(
        act="inspection", agency_id=agency, state=PublicationState.DUE, doubtful=False
    )
    for row in rows.order_by("decided_on")[1:]:  # the first is still to do
        publish(actor=actor, publication=row)


def _tell_credit() -> None:
    """Two decisions on 信用中国, and a file of a fortnight with one line sent back."""
    today = clock.today()
    rows = Publication.objects.filter(
        channel="government_site", act="penalty", state=PublicationState.PUBLISHED, party_kind="legal_person", doubtful=False,
        decided_on__gte=today - timedelta(days=120),
    ).order_by("-decided_on", "pk")  # fmt: skip
    done = 0
    for row in rows[:40]:
        actor = _publisher(row.agency_id)
        if actor is None or done == 2:
            continue
        try:
            other = take_up(actor=actor, publication=row, channel="credit_china", severity="general")
            publish(
                actor=actor, publication=other, shown=Shown(receipt=f"演示-{done + 1:04}", severity="general")
            )
        except (Refusal, InputFault):
            continue
        done += 1
    first = rows.first()
    actor = _publisher(first.agency_id) if first else None
    if first is None or actor is None:
        return
    made = make_file(
        actor=actor, agency=first.agency_id, first=today - timedelta(days=60), last=today, agency_credit_code=EXAMPLE_CODE
    )  # fmt: skip
    going = sendable(made)
    if going:
        send_file(actor=actor, file=made, sent_on=today, sent_to="演示信用平台", receipt="演示-R-0001")
        refuse_row(actor=actor, file=made, row=going[0], reason="演示：行政相对人名称与登记不一致")


def _tell_reports() -> None:
    rows = Publication.objects.filter(
        channel="government_site", act="penalty", state=PublicationState.PUBLISHED
    )
    for row, (text, outcome, said) in zip(rows.order_by("-published_on", "-pk")[:2], REPORTS, strict=False):
        kept = take_in(row, text=text, contact="")
        actor = _publisher(row.agency_id)
        if outcome and actor is not None:
            answer(actor=actor, feedback=kept, outcome=Handled(outcome), text=said)
