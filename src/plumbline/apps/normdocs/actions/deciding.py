"""What only major policy decisions have: the catalogue that the organ publishes, and publication without a register number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from plumbline.apps.cases.contract import compose_step, demand_lawful, demand_open, demand_time
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from ..choices import Kind
from ..events import CATALOGUE_PUBLISHED
from ..guarding import demand_before
from ..keeping import bring_in_line
from ..models import NormDoc, NormEntry, PlanItem
from ..policies import may_publish, may_publish_catalogue
from ..reading import NormFile
from .drafting import locked_document

LAW = "重大行政决策程序暂行条例"


@dataclass(frozen=True)
class Announcement:
    """What is settled when a decision is published. ``executor`` is the unit that carries it out (第三十四条)."""

    effective_from: date
    executor: str
    channels: str
    number: str = ""
    adopted: str = ""


@action(
    "normdocs.publish_policy",
    policy=may_publish,
    on="doc",
    records=("document_published",),
    basis=f"{LAW}第三十二条、第三十四条",
)
def publish_policy(
    *, actor: Actor, doc: NormDoc, announcement: Announcement, occurred_at: date | datetime | None = None
) -> NormDoc:
    """Publish a decision in the text that was discussed, with who carries it out and where it was made known."""
    locked = locked_document(doc.pk)
    file = NormFile(locked)
    if not locked.is_policy:
        raise Refusal("规范性文件经统一登记、编号后公布", next_step="请在文件的公布页面办理。")
    if file.says("secret"):
        raise Refusal(
            "这项决策申报为依法不予公开，不能公布",
            basis=f"{LAW}第三十二条",
            next_step="可以公开的，请先更正申报。",
        )
    step = file.procedure.steps["published"]
    occurred = occurred_at or clock.now()
    on = occurred.date() if isinstance(occurred, datetime) else occurred
    demand_open(step, file)
    demand_time(step, file, occurred)
    demand_before(step, file, on)
    if file.text is None:
        raise Refusal("不能公布：没有决策文本", next_step="请先保存文本。", next_url=f"{locked.page}/text")
    faults = {}
    if announcement.effective_from < on:
        faults["effective_from"] = "施行日早于公布日。请填写公布日或者以后的日期。"
    if not announcement.executor.strip():
        faults["executor"] = "请写明由哪个单位负责执行（第三十四条）。"
    if not announcement.channels.strip():
        faults["channels"] = "请写明公布的途径，例如政府公报、政府网站、报纸（第三十二条）。"
    if faults:
        raise InputFault(faults)
    document = compose_step(step, file, actor=actor, data={}, details={}, occurred=occurred)
    document["agency"] = locked.maker_id
    demand_lawful(step.verb, file, document, step.demands)
    stored = record(
        actor=actor,
        matter=locked.matter_id,
        kind=locked.kind,
        activity=step.activity,
        agency=locked.maker_id,
        occurred_at=occurred,
        data=document["data"],
        actors=document.get("actors"),
        event_id=document["id"],
    )
    NormEntry.objects.create(
        doc=locked,
        step=step.key,
        event_id=stored.event_id,
        details={
            "effective_from": announcement.effective_from.isoformat(),
            "executor": announcement.executor.strip(),
            "channels": announcement.channels.strip(),
            "number": announcement.number.strip(),
            "adopted": announcement.adopted.strip(),
        },
        text=file.text,
        by_label=actor.label,
    )
    locked.number = announcement.number.strip()[:80]
    locked.published_on, locked.effective_from = on, announcement.effective_from
    bring_in_line(locked, NormFile(locked))
    doc.refresh_from_db(from_queryset=NormDoc.objects.unscoped("公布之后").select_related("agency", "maker"))
    return doc


def unpublished_items(year: int) -> Sequence[PlanItem]:
    """The entries of a year that stand in the catalogue of decisions and are not public yet."""
    rows = PlanItem.objects.unscoped("待公布的决策事项").filter(kind=Kind.POLICY, year=year, dropped="")
    return list(rows.filter(published_on=None).order_by("due_month", "pk"))


@action(
    "normdocs.publish_catalogue",
    policy=may_publish_catalogue,
    records=(CATALOGUE_PUBLISHED,),
    basis=f"{LAW}第三条",
)
def publish_catalogue(*, actor: Actor, year: int, approval: str) -> int:
    """Open the year's catalogue, or what was added to it since, to the public; returns how many entries that are."""
    if not approval.strip():
        raise InputFault({"approval": "目录经同级党委同意后公布。请写明同意的日期或者文号（第三条）。"})
    items = unpublished_items(year)
    if not items:
        raise Refusal(f"{year} 年没有待公布的决策事项", next_step="请先把事项列入目录。")
    today = clock.today()
    for item in items:
        item.published_on, item.approval = today, approval.strip()[:200]
        item.save(update_fields=["published_on", "approval"])
    record(
        actor=actor,
        matter=f"ZDJCML-{year}",
        kind=Kind.POLICY.value,
        activity=CATALOGUE_PUBLISHED,
        agency=actor.agency_code,
        data={"year": year, "items": [item.pk for item in items]},
    )
    return len(items)
