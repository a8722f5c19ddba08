"""What media report about enforcement, registered with its source and clipping."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from ..events import MEDIA_LEAD_REGISTERED
from ..leads import to_triage
from ..models import MediaLead
from ..policies import BASIS, may_manage
from ..recording import demand, log, new_matter, organ_of


@action("volunteers.register_media_lead", policy=may_manage, records=(MEDIA_LEAD_REGISTERED,), basis=BASIS)
def register_media_lead(
    *,
    actor: Actor,
    outlet: str,
    title: str,
    published_on: date,
    summary: str,
    url: str = "",
    concerned: Agency | None = None,
    clipping: UploadedFile[Any] | None = None,
) -> MediaLead:
    """Register a report and hand it to the triage of supervision. Its address or the clipping has to be there."""
    demand(
        {
            "outlet": (outlet, "请填写媒体名称。"),
            "title": (title, "请填写报道的标题。"),
            "summary": (summary, "请写明报道反映的情况。"),
        }
    )
    if published_on > clock.today():
        raise InputFault({"published_on": "“报道日期”在将来。请核对。"})
    if not url.strip() and clipping is None:
        raise InputFault({"url": "请填写网址，或者上传剪报、截图。两项至少有一项，以后才查得到来源。"})
    if url.strip() and MediaLead.objects.unscoped("同一报道登记一次").filter(url=url.strip()).exists():
        raise InputFault({"url": "这个网址已经登记过。请在媒体线索中查看。"})
    sha256, name = _kept(clipping) if clipping else ("", "")
    made = MediaLead.objects.create(
        matter_id=new_matter("MT"), agency=organ_of(actor), outlet=outlet.strip(), title=title.strip(),
        url=url.strip(), published_on=published_on, concerned=concerned, summary=summary.strip(),
        clipping=sha256, clipping_name=name, registered_at=clock.now(), registered_label=actor.label,
    )  # fmt: skip
    log(actor, made.matter_id, MEDIA_LEAD_REGISTERED, made.agency_id, {"clipping": sha256})
    made.lead = to_triage(
        actor=actor,
        source="media",
        ref=made.matter_id,
        url=f"/volunteers/media/{made.matter_id}",
        title=f"{made.outlet}：{made.title}",
        facts=made.summary,
        concerned=concerned.pk if concerned else "",
        on=clock.today(),
    )
    made.save(update_fields=["lead"])
    return made


def _kept(file: UploadedFile[Any]) -> tuple[str, str]:
    source = BytesIO(file.read())
    try:
        checked = check(file.name or "剪报", source.getbuffer().nbytes, source)
    except FileRefused as refused:
        raise InputFault({"clipping": str(refused)}) from None
    return keep([source.getvalue()]).sha256, checked.name
