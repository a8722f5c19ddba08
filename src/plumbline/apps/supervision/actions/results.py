"""After an instrument: what its result is used for (条例第三十四条), and a summary for the public (条例第三十一条)."""

from __future__ import annotations

import re

from plumbline.apps.cases.contract import case_rows
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor

from .. import events
from ..models import Instrument, InstrumentKind, ResultUse
from ..policies import may_use_result
from .writing import demand, write_instrument

PERSONAL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)")


@action(
    "supervision.use_result",
    policy=may_use_result,
    on="instrument",
    records=(events.RESULT_USED,),
    basis="行政执法监督条例第三十四条",
)
def use_result(
    *,
    actor: Actor,
    instrument: Instrument,
    kind: str,
    points: int = 0,
    note: str = "",
    year: int | None = None,
) -> ResultUse:
    """Keep one use of the result; a closed instrument may have several, none is ever edited."""
    if instrument.is_running:
        raise Refusal("文书还没有了结，结果还不能运用", next_step="请先认定纠正情况并销号。")
    kinds = dict(ResultUse._meta.get_field("kind").choices or [])
    if kind not in kinds:
        raise InputFault({"kind": "请选择用途。"})
    if kind == "appraisal" and not 1 <= points <= 100:
        raise InputFault({"points": "计入考核的，请填写 1 至 100 的扣分。"})
    if kind != "appraisal" and points:
        raise InputFault({"points": "只有计入考核的才填写扣分。"})
    use = ResultUse.objects.create(
        instrument=instrument, kind=kind, points=points, year=year or clock.today().year, note=note.strip()[:200],
        by_label=actor.label,
    )  # fmt: skip
    said = f"{kinds[kind]}{f' {points} 分' if points else ''}"
    instrument.result_use = "；".join(filter(None, (instrument.result_use, said)))[:200]
    instrument.save(update_fields=["result_use"])
    data = {"use": kind, "points": points, "year": use.year, "text": note}
    write_instrument(actor, instrument, events.RESULT_USED, data)
    return use


@action(
    "supervision.publish_summary",
    policy=may_use_result,
    on="instrument",
    records=(events.SUMMARY_PUBLISHED,),
    basis="行政执法监督条例第三十一条",
)
def publish_summary(*, actor: Actor, instrument: Instrument, summary: str) -> Instrument:
    """Publish what was found and put right, without anybody's name; only of what is over, never of persons or clues."""
    if instrument.is_running:
        raise Refusal("文书还没有了结，不公开摘要", next_step="请先认定纠正情况并销号。")
    if instrument.kind in {InstrumentKind.ADVICE, InstrumentKind.CLUE}:
        raise Refusal("人员处理建议和问题线索不公开", basis="行政执法监督条例第三十二条、第三十三条")
    if instrument.summary_on is not None and not instrument.summary_withdrawn:
        raise Refusal("摘要已经公开", next_step="需要更正的，先撤回再公开。")
    demand(summary, "summary", "请写明查明的问题、纠正的情况。")
    if PERSONAL.search(summary):
        raise InputFault({"summary": "摘要里有手机号或者身份证号，请删去。"})
    case = case_rows(actor).filter(matter_id=instrument.about).select_related("party").first()
    if case is not None and case.party is not None and case.party.name and case.party.name in summary:
        raise InputFault({"summary": "摘要里有当事人的姓名或者名称，请改用“当事人”。"})
    instrument.summary, instrument.summary_on = summary.strip(), clock.today()
    instrument.summary_withdrawn = ""
    instrument.save(update_fields=["summary", "summary_on", "summary_withdrawn"])
    write_instrument(actor, instrument, events.SUMMARY_PUBLISHED, {"text": summary})
    return instrument


@action(
    "supervision.withdraw_summary",
    policy=may_use_result,
    on="instrument",
    records=(events.SUMMARY_WITHDRAWN,),
    basis="行政执法监督条例第三十一条",
)
def withdraw_summary(*, actor: Actor, instrument: Instrument, reason: str) -> Instrument:
    """Take a summary down: the public page says that it was withdrawn and why."""
    if instrument.summary_on is None or instrument.summary_withdrawn:
        raise Refusal("没有公开的摘要")
    demand(reason, "reason", "请写明撤回的理由，公众会看到。")
    instrument.summary_withdrawn = reason.strip()[:200]
    instrument.save(update_fields=["summary_withdrawn"])
    write_instrument(actor, instrument, events.SUMMARY_WITHDRAWN, {"reason": reason})
    return instrument
