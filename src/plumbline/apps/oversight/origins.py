"""What a paper made out from within a plan knows already: the agency, the plan, the people, and what the measure was about."""

from __future__ import annotations

from collections.abc import Mapping

from plumbline.apps.supervision.contract import Origin, record_origin
from plumbline.platform.filters import id_in
from plumbline.platform.identity.actor import Actor

from .models import Plan, measures_of


@record_origin("JH-")
def from_plan(actor: Actor, matter_id: str, kind: str, given: Mapping[str, str]) -> Origin | None:
    """The plan that is named, with one of its measures where one is named; None where the actor does not see it."""
    plan = Plan.objects.visible_to(actor).filter(matter_id=matter_id).first()
    if plan is None:
        return None
    picked = id_in(given.get("measure", ""))
    measure = measures_of(plan).filter(pk=picked).first() if picked else None
    subjects = [each.agency for each in plan.subjects.select_related("agency")]
    agency = measure.agency if measure else subjects[0] if len(subjects) == 1 else None
    team = "、".join(each.name for each in plan.members.filter(left_on=None))
    who = f"监督人员{team}" if team else "监督人员"
    said = [f"依照监督计划“{plan.title}”（{plan.matter_id}），{who}"]
    if measure is not None:
        place = f"在{measure.place}" if measure.place else ""
        said.append(
            f"于 {measure.taken_on} {place}对{measure.agency.name}{measure.get_kind_display()}：{measure.text}"
        )
        if measure.found:
            said.append(f"查明：{measure.found}")
    elif agency is not None:
        said.append(f"对{agency.name}开展{plan.get_kind_display()}。")
    ask = "约谈" if kind == "talk" else "当场纠正"
    whose = agency.short_name if agency else ""
    return Origin(
        title=f"关于{whose}{plan.title}的{ask}记录",
        facts="\n".join([said[0] + (said[1] if len(said) > 1 else ""), *said[2:]]),
        agency=agency.pk if agency else "",
        only=tuple(each.pk for each in subjects),
        page=plan.page,
        named=f"监督计划：{plan.title}",
        people=team,
    )
