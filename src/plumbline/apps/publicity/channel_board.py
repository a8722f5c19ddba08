"""What each channel asks of one decision: its row, or why there is none, or that nothing verified makes it due."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.platform.events.log import events_of

from .channels import (
    Term,
    channels,
    duty,
    early,
    fine_class,
    never_early,
    party_channel,
    suggested_severity,
    term,
    why_not,
)
from .models import Publication
from .preparing import said_of_row

SEVERITIES = {"minor": "轻微", "general": "一般", "serious": "严重"}


@dataclass(frozen=True)
class OnChannel:
    """One line of the board."""

    channel: str
    name: str
    row: Publication | None
    why_not: str = ""
    basis: str = ""
    unverified: str = ""
    severity: str = ""
    says: str = ""
    then: str = ""
    fines: str = ""

    @property
    def may_take_up(self) -> bool:
        return self.row is None and not self.why_not


def board(publication: Publication) -> list[OnChannel]:
    """Every channel, in the order of the data."""
    rows = {row.channel: row for row in Publication.objects.filter(decision_event=publication.decision_event)}
    said = said_of_row(publication)
    withheld = publication.state == "withheld" and not publication.facts
    found = []
    for channel, about in channels().items():
        row = rows.get(channel)
        no = None if row else why_not(channel, said)
        why, basis = (no["reason"], no["basis"]) if no else ("", "")
        if row is None and not why and withheld:
            why = "本决定依法不予公示"
        elif row is None and not why and publication.act != "penalty":
            why = "这个渠道只公示行政处罚"
        elif row is None and not why and about["duties"]:
            owed = duty(channel, said, publication.decided_on)
            why = "" if owed else "不属于这个渠道应当公示的决定"
        found.append(
            OnChannel(
                channel,
                about["name"],
                row,
                why,
                basis,
                about.get("unverified", "") if row is None and not why else "",
                suggested_severity(channel, said),
                *_duty_in_words(channel, row),
                fines=_fines(channel, publication, row),
            )
        )
    return found


def _duty_in_words(channel: str, row: Publication | None) -> tuple[str, str]:
    owed = duty(channel, said_of_row(row), row.decided_on) if row else None
    return (owed.says, owed.then) if owed else ("", "")


def _fines(channel: str, publication: Publication, row: Publication | None) -> str:
    """Why the amount of the fine decides nothing here, where it would: nobody has entered what is small."""
    about = channels()[channel].get("fines")
    if about is None or "fine" not in publication.kinds or (row and row.state == "published"):
        return ""
    return (
        "" if fine_class(channel, said_of_row(publication)) else f"{about['unverified']}（{about['basis']}）"
    )


@dataclass(frozen=True)
class ToParty:
    """The party's line: told or not, in words, and whether telling was a duty. A missing fact is not a duty done."""

    words: str
    told: bool | None
    owed: bool
    basis: str


def told_party(publication: Publication) -> ToParty:
    """Whether the party was told at service that the decision will be published."""
    about = party_channel()
    owed = publication.act in about["acts"] and publication.domain in about["domains"]
    events = events_of([publication.matter_id]).get(publication.matter_id, [])
    served = [e for e in events if e.activity == "decision_served"]
    if not served:
        return ToParty("还没有送达记录", None, owed, about["basis"])
    told = served[-1].data.get("publicity_told")
    words = "没有填报是否书面告知将公示" if told is None else f"{'已' if told else '没有'}书面告知将公示"
    return ToParty(f"{served[-1].on} 送达，{words}", told, owed, about["basis"])


def term_of(publication: Publication) -> Term | None:
    """The term as it stands, for a published row or one about to be."""
    return term(
        publication.channel,
        said_of_row(publication),
        decided_on=publication.decided_on,
        published_on=publication.published_on or publication.decided_on,
        chosen=publication.term_chosen,
    )


def early_conditions(publication: Publication) -> list[str]:
    """The conditions of an early stop, where there may be one."""
    about = early(publication.channel)
    if about is None or never_early(publication.channel, publication.kinds):
        return []
    return list(about["conditions"])
