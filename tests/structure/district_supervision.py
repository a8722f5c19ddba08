"""A lead about the street, as somebody told it."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases.tests.world import STREET
from plumbline.apps.supervision.contract import take_in_lead
from plumbline.apps.supervision.tests.scene import Scene
from plumbline.platform.identity.actor import system_actor


def supervision_objects(place: str, scene: Scene) -> dict[str, Any]:
    lead = take_in_lead(
        actor=system_actor("test"), source="media", title=place, facts=place, concerned=STREET
    )
    return {"lead": {"matter_id": lead.matter_id}}
