"""Opening a round, and what the agencies state in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify

from ..events import ENTRY_SUBMITTED, ROUND_OPENED, ROW_STATED
from ..models import CleanupEntry, CleanupRound, Kind, Standing, SubjectRow
from ..policies import may_keep_subjects, may_state
from ..prefill import fill_entry
from .keeping import BASIS, tell_entry, tell_round


@action("subjects.open_round", policy=may_keep_subjects, records=(ROUND_OPENED,), basis=BASIS)
def open_round(
    *, actor: Actor, title: str, basis: str, asks: str, due_on: date, agencies: Sequence[str]
) -> CleanupRound:
    """Open a round for some agencies; each finds its rows filled with what the registers have."""
    faults: dict[str, str] = {}
    today = clock.today()
    if not title.strip():
        faults["title"] = "请填写清理名称。"
    if due_on <= today:
        faults["due_on"] = f"「报送期限」应晚于今天（{today}）。"
    chosen = list(
        Agency.objects.filter(code__in=agencies, enforces=True, subject_ended_on=None).order_by("code")
    )
    if not chosen:
        faults["agencies"] = "请至少选择一个执法机关。"
    running = CleanupEntry.objects.unscoped("同时进行的清理").filter(
        agency__in=chosen, round__confirmed_on=None, left_out_at=None
    )
    if twice := [row.agency.short_name for row in running.select_related("agency")[:5]]:
        faults["agencies"] = f"{'、'.join(twice)}还在另一次清理中。请先完成，或者这次不选。"
    if faults:
        raise InputFault(faults)
    cleanup = CleanupRound.objects.create(
        title=title.strip(), basis=basis.strip(), asks=asks.strip(), opened_on=today, due_on=due_on,
        opened_label=actor.label,
    )  # fmt: skip
    for agency in chosen:
        entry = CleanupEntry.objects.create(round=cleanup, agency=agency)
        fill_entry(entry, today)
        notify(
            title=f"{cleanup.title}：请在 {due_on} 前报送",
            body="主体、岗位和人员已按现有登记带出，核对后报送。",
            url=f"/subjects/entries/{entry.pk}",
            agency_code=agency.code,
            capability="registers.maintain",
        )
    tell_round(actor, cleanup, ROUND_OPENED, due_on=due_on.isoformat(), agencies=[a.code for a in chosen])
    return cleanup


@dataclass(frozen=True)
class StatedSubject:
    """What an agency states of a subject. ``bases`` are (law, article, level), ``posts`` (title, A or B, duty)."""

    code: str
    kind: str
    name: str
    scope: str
    area: str
    responsible: str
    phone: str
    bases: Sequence[tuple[str, str, str]] = field(default_factory=tuple)
    posts: Sequence[tuple[str, str, str]] = field(default_factory=tuple)
    entrusted_powers: str = ""
    entrusted_from: date | None = None
    entrusted_to: date | None = None


@action("subjects.state_subject", policy=may_state, on="entry", records=(ROW_STATED,), basis=BASIS)
def state_subject(*, actor: Actor, entry: CleanupEntry, stated: StatedSubject) -> SubjectRow:
    """Keep what the agency states of one subject; a row that was decided on waits anew."""
    code = stated.code.strip()
    if not code:
        raise InputFault({"code": "请填写主体编码。受委托组织可以用统一社会信用代码。"})
    if stated.kind != Kind.ENTRUSTED and code != entry.agency_id:
        raise InputFault({"code": f"本机关的主体编码是 {entry.agency_id}；只有受委托组织另有编码。"})
    row = SubjectRow.objects.filter(entry=entry, code=code).first() or SubjectRow(entry=entry, code=code)
    for name in (
        "kind", "name", "scope", "area", "responsible", "phone", "entrusted_powers", "entrusted_from", "entrusted_to",
    ):  # fmt: skip
        value = getattr(stated, name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.bases = [{"law": law, "article": article, "level": level} for law, article, level in stated.bases]
    row.posts = [{"title": t, "post_class": c, "duty": d} for t, c, d in stated.posts]
    row.decision, row.decided_at = "", None
    row.save()
    tell_entry(actor, entry, ROW_STATED, subject=code)
    return row


@dataclass(frozen=True)
class StatedOfficer:
    standing: str
    post: str = ""
    note: str = ""


@action("subjects.state_officer", policy=may_state, on="entry", records=(ROW_STATED,), basis=BASIS)
def state_officer(*, actor: Actor, entry: CleanupEntry, stated: Mapping[int, StatedOfficer]) -> int:
    """Keep what the agency states of its officers, by the row's number; returns how many rows changed."""
    changed = 0
    for row in entry.officer_rows.filter(pk__in=list(stated)):
        new = stated[row.pk]
        if new.standing not in Standing.values:
            raise InputFault({"standing": f"请选择 {row.certificate.name} 的在岗情况。"})
        if (new.standing, new.post.strip(), new.note.strip()) != (row.standing, row.post, row.note):
            row.standing, row.post, row.note = new.standing, new.post.strip(), new.note.strip()
            row.decision, row.decided_at = "", None
            row.save()
            changed += 1
    if changed:
        tell_entry(actor, entry, ROW_STATED, officers=changed)
    return changed


@action("subjects.submit_entry", policy=may_state, on="entry", records=(ENTRY_SUBMITTED,), basis=BASIS)
def submit_entry(*, actor: Actor, entry: CleanupEntry) -> None:
    """Hand the agency's rows in; what is incomplete is named first."""
    if lacks := lacking(entry):
        raise InputFault({"": "；".join(lacks[:6]) + "。补齐后再报送。"})
    entry.submitted_at, entry.submitted_by_id, entry.submitted_label = (
        clock.now(),
        actor.person_id,
        actor.label,
    )
    entry.first_submitted_on = entry.first_submitted_on or clock.today()
    entry.save()
    tell_entry(actor, entry, ENTRY_SUBMITTED, late=clock.today() > entry.round.due_on)


def lacking(entry: CleanupEntry) -> list[str]:
    """What has to be filled in before an entry can be handed in, one clause each."""
    found: list[str] = []
    titles: set[str] = set()
    for row in entry.subject_rows.all():
        lacks = [
            word
            for word, filled in (
                ("主体资格依据", row.bases),
                ("执法范围", row.scope),
                ("负责人", row.responsible),
                ("公开电话", row.phone),
                ("执法岗位", row.posts),
            )
            if not filled
        ]
        if row.kind == Kind.ENTRUSTED:
            lacks += [
                word
                for word, filled in (
                    ("委托书载明的事项和权限", row.entrusted_powers),
                    ("委托期限", row.entrusted_from and row.entrusted_to),
                )
                if not filled
            ]
        titles |= {post["title"] for post in row.posts}
        if lacks:
            found.append(f"{row.name}缺少{'、'.join(lacks)}")
    returned = entry.subject_rows.filter(decision="returned").count()
    returned += entry.officer_rows.filter(decision="returned").count()
    if returned:
        found.append(f"还有 {returned} 行退回的没有修改")
    without = [
        row.certificate.name
        for row in entry.officer_rows.select_related("certificate")
        if row.standing == Standing.IN_POST and row.post not in titles
    ]
    if without:
        found.append(
            f"{'、'.join(without[:5])}{'等' if len(without) > 5 else ''} {len(without)} 人没有对应的执法岗位"
        )
    return found
