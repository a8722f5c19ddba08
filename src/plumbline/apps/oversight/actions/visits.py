"""Follow-up visits: the pool is fixed and hashed, then drawn by a public seed; answers that worry become leads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from plumbline.apps.cases.contract import case_rows
from plumbline.apps.supervision.contract import Source, own_setting, take_in_lead
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.rows import whole_district

from .. import events
from ..asking import CHOICES, CONTENT, QUESTIONS, worries
from ..drawing import draw, hash_of_pool, pool_of
from ..models import Visit, VisitRound, Way
from ..policies import may_enter_visit, may_plan, may_visit

BASIS = "新政办[2022]14号 二(三)4"


def _write(actor: Actor, round: VisitRound, activity: str, **data: object) -> None:
    record(
        actor=actor,
        matter=f"HF-{round.pk}",
        kind="supervision_lead",
        activity=activity,
        agency=round.agency_id,
        data=data,
    )


@action("oversight.open_round", policy=may_plan, records=(events.ROUND_OPENED,), basis=BASIS)
def open_round(
    *,
    actor: Actor,
    title: str,
    closed_from: date,
    closed_to: date,
    size: int,
    agency: Agency | None = None,
) -> VisitRound:
    """Fix the pool: every case closed in the period (of one agency, where named). From here on it is hashed and stays."""
    faults = {}
    if not title.strip():
        faults["title"] = "请填写名称。"
    if closed_to < closed_from:
        faults["closed_to"] = "「结案至」不能早于「结案自」。"
    rows = case_rows(actor).filter(closed_on__range=(closed_from, closed_to), party__isnull=False)
    if agency is not None:
        rows = rows.filter(agency=agency)
    pool = pool_of(rows.values_list("matter_id", flat=True))
    if not pool:
        faults.setdefault("closed_from", "这段时间没有办结的案件。")
    if not 1 <= size <= max(len(pool), 1):
        faults["size"] = f"抽取件数应当在 1 至 {len(pool)} 之间。"
    if faults:
        raise InputFault(faults)
    round = VisitRound.objects.create(
        agency_id=actor.agency_code, title=title.strip(), closed_from=closed_from, closed_to=closed_to, size=size,
        pool=pool, pool_hash=hash_of_pool(pool), made_label=actor.label,
    )  # fmt: skip
    _write(actor, round, events.ROUND_OPENED, pool_hash=round.pool_hash, pool=len(pool), size=size)
    return round


@action("oversight.draw_round", policy=may_visit, on="round", records=(events.ROUND_DRAWN,), basis=BASIS)
def draw_round(*, actor: Actor, round: VisitRound, seed: str, seed_source: str) -> VisitRound:
    """Draw by a value that was published after the pool was fixed (a lottery number, a closing figure); only once."""
    if round.drawn_at is not None:
        raise Refusal("已经抽取，不能重抽", next_step="需要增加的，请另建一个批次。")
    if not seed.strip() or not seed_source.strip():
        raise InputFault(
            {"seed": "请填写公开的数值。"}
            if not seed.strip()
            else {"seed_source": "请写明数值公布在哪里、哪一天。"}
        )
    round.seed, round.seed_source = seed.strip(), seed_source.strip()
    round.drawn, round.drawn_at = draw(round.pool, round.seed, round.size), clock.now()
    round.save()
    due = clock.today() + timedelta(days=own_setting("visit.term"))
    owner = dict(case_rows(actor).filter(matter_id__in=round.drawn).values_list("matter_id", "agency_id"))
    Visit.objects.bulk_create(
        Visit(round=round, agency_id=owner[matter], matter_id=matter, due_on=due) for matter in round.drawn
    )
    _write(actor, round, events.ROUND_DRAWN, seed=round.seed, drawn=len(round.drawn))
    return round


@action(
    "oversight.enter_visit",
    policy=may_enter_visit,
    on="visit",
    records=(events.VISIT_ANSWERED, "lead_registered"),
    basis=BASIS,
)
def enter_visit(
    *, actor: Actor, visit: Visit, way: str, reached: bool, answers: Mapping[str, str], said: str = ""
) -> Visit:
    """Keep the answers. What worries becomes one lead of the case, without the party's name."""
    if way not in Way.values:
        raise InputFault({"way": "请选择方式。"})
    given = {key: value for key, value in answers.items() if value}
    if reached:
        lacking = [q for q in QUESTIONS if given.get(q.key) not in dict(CHOICES)]
        if lacking:
            raise InputFault({lacking[0].key: f"请回答：{lacking[0].text}"})
        if given.get("content") not in dict(CONTENT):
            raise InputFault({"content": "请选择满意程度。"})
    with whole_district():
        visit.way, visit.reached, visit.answers = way, reached, given if reached else {}
        visit.said = said.strip()[:2000]
        visit.answered_at = clock.now()
        visit.by_label = actor.label
        found = worries(given) if reached else []
        if found:
            lead = take_in_lead(
                actor=actor, source=Source.VISIT, source_ref=f"HF-{visit.pk}", source_url=f"/visits/{visit.round_id}",
                title=f"回访反映：{found[0].removeprefix('当事人反映')}", facts="；".join(found) + "。",
                concerned=visit.agency_id, about=visit.matter_id,
            )  # fmt: skip
            visit.lead_matter = lead.matter_id
        visit.save()
        _write(actor, visit.round, events.VISIT_ANSWERED, visit=visit.pk, reached=reached, worries=len(found))
    return visit
