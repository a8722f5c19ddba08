"""Who hears of a step: the side whose turn it is next, at both ends, with a place to go."""

from __future__ import annotations

from plumbline.packs.procedures import Step
from plumbline.packs.transfer.procedures import OUTSIDE, PROCURATORATE
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from .models import CONFIDENTIAL, Linkage, Route, Stage
from .policies import LIAISON
from .reading import LinkageFile

#: Who on the administration's side answers for what happened at the other end, by route.
_OURS: dict[str, tuple[str, ...]] = {
    Route.CRIME: ("cases.handle", "cases.approve"),
    Route.REVERSE: ("supervision.reply",),
    Route.SUGGESTION: ("supervision.reply", "cases.approve"),
    Route.OPINION: ("supervision.reply",),
    Route.JUDICIAL: ("supervision.reply", "cases.approve"),
    Route.ADVICE: ("supervision.reply", "cases.approve"),
    Route.CLUE: ("cases.approve",),
    Route.FLASH: ("cases.approve",),
}
#: What the procuratorate hears of in a crime transfer: all that a decision turns on.
_WATCHED = frozenset(
    {
        "transfer_sent",
        "police_filed",
        "police_refused",
        "police_reconsidered",
        "filing_supervision_suggested",
        "police_explained",
    }
)


def tell(actor: Actor, linkage: Linkage, step: Step, file: LinkageFile) -> None:
    """Leave the notices of one step. Names stay out of them; what few may know of is not named at all."""
    title = f"{linkage.get_route_display()}：{step.label}"
    body = "" if linkage.route in CONFIDENTIAL else linkage.title
    told = set(file.opened_to)
    if step.capability in OUTSIDE:
        for capability in _OURS[linkage.route]:
            notify(
                title=title, body=body, url=linkage.page, agency_code=linkage.agency_id, capability=capability
            )
    for code in _organs(linkage, step, actor):
        if code in told:
            notify(title=title, body=body, url=linkage.page, agency_code=code, capability=LIAISON)
    if step.key == "assigned":
        notify(
            title=f"区司法局转交：{linkage}", body=linkage.title, url=linkage.page,
            agency_code=linkage.agency_id, capability="supervision.reply",
        )  # fmt: skip
    if step.activity == "transfer_report_submitted":
        notify(
            title="移送涉嫌犯罪案件的报告等待决定", body=linkage.title, url=f"{linkage.page}/steps/approved",
            agency_code=linkage.agency_id, capability="cases.approve",
        )  # fmt: skip


def tell_voided(actor: Actor, linkage: Linkage, step: Step, before: LinkageFile, after: LinkageFile) -> None:
    """Whoever was told of a step hears that it was voided; who no longer sees the matter gets no address."""
    title = f"{linkage.get_route_display()}：“{step.label}”已作废"
    body = "" if linkage.route in CONFIDENTIAL else linkage.title
    if step.capability in OUTSIDE:
        for capability in _OURS[linkage.route]:
            notify(
                title=title, body=body, url=linkage.page, agency_code=linkage.agency_id, capability=capability
            )
    open_to = set() if linkage.stage == Stage.VOID else set(after.opened_to)
    for code in _organs(linkage, step, actor):
        if code in before.opened_to:
            url = linkage.page if code in open_to else ""
            notify(title=title, body=body, url=url, agency_code=code, capability=LIAISON)


def _organs(linkage: Linkage, step: Step, actor: Actor) -> list[str]:
    """The bodies at the other end that a step concerns, without the one that took it."""
    found = [linkage.organ_id]
    if linkage.procuratorate_id and (step.activity in _WATCHED or step.capability == PROCURATORATE):
        found.append(linkage.procuratorate_id)
    return [code for code in found if code != actor.agency_code]
