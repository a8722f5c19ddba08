"""The index of the whole-process record (行政处罚法第四十七条): per stage what text and what recordings there are, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plumbline.apps.cases.contract import entries_of, procedure_of
from plumbline.apps.paperwork.contract import documents_of
from plumbline.lawbook import rule_facts
from plumbline.packs.penalty.recording import DEMANDS, STAGES, Demand
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import matter_events, record
from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.files.receiving import Received, take_up
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor
from plumbline.platform.verdicts.models import StoredVerdict
from plumbline.vocabulary import Event, load_vocabulary

from .events import RECORDING_ADDED
from .models import Evidence, ProcessRecording
from .policies import may_add_evidence

BASIS = "行政处罚法第四十七条"
RULES = ("APL-47-whole-process", "T118-8-full-av")
AV = ("audio/", "video/")


@dataclass(frozen=True)
class Demanded:
    """An act that has to be, or may have to be, recorded in sound and picture; ``found`` are its recordings."""

    label: str
    on: str
    extent: str
    basis: str
    rule: str
    event_id: str
    found: tuple[str, ...]

    @property
    def is_gap(self) -> bool:
        """A full recording is demanded and there is none. What is demanded as needed, the officer decides."""
        return self.extent == "full" and not self.found


@dataclass
class StageRecord:
    """What a stage left behind."""

    key: str
    label: str
    happened: list[str] = field(default_factory=list)
    texts: list[dict[str, str]] = field(default_factory=list)
    recordings: list[ProcessRecording] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    demands: list[Demanded] = field(default_factory=list)

    @property
    def is_gap(self) -> bool:
        """The stage took place and has neither text nor recording."""
        return bool(self.happened) and not (self.texts or self.recordings or self.files)

    @property
    def gaps(self) -> int:
        return int(self.is_gap) + sum(demand.is_gap for demand in self.demands)


@dataclass(frozen=True)
class RecordIndex:
    """The index of one case, and what the rules concluded about it."""

    stages: tuple[StageRecord, ...]
    verdicts: tuple[StoredVerdict, ...]

    @property
    def gaps(self) -> int:
        return sum(stage.gaps for stage in self.stages)


def record_index(
    case: Any, recordings: Sequence[ProcessRecording], evidence: Sequence[Evidence]
) -> RecordIndex:
    """Set a case's events, documents, evidence and recordings against the stages."""
    words = load_vocabulary()
    stages = {key: StageRecord(key, label) for key, label in words.enums["stage"].items()}
    events = matter_events(case.matter_id)
    place = {activity: key for key, names in STAGES.items() for activity in names}
    procedure = procedure_of(case)
    steps = {step.activity: step.label for step in procedure.steps.values()}
    forms = {
        code: place.get(step.activity, "") for step in procedure.steps.values() for code in step.documents
    }
    documents: dict[str, list[str]] = {}
    for document in documents_of(case.matter_id).exclude(state="void"):
        if document.event_id:
            documents.setdefault(document.event_id, []).append(document.title)
        elif forms.get(document.template):  # made without a step: it belongs to the stage of its form
            on = document.signed_on or document.drafted_at.date()
            stages[forms[document.template]].texts.append({"title": document.title, "on": f"{on:%Y-%m-%d}"})
    written = entries_of(case)
    for event in events:
        stage = stages.get(place.get(event.activity, ""))
        if stage is None:
            continue
        label = steps.get(event.activity) or words.activities[event.activity].name_zh
        stage.happened.append(f"{label}（{event.on:%m-%d}）")
        for title in documents.get(event.id, ()):
            stage.texts.append({"title": title, "on": f"{event.on:%Y-%m-%d}"})
        if event.id in written and event.id not in documents:
            stage.texts.append({"title": f"{label}登记", "on": f"{event.on:%Y-%m-%d}"})
    for kept in recordings:
        stages[kept.stage].recordings.append(kept)
    for item in evidence:
        stage = stages.get(item.stage) or stages["evidence"]
        for file in item.files.all():
            entry = {"item": item, "file": file}
            if file.content_type.startswith(AV):
                stage.files.append(entry)
            else:
                stage.texts.append(
                    {"title": f"证据 {item.number} {file.name}", "on": f"{item.collected_on:%Y-%m-%d}"}
                )
    for demand in DEMANDS:
        for event in events:
            if _falls_under(demand, event):
                stages[demand.stage].demands.append(_demanded(demand, event, words, recordings))
    verdicts = (
        StoredVerdict.objects.unscoped("案件的可见范围已核对")
        .filter(matter_id=case.matter_id, rule__in=RULES)
        .exclude(verdict="not_applicable")
    )
    return RecordIndex(tuple(stages.values()), tuple(verdicts))


def _falls_under(demand: Demand, event: Event) -> bool:
    facts = rule_facts()[demand.rule]
    if facts.effective_from is not None and event.on < facts.effective_from:
        return False
    return event.activity == demand.activity and all(event.data.get(k) == v for k, v in demand.where.items())


def _demanded(demand: Demand, event: Event, words: Any, recordings: Sequence[ProcessRecording]) -> Demanded:
    facts = rule_facts()[demand.rule]
    return Demanded(
        label=words.activities[event.activity].name_zh,
        on=f"{event.on:%Y-%m-%d}",
        extent=demand.extent,
        basis=f"{facts.law}{facts.article}",
        rule=demand.rule,
        event_id=event.id,
        found=tuple(each.title for each in recordings if each.event_id == event.id),
    )


@action("evidence.add_recording", policy=may_add_evidence, on="case", records=(RECORDING_ADDED,), basis=BASIS)
def add_recording(
    *,
    actor: Actor,
    case: Any,
    stage: str,
    title: str,
    began_at: datetime,
    minutes: int,
    operator: str,
    received: str = "",
    upload: Any = None,
    place: str = "",
    device: str = "",
    event_id: str = "",
) -> ProcessRecording:
    """Keep a recording of the procedure: its file, or where the file is kept outside (采集站、光盘).

    The file comes as an upload in parts (``received``, its hash) or whole from a plain form (``upload``).
    """
    faults = {}
    if stage not in load_vocabulary().enums["stage"]:
        faults["stage"] = "请选择环节。"
    if began_at > clock.now():
        faults["began_at"] = "「开始」晚于现在。请核对录制时间。"
    if minutes <= 0:
        faults["minutes"] = "「时长」应为大于 0 的分钟数。"
    if not title.strip():
        faults["title"] = "请写明录了什么。"
    if not operator.strip():
        faults["operator"] = "请写明摄录人。"
    if not received and upload is None and not place.strip():
        faults["place"] = "请上传录音录像，或者写明原始文件保存在哪里。"
    if event_id and not any(event.id == event_id for event in matter_events(case.matter_id)):
        faults["event_id"] = "没有这个步骤。请重新选择。"
    if faults:
        raise InputFault(faults)
    file = _file_of(actor, received, upload)
    kept = ProcessRecording.objects.create(
        case=case, agency_id=case.agency_id, stage=stage, title=title.strip(), event_id=event_id, began_at=began_at,
        minutes=minutes, device=device.strip(), operator=operator.strip(), place=place.strip(),
        name=file.name if file else "", content_type=file.kind.content_type if file else "",
        sha256=file.sha256 if file else "", size=file.size if file else None, added_label=actor.label,
    )  # fmt: skip
    record(
        actor=actor, matter=case.matter_id, kind=case.kind, activity=RECORDING_ADDED, agency=case.agency_id,
        data={"recording": kept.pk, "stage": stage, "sha256": kept.sha256},
    )  # fmt: skip
    return kept


def _file_of(actor: Actor, received: str, upload: Any) -> Received | None:
    """The recording's file in the store; text and pictures are evidence, not recordings."""
    if received:
        file = take_up(actor=actor, sha256s=[received])[0]
    elif upload is not None:
        try:
            checked = check(upload.name or "", upload.size or 0, upload.file)
        except FileRefused as refused:
            raise InputFault({"file": str(refused)}) from None
        kept = keep(upload.chunks())
        file = Received(checked.name, checked.kind, kept.sha256, kept.size)
    else:
        return None
    if not file.kind.recording:
        raise InputFault({"file": f"“{file.name}”不是录音录像。文字材料请登记为证据。"})
    return file
