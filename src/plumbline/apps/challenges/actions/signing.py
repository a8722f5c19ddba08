"""Signing the agency's answer, defence or statement of the head's absence: numbered and frozen."""

from __future__ import annotations

from plumbline.apps.paperwork.contract import DOCUMENT_SIGNED, Document, sign_called
from plumbline.platform.actions import action
from plumbline.platform.identity.actor import Actor

from ..documents import called_for
from ..models import Challenge
from ..policies import may_sign
from ..reading import ChallengeFile


@action(
    "challenges.sign_paper",
    policy=may_sign,
    on="challenge",
    records=(DOCUMENT_SIGNED,),
    basis="行政复议法第四十八条、行政诉讼法第三条、第六十七条",
)
def sign_paper(*, actor: Actor, challenge: Challenge, event_id: str, code: str) -> Document:
    """Sign the paper ``code`` of the step that recorded ``event_id``; a step's paper is signed once."""
    return sign_called(
        actor=actor,
        called=called_for(ChallengeFile(challenge)),
        event_id=event_id,
        code=code,
        agency=challenge.agency,
        matter_id=challenge.matter_id,
        kind=challenge.route,
    )
