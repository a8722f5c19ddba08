"""Planning an inspection, filing what was found, and carrying a finding on as a case."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from plumbline.apps.agencies.contract import strangers
from plumbline.apps.cases.contract import Compelled, NewParty, Violation, open_case, open_compulsion
from plumbline.apps.evidence.contract import take_in_from_field
from plumbline.apps.targets.contract import Target
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import contract_form, matter_events, new_event_id, record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.verdicts.evaluation import blocking_verdicts

from .events import INSPECTION_COMPELLED, INSPECTION_CONVERTED, INSPECTION_FILED, PLACE_DELETED
from .models import (
    Answer,
    Handling,
    Inspection,
    InspectionFile,
    InspectionItem,
    Result,
    Signing,
    items_in_force,
)
from .photos import photos_of
from .policies import may_compel, may_convert, may_file, may_inspect

BASIS = "国办发〔2015〕58号第二部分；行政处罚法第四十二条、第五十五条"


@dataclass(frozen=True)
class NamedFile:
    """A file that the record names and that arrives on its own: hash, bytes, and what it is for."""

    sha256: str
    size: int
    content_type: str
    purpose: str
    point: int | None = None
    taken_at: datetime | None = None
    device: str = ""


@dataclass(frozen=True)
class Report:
    """What the officers found. ``answers`` maps a check point to (y, n or u, note); instants are the officers' own."""

    officers: Sequence[str]
    started_at: datetime
    ended_at: datetime
    certificate_shown: bool
    answers: Mapping[int, tuple[str, str]]
    conclusion: str
    handling: str
    signing: str
    correct_by: date | None = None
    signed_name: str = ""
    refusal: str = ""
    witnesses: str = ""
    second_by: str = ""
    repeat_reason: str = ""
    place: tuple[int, int, int] | None = None
    files: Sequence[NamedFile] = field(default_factory=tuple)


@action(
    "inspections.plan", policy=may_inspect, on="agency_code", records=("inspection_planned",), basis=BASIS
)
def plan_inspection(
    *,
    actor: Actor,
    agency_code: str,
    item: InspectionItem,
    target: Target,
    cause: str,
    planned_on: date,
    officers: Sequence[str],
    matter_id: str = "",
    event_id: str = "",
    occurred_at: datetime | None = None,
) -> Inspection:
    """Plan a visit; the gate asks whether the item has a basis and is on the published list."""
    moment = occurred_at or clock.now()
    faults = {}
    if (
        item.agency_id != agency_code
        or not items_in_force(agency_code, moment.date()).filter(pk=item.pk).exists()
    ):
        faults["item"] = "该检查事项当日不在本机关的检查事项清单内。请另选事项。"
    if len(set(officers)) < 2:
        faults["officers"] = "检查人员不得少于两人（行政处罚法第四十二条）。请再选一人。"
    elif away := strangers(agency_code, officers, moment.astimezone(clock.CHINA).date()):
        faults["officers"] = f"{'、'.join(away)} 当日的证件属于其他机关，不能代表本机关检查。请另选人员。"
    if faults:
        raise InputFault(faults)
    agency = Agency.objects.get(code=agency_code)
    matter = matter_id or f"{agency.code}-J{moment.year}-{uuid.uuid4().hex[:10]}"
    inspection = Inspection.objects.create(
        matter_id=matter, agency=agency, item=item, target=target, cause=cause, planned_on=planned_on,
        planned_by_id=actor.person_id, officers=list(dict.fromkeys(officers)),
    )  # fmt: skip
    _tell(
        actor,
        inspection,
        "inspection_planned",
        {"item": item.code, "cause": cause},
        officers,
        moment,
        event_id,
    )
    return inspection


@action(
    "inspections.file",
    policy=may_file,
    on="inspection",
    records=("certificate_shown", "inspection_started", "record_made", "inspection_ended", INSPECTION_FILED),
    basis=BASIS,
)
def file_inspection(
    *, actor: Actor, inspection: Inspection, report: Report, event_prefix: str = ""
) -> Inspection:
    """File the result of a visit once. What is not answered counts as 未查; the result follows from the answers."""
    if inspection.filed_at is not None:
        raise Refusal(
            f"这次检查已于 {inspection.filed_at.astimezone(clock.CHINA):%Y-%m-%d %H:%M} 登记结果",
            next_step="两份结果不一致的，请在「待处理的不一致」中选择。",
        )
    points = {point.pk: point for point in inspection.item.points.all()}
    _demand_complete(inspection, report, points)
    told = 0

    def tell(activity: str, data: Mapping[str, Any], at: datetime) -> None:
        nonlocal told
        told += 1
        event = f"{event_prefix}-{told}" if event_prefix else ""
        _tell(actor, inspection, activity, data, report.officers, at, event)

    tell("inspection_started", {}, report.started_at)
    if report.certificate_shown:
        tell("certificate_shown", {}, report.started_at)
    tell("record_made", {"record": "onsite"}, report.ended_at)
    tell("inspection_ended", {}, report.ended_at)
    for pk in points:
        answer, note = report.answers.get(pk, ("u", ""))
        Answer.objects.create(inspection=inspection, point_id=pk, answer=answer, note=note.strip()[:500])
    for each in report.files:
        InspectionFile.objects.create(
            inspection=inspection, point_id=each.point, purpose=each.purpose, sha256=each.sha256,
            size=each.size, content_type=each.content_type, taken_at=each.taken_at, device=each.device,
        )  # fmt: skip
    _keep(inspection, report, result_of(report.answers, points))
    record(
        actor=actor, matter=inspection.matter_id, kind="inspection", activity=INSPECTION_FILED,
        agency=inspection.agency_id, data={"result": inspection.result, "handling": inspection.handling},
    )  # fmt: skip
    return inspection


@action(
    "inspections.convert", policy=may_convert, on="inspection",
    records=(INSPECTION_CONVERTED, "clue_received", "evidence_collected"),
    basis="行政处罚法第五十四条",
)  # fmt: skip
def convert_to_case(*, actor: Actor, inspection: Inspection, power: str) -> str:
    """Open a case from what was found: party, place, facts, day and photos are taken over. Returns the case's matter id."""
    missing = [f for f in inspection.files.all() if f.arrived_at is None]
    if missing:
        raise Refusal(
            f"还有 {len(missing)} 个文件没有从手机传到：{'、'.join(f.sha256[:8] for f in missing[:5])}",
            next_step="请先在手机的「待上传」中传完，再转为案件。",
        )
    found = [a for a in inspection.answers.select_related("point") if a.answer == "n"]
    on = (inspection.ended_at or clock.now()).astimezone(clock.CHINA).date()
    target = inspection.target
    case = open_case(
        actor=actor,
        title=f"{target.name}{found[0].point.text[:40]}案" if len(found) == 1 else f"{target.name}检查不符合案",
        source="inspection",
        source_reference=inspection.matter_id,
        item=power,
        summary="；".join(f"{a.point.text}：不符合{('，' + a.note) if a.note else ''}" for a in found) + "。",
        party=NewParty(
            kind=target.party_kind, name=target.name, credit_code=target.credit_code or "", address=target.address,
            legal_representative=target.legal_representative,
        ),
        violation=Violation(discovered_on=on),
        place=target.address,
        agency_code=inspection.agency_id,
        occurred_at=on,
    )  # fmt: skip
    for photo in photos_of(inspection, on=on):
        take_in_from_field(actor=actor, case=case, found=photo)
    inspection.case_matter = case.matter_id
    inspection.save(update_fields=["case_matter"])
    record(
        actor=actor, matter=inspection.matter_id, kind="inspection", activity=INSPECTION_CONVERTED,
        agency=inspection.agency_id, data={"case": case.matter_id},
    )  # fmt: skip
    return case.matter_id


@action(
    "inspections.compel", policy=may_compel, on="inspection",
    records=(INSPECTION_COMPELLED, "officer_assigned", "compulsion_opened"), basis="行政强制法第十六条、第十九条",
)  # fmt: skip
def compel(*, actor: Actor, inspection: Inspection, power: str) -> str:
    """Go on with a measure by itself: party, place, facts and both officers are taken over. Returns its matter id.

    The measure may be taken at once where it is urgent; its approval is then made up within twenty-four hours.
    """
    found = [a for a in inspection.answers.select_related("point") if a.answer == "n"]
    target = inspection.target
    case = open_compulsion(
        actor=actor,
        matter=Compelled(
            procedure="compulsory_measure",
            title=f"{target.name}检查中采取强制措施",
            item=power,
            ground="inspection",
            facts="；".join(f"{a.point.text}：不符合{('，' + a.note) if a.note else ''}" for a in found) + "。",
            officers=tuple(dict.fromkeys([*inspection.officers, inspection.second_officer]) if inspection.second_officer else inspection.officers),
            place=target.address,
            party=NewParty(
                kind=target.party_kind, name=target.name, credit_code=target.credit_code or "", address=target.address,
                legal_representative=target.legal_representative,
            ),
            origin_matter=inspection.matter_id,
        ),
        agency_code=inspection.agency_id,
    )  # fmt: skip
    inspection.compulsion_matter = case.matter_id
    inspection.save(update_fields=["compulsion_matter"])
    record(
        actor=actor, matter=inspection.matter_id, kind="inspection", activity=INSPECTION_COMPELLED,
        agency=inspection.agency_id, data={"matter": case.matter_id},
    )  # fmt: skip
    return case.matter_id


@action(
    "inspections.delete_place", policy=may_file, on="inspection", records=(PLACE_DELETED,),
    basis="个人信息保护法第六条、第四十七条",
)  # fmt: skip
def delete_place(*, actor: Actor, inspection: Inspection) -> None:
    """Take the recorded place out of the record; that it was taken out stays in the log, the place does not."""
    inspection.latitude_e6 = inspection.longitude_e6 = inspection.accuracy_m = None
    inspection.save(update_fields=["latitude_e6", "longitude_e6", "accuracy_m"])
    record(
        actor=actor, matter=inspection.matter_id, kind="inspection", activity=PLACE_DELETED,
        agency=inspection.agency_id, data={},
    )  # fmt: skip


def result_of(answers: Mapping[int, tuple[str, str]], points: Mapping[int, Any]) -> str:
    """One problem makes problems; one point not looked at makes partial; only all in order is compliant."""
    given = [answers.get(pk, ("u", ""))[0] for pk in points]
    if "n" in given:
        return Result.PROBLEMS
    return Result.PARTIAL if "u" in given or not given else Result.COMPLIANT


def _demand_complete(inspection: Inspection, report: Report, points: Mapping[int, Any]) -> None:
    faults: dict[str, str] = {}
    if len(set(report.officers)) < 2:
        faults["officers"] = "检查人员不得少于两人（行政处罚法第四十二条）。"
    elif away := strangers(
        inspection.agency_id, report.officers, report.started_at.astimezone(clock.CHINA).date()
    ):
        faults["officers"] = f"{'、'.join(away)} 检查当日的证件属于其他机关，不能代表本机关检查。"
    if set(report.answers) - set(points):
        faults["answers"] = "检查单已经更新，有的检查项不在现在的检查单中。请更新任务包后重新登记。"
    if report.ended_at < report.started_at:
        faults["ended_at"] = "结束时间早于开始时间。请核对手机时间。"
    if report.ended_at > clock.now():
        faults["ended_at"] = "结束时间在将来。请核对手机时间。"
    if report.handling not in Handling.values:
        faults["handling"] = "请选择处理方式。"
    if report.signing not in Signing.values:
        faults["signing"] = "请选择当事人签名的方式。"
    if report.signing == Signing.REFUSED and not (report.refusal.strip() and report.witnesses.strip()):
        faults["refusal"] = "当事人拒签的，请写明理由和见证人。"
    if report.handling == Handling.CORRECTION and report.correct_by is None:
        faults["correct_by"] = "责令改正的，请写明改正期限。"
    if result_of(report.answers, points) != Result.PROBLEMS and report.handling == Handling.CASE:
        faults["handling"] = "没有不符合项，不能转为案件。"
    photos = {f.point for f in report.files if f.purpose == "photo"}
    for pk, (answer, _) in report.answers.items():
        point = points.get(pk)
        if answer == "n" and point is not None and point.photo_basis and pk not in photos:
            faults[f"point{pk}"] = f"“{point.text}”不符合，{point.photo_basis}要求拍照，还没有照片。"
    if faults:
        raise InputFault(faults)


def _keep(inspection: Inspection, report: Report, result: str) -> None:
    inspection.officers = list(dict.fromkeys(report.officers))
    inspection.started_at, inspection.ended_at = report.started_at, report.ended_at
    inspection.filed_at = clock.now()
    inspection.result, inspection.handling = result, report.handling
    inspection.conclusion, inspection.correct_by = report.conclusion.strip(), report.correct_by
    inspection.signing, inspection.signed_name = report.signing, report.signed_name.strip()
    inspection.refusal, inspection.witnesses = report.refusal.strip(), report.witnesses.strip()
    inspection.second_officer = report.officers[1]
    inspection.second_by, inspection.repeat_reason = report.second_by, report.repeat_reason.strip()
    if report.place is not None:
        inspection.latitude_e6, inspection.longitude_e6, inspection.accuracy_m = report.place
    inspection.version += 1
    inspection.save()


def _tell(
    actor: Actor,
    inspection: Inspection,
    activity: str,
    data: Mapping[str, Any],
    officers: Sequence[str],
    at: datetime,
    event_id: str,
) -> None:
    """Append a contract event after asking its gate rules."""
    actors = [{"id": number, "role": "officer"} for number in dict.fromkeys(officers)]
    name = event_id or new_event_id()
    candidate = contract_form(
        event_id=name, matter=inspection.matter_id, kind="inspection", activity=activity, occurred_at=at,
        agency=inspection.agency_id, data=data, actors=actors,
    )  # fmt: skip
    against = blocking_verdicts(matter_events(inspection.matter_id), candidate)
    if against:
        raise Refusal(
            "不能登记检查：" + "；".join(v.definition.duty_zh.rstrip("。") for v in against),
            basis="、".join(dict.fromkeys(f"{v.citation.law}{v.citation.article}" for v in against)),
            next_step="".join(dict.fromkeys(v.definition.remedy_zh for v in against)),
        )
    record(
        actor=actor, matter=inspection.matter_id, kind="inspection", activity=activity, occurred_at=at,
        agency=inspection.agency_id, data=data, actors=actors, event_id=name,
    )  # fmt: skip
