"""A transfer of the street and a dispute about it, for every address between bodies."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases.tests.world import DEPARTMENT, STREET
from plumbline.apps.coordination.models import Chain, Coordination, Dispute, Receipt
from plumbline.platform import clock
from plumbline.platform.files.store import keep


def transfer_objects(place: str, png: bytes, document_code: str) -> dict[str, Any]:
    """``place`` is a word that only those may read who may see the rows."""
    moment, kept = clock.now(), keep([png])
    chain = Chain.objects.create(origin="T-移送", title=place, hops=1)
    file = {"kind": "附件", "number": "", "name": "a.png", "sha256": kept.sha256, "size": kept.size, "content_type": "image/png"}  # fmt: skip
    told = {
        "title": place, "agency_id": STREET, "to_id": DEPARTMENT, "parties": [STREET, DEPARTMENT], "text": place,
        "sent_at": moment, "sent_label": "试", "moved_at": moment,
    }  # fmt: skip
    row = Coordination.objects.create(
        matter_id="XT-T-1", number="试移〔2026〕1号", kind="transfer", state="sent", chain=chain, hop=1, package=[file],
        package_hash="0" * 64, **told,
    )  # fmt: skip
    Receipt.objects.create(
        transfer=row, side="sender", what="sent", agency_id=STREET, number="试移〔2026〕1号", document_code=document_code,
        package_hash="0" * 64, content={"package": "0" * 64}, sha256="0" * 64, at=moment, by_label="试",
    )  # fmt: skip
    move = row.moves.create(
        what="发出", text=place, agency_code=STREET, by_label="试", at=moment, files=[file]
    )
    dispute = Coordination.objects.create(matter_id="XT-T-2", kind="dispute", state="negotiating", **told)
    Dispute.objects.create(row=dispute, transfer=row)
    mine = {"matter_id": row.matter_id}
    return {
        "transfer": mine,
        "transfer-do": mine | {"verb": "remind"},
        "transfer-file": mine | {"number": 1},
        "transfer-move-file": mine | {"pk": move.pk, "number": 1},
        "transfer-paper": mine | {"code": document_code},
        "transfer-ask": {"kind": "assistance"},
    }
