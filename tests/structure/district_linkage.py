"""The objects of the linkage's addresses: a transfer that waits for its letter to be signed, a file, a granted look at a case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.cases.models import Case
from plumbline.apps.cases.tests.world import World, ago
from plumbline.apps.linkage import actions
from plumbline.apps.linkage.actions.opening import Particulars
from plumbline.platform import clock
from plumbline.platform.identity.models import Agency


def linkage_objects(world: World, case: Case, party: str, place: str, png: bytes) -> dict[str, Any]:
    """The street's suspected crime, told to nobody yet, and a prosecutor's request to see the same case."""
    for code, name, kind in (
        ("T-GA", "区公安分局", "public_security_organ"),
        ("T-JC", "区检察院", "procuratorate"),
    ):
        Agency.objects.create(code=code, name=name, short_name=name, kind=kind, level="district")
    prosecutor = world.person(
        "jian", "检察联络员", "", "T-JC", "联络员", ["linkage.liaise"], "other", staff="JC1"
    )
    officer, head = world.actor(world.officer), world.actor(world.head)
    linkage = actions.begin_linkage(
        actor=officer, way="crime", particulars=Particulars(case=case), data={"meets_standard": False},
        details={"crime": "非法经营罪", "threshold": "未达到", "facts": place, "party": party}, occurred_at=ago(3),
    )  # fmt: skip
    paper = actions.add_paper(
        actor=officer, linkage=linkage, title="照片", upload=SimpleUploadedFile("c.png", png)
    )
    taken = actions.take_step(
        actor=officer, linkage=linkage, step="report", occurred_at=ago(2),
        details={"officers": ["HB001", "HB002"], "report": place, "opinion": "不移送。"},
    )  # fmt: skip
    Case.objects.unscoped("测试").filter(pk=case.pk, number="").update(number="街立〔2026〕901号")
    number = Case.objects.unscoped("测试").get(pk=case.pk).number
    inquiry = actions.ask_inquiry(
        actor=world.actor(prosecutor), wanted=number, reason="监督立案。", basis="调取通知书", scope="papers",
        until=clock.today() + timedelta(days=9),
    )  # fmt: skip
    actions.decide_inquiry(actor=head, inquiry=inquiry, grant=True)
    mine, asked = {"code": linkage.code}, {"pk": inquiry.pk}
    return {
        "linkage-export": {"form": "csv"},
        "linkage-new": {"way": "clue"},
        "linkage-matter": mine,
        "linkage-step": mine | {"key": "approved"},
        "linkage-void": mine | {"event_id": taken.event_id},
        "linkage-paper-add": mine,
        "linkage-paper": mine | {"pk": paper.pk},
        "linkage-paper-withdraw": mine | {"pk": paper.pk},
        "linkage-sent-paper": mine | {"pk": 1},
        "linkage-document": mine | {"paper": "XJ2", "event_id": taken.event_id},
        "linkage-inquiry": asked,
        "linkage-inquiry-end": asked,
        "linkage-inquiry-withdraw": asked,
        "linkage-inquiry-case": asked,
        "linkage-inquiry-paper": asked | {"document": 1},
    }
