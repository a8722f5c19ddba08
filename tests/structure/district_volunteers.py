"""A volunteer of the street's, an application, an activity with an invitation, a record with a photo, a lead of the media."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from plumbline.apps.cases.tests.world import STREET
from plumbline.apps.inspections.contract import Inspection
from plumbline.apps.volunteers.models import (
    Activity,
    Application,
    Invitation,
    MediaLead,
    Recruitment,
    Visit,
    Volunteer,
)
from plumbline.platform import clock
from plumbline.platform.files.store import keep
from plumbline.platform.identity.models import Person


def volunteer_objects(place: str, person: Person, png: bytes) -> dict[str, Any]:
    now, today = clock.now(), clock.today()
    term = {"from_on": today, "to_on": today + timedelta(days=300)}
    notice = Recruitment.objects.create(
        agency_id=STREET,
        title="招募",
        text="条件",
        wanted=3,
        opens_on=today,
        closes_on=today,
        published_at=now,
    )
    application = Application.objects.create(
        matter_id="YWBM-1", code_hash="2" * 64, agency_id=STREET, recruitment=notice, name="报名人", phone="1",
        about=place, received_at=now,
    )  # fmt: skip
    volunteer = Volunteer.objects.create(
        matter_id="YWJD-1",
        agency_id=STREET,
        name="监督员",
        number="试义监聘〔2026〕1号",
        paper=0,
        person=person,
        **term,
    )
    activity = Activity.objects.create(
        agency_id=STREET, kind="round", title="巡查", concerned_id=STREET, starts_at=now, place="街道", wanted=1,
        made_at=now,
    )  # fmt: skip
    invitation = Invitation.objects.create(
        activity=activity, volunteer=volunteer, turn=1, state="accepted", sent_at=now
    )
    sha256 = keep([png]).sha256
    Visit.objects.create(
        matter_id="YWJL-1", agency_id=STREET, volunteer=volunteer, kind="round", concerned_id=STREET,
        visited_on=today, observation=True, text=place, photo=sha256, recorded_at=now,
    )  # fmt: skip
    MediaLead.objects.create(
        matter_id="MT-1", agency_id=STREET, outlet="某报", title="报道", published_on=today, summary=place,
        clipping=sha256, clipping_name="剪报.png", registered_at=now,
    )  # fmt: skip
    inspected = Inspection.objects.unscoped("测试").filter(agency_id=STREET).first()
    assert inspected is not None
    visit, media = {"matter_id": "YWJL-1"}, {"matter_id": "MT-1"}
    return {
        "volunteer-apply": {"pk": notice.pk},
        "volunteer-application": {"matter_id": application.matter_id},
        "volunteer": {"pk": volunteer.pk},
        "volunteer-activity": {"pk": activity.pk},
        "volunteer-visit": visit,
        "volunteer-visit-photo": visit,
        "volunteering-photo": visit,
        "volunteering-invitation": {"pk": invitation.pk},
        "volunteering-record": {"pk": invitation.pk},
        "media-lead": media,
        "media-clipping": media,
        "rating-slip": {"matter_id": inspected.matter_id},
    }
