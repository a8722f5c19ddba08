"""Subjects and officers: the round of 2022 that was published, one that runs now, and what has happened to certificates."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from plumbline.apps.agencies import actions as officers
from plumbline.apps.agencies.models import (
    CertificateApplication,
    ExamResult,
    OfficerCertificate,
    PublicChange,
)
from plumbline.apps.subjects import actions
from plumbline.apps.subjects.actions.reviewing import Ruling
from plumbline.apps.subjects.keeping import rest_on
from plumbline.apps.subjects.models import (
    CleanupEntry,
    CleanupRound,
    Kind,
    OfficerRow,
    Subject,
    SubjectPost,
    SubjectRow,
)
from plumbline.apps.targets.actions import add_target, change_target
from plumbline.platform import clock
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor, system_actor
from plumbline.platform.identity.models import Agency, Person

from .names import credit_code, firm, person, place

CONFIRMED, CONSENTED, PUBLISHED = date(2022, 7, 8), date(2022, 7, 22), date(2022, 8, 1)
POSTS = (
    ("现场执法岗", "A", "检查、调查取证、当场处罚"),
    ("案件办理岗", "A", "立案、告知、决定、送达和执行"),
    ("法制审核岗", "B", "重大执法决定法制审核"),
)
STREET_BASIS = ({"law": "行政处罚法", "article": "第二十四条", "level": "law"},)
ORGAN_BASIS = ({"law": "行政处罚法", "article": "第十七条", "level": "law"},)
SHOPS = ("渣土运输", "重点监管", "餐饮油烟", "安全生产")


def prepare_subjects() -> None:
    """The published round of 2022, as its rows were left; the events of that time are before the rules in force."""
    cleanup = CleanupRound.objects.create(
        title="2022 年行政执法主体和人员清理", basis="新政办[2022]14号 二(二)2",
        asks="对主体类别、执法依据、执法范围、执法岗位和人员资格全面清理。", opened_on=date(2022, 6, 10),
        due_on=date(2022, 6, 24), opened_label="刘清源", confirmed_on=CONFIRMED, submitted_on=date(2022, 7, 11),
        submitted_number="新司文〔2022〕19号（演示）", consented_on=CONSENTED,
        consent_number="新政函〔2022〕31号（演示）", published_on=PUBLISHED,
    )  # fmt: skip
    done = datetime.combine(date(2022, 7, 1), time(16, 0), clock.CHINA)
    for agency in Agency.objects.filter(enforces=True).order_by("code"):
        entry = CleanupEntry.objects.create(
            round=cleanup, agency=agency, submitted_at=done - timedelta(days=8), submitted_label="综合岗1",
            first_submitted_on=date(2022, 6, 23), reviewed_at=done,
        )  # fmt: skip
        _one(cleanup, entry, agency, done)
    record(
        actor=system_actor("demo"), matter=cleanup.matter_id, kind="qualification", activity="subjects_published",
        agency="AG-XZ-SFJ", occurred_at=PUBLISHED, data={"subjects": cleanup.subjects.count()},
    )  # fmt: skip


def _one(cleanup: CleanupRound, entry: CleanupEntry, agency: Agency, done: datetime) -> None:
    head = Person.objects.filter(staff_number=f"HD-{agency.code}").first()
    street = agency.level == "street"
    said: dict[str, Any] = {
        "code": agency.code, "kind": Kind.STREET if street else Kind.ORGAN, "name": agency.name,
        "scope": "省政府决定下放并承接的城市管理等领域行政处罚事项" if street else "本机关权责清单所列的行政执法事项",
        "area": f"{agency.short_name}辖区" if street else "新洲区行政区域",
        "responsible": head.display_name if head else "", "phone": f"027-8935{sum(map(ord, agency.code)) % 9000 + 1000}",
    }  # fmt: skip
    bases = STREET_BASIS if street else ORGAN_BASIS
    posts = [{"title": title, "post_class": kind, "duty": duty} for title, kind, duty in POSTS]
    ruled = {"decision": "passed", "decided_at": done, "decided_label": "刘清源"}
    SubjectRow.objects.create(entry=entry, bases=list(bases), posts=posts, **said, **ruled)
    subject = Subject.objects.create(
        agency=agency, confirmed_on=CONFIRMED, consented_on=CONSENTED, consent_number=cleanup.consent_number,
        published_on=PUBLISHED, round=cleanup, **said,
    )  # fmt: skip
    rest_on(subject, bases)
    numbers = list(OfficerCertificate.objects.filter(agency=agency).order_by("number"))
    holding = {"现场执法岗": numbers[:3], "案件办理岗": numbers[3:5], "法制审核岗": numbers[5:]}
    for title, kind, duty in POSTS:
        mine = [row.number for row in holding[title]]
        SubjectPost.objects.create(subject=subject, title=title, post_class=kind, duty=duty, officers=mine)
        for row in holding[title]:
            OfficerRow.objects.create(entry=entry, certificate=row, post=title, **ruled)


def tell_subjects(rng: random.Random) -> None:
    """The round of this year, half way; certificates suspended, ended, moved and new; firms of the register."""
    liu = Actor.of(Person.objects.get(login_name="liu"), on=clock.today())
    _running(liu)
    _certificates(liu)
    _newcomers(liu)
    _firms(rng, liu)


def _running(liu: Actor) -> None:
    today = clock.today()
    wanted = ["AG-ST-001", "AG-ST-002", "AG-ST-003", "AG-FQ-02", "AG-FQ-06", "AG-XZ-SCJG"]
    codes = list(Agency.objects.filter(code__in=wanted, enforces=True).values_list("code", flat=True))
    cleanup = actions.open_round(
        actor=liu, title=f"{today.year} 年行政执法主体和人员清理", basis="行政执法监督条例第十七条",
        asks="核对主体依据是否现行有效，岗位与证件人员逐一对应。", due_on=today + timedelta(days=10), agencies=codes,
    )  # fmt: skip
    entries = {
        entry.agency_id: entry
        for entry in CleanupEntry.objects.unscoped("演示数据")
        .filter(round=cleanup)
        .select_related("agency", "round")
    }
    # The second street has not handed in; the first agency's part is done, the next came back, the third waits.
    handed = [code for code in codes if code != "AG-ST-003"]
    keepers = {code: _keeper(code) for code in handed}
    for code in handed:
        if code != "AG-ST-002":
            actions.submit_entry(actor=keepers[code], entry=entries[code])
    for number, code in enumerate(each for each in handed if each != "AG-ST-002"):
        entry = (
            CleanupEntry.objects.unscoped("演示数据")
            .select_related("round", "agency")
            .get(pk=entries[code].pk)
        )
        if number == 0:
            actions.decide_rows(actor=liu, entry=entry, rulings={}, rest="passed")
            actions.finish_review(actor=liu, entry=entry)
        elif number == 1:
            row = entry.officer_rows.order_by("pk")[0]
            rulings = {f"o{row.pk}": Ruling("returned", "证件领域与岗位职责不一致，请核对后重新选择岗位。")}
            actions.decide_rows(actor=liu, entry=entry, rulings=rulings, rest="passed")
            actions.finish_review(actor=liu, entry=entry)
    CleanupRound.objects.filter(pk=cleanup.pk).update(
        opened_on=today - timedelta(days=24), due_on=today - timedelta(days=3)
    )
    CleanupEntry.objects.unscoped("演示数据").filter(round=cleanup).exclude(first_submitted_on=None).update(
        first_submitted_on=today - timedelta(days=5)
    )
    late = (
        CleanupEntry.objects.unscoped("演示数据")
        .select_related("round", "agency")
        .get(pk=entries["AG-ST-003"].pk)
    )
    actions.remind_agency(actor=liu, entry=late)


def _keeper(code: str) -> Actor:
    return Actor.of(Person.objects.get(staff_number=f"LX1-{code}"), on=clock.today())


def _certificates(liu: Actor) -> None:
    # Of agencies without cases in the demonstration: nothing that is judged already becomes another verdict.
    today = clock.today()

    def of(agency: str, n: int) -> OfficerCertificate:
        return OfficerCertificate.objects.filter(agency_id=agency, ended_as="").order_by("number")[n]

    office = _keeper("AG-FQ-08")
    officers.suspend_certificate(
        actor=office, certificate=of("AG-FQ-08", 5), from_on=today - timedelta(days=9), to_on=None,
        reason="年度考核不合格，离岗培训",
    )  # fmt: skip
    officers.revoke_certificate(
        actor=_keeper("AG-FQ-10"), certificate=of("AG-FQ-10", 5), on=today - timedelta(days=6), reason="到龄退休",
    )  # fmt: skip
    officers.move_officer(
        actor=liu, certificate=of("AG-FQ-05", 5), to=Agency.objects.get(code="AG-FQ-04"), on=today - timedelta(days=12),
        reason="机构间轮岗交流",
    )  # fmt: skip
    old = of("AG-FQ-09", 5)
    old.valid_to = today - timedelta(days=15)
    old.save(update_fields=["valid_to"])


def _newcomers(liu: Actor) -> None:
    """An examination; one certificate issued and published, one issued and waiting, one applied for."""
    today = clock.today()
    held = today - timedelta(days=70)
    names = (("AG-ST-002", "秦雨桐"), ("AG-ST-002", "万志鹏"), ("AG-FQ-07", "陆思远"), ("AG-FQ-07", "龚怡俊"))
    officers.hold_exam(
        actor=liu, title=f"{held.year} 年行政执法人员资格考试", held_on=held, organiser="省司法厅组织（演示）",
        scores=[
            officers.Score(code, name, f"KS-{n:03d}", 905 - 117 * n, n < 3) for n, (code, name) in enumerate(names)
        ],
    )  # fmt: skip
    for n, issued in ((0, 12), (2, 44), (1, 0)):
        result = ExamResult.objects.unscoped("演示数据").get(staff_number=f"KS-{n:03d}")
        officers.apply_for_certificate(
            actor=_keeper(result.agency_id), agency_code=result.agency_id, result=result, field="城市管理综合执法"
            if n < 2 else "应急管理", area="武汉市新洲区",
        )  # fmt: skip
        if not issued:
            continue
        day = today - timedelta(days=issued)
        application = CertificateApplication.objects.unscoped("演示数据").get(result=result)
        officers.issue_certificate(
            actor=liu, application=application,
            certificate=officers.NewCertificate(f"HB17NEW{n:02d}", day, day, None),
        )  # fmt: skip
    OfficerCertificate.objects.filter(number__startswith="HB17NEW").update(fictitious=True)
    officers.publish_change(actor=liu, change=PublicChange.objects.get(about="HB17NEW00"))


def _firms(rng: random.Random, liu: Actor) -> None:
    """Firms, traders and two rows that may be one."""
    streets = list(Agency.objects.filter(level="street", enforces=True).order_by("code"))
    actor = _keeper("AG-ST-002")
    made = []
    for n in range(40):
        street = rng.choice(streets)
        trader = n % 4 == 3
        name = firm(rng)
        made.append(
            add_target(
                actor=actor,
                values={
                    "kind": "trader" if trader else "legal_person", "credit_code": credit_code(rng),
                    "name": f"新洲区{name[2:6]}餐饮店" if trader else name, "trade": "餐饮" if trader else "建筑和运输",
                    "address": f"{place(rng, street.short_name)} {rng.randint(2, 260)} 号", "legal_representative": person(rng),
                    "division_code": street.division_code, "life": "active",
                    "tags": sorted(rng.sample(SHOPS, rng.randint(0, 2))),
                },
                reason="登记机关数据", on=date(2025, 6, 1) + timedelta(days=n),
            )
        )  # fmt: skip
    change_target(
        actor=actor, target=made[0], values={"address": f"{made[0].address}之二"}, reason="迁址登记"
    )
    gone = {"life": "deregistered", "life_on": clock.today() - timedelta(days=60)}
    change_target(actor=actor, target=made[1], values=gone, reason="登记机关注销公告")
    twin = {
        "kind": "legal_person", "credit_code": credit_code(rng), "name": made[2].name.replace("有限公司", "有限责任公司"),
        "trade": made[2].trade, "address": made[2].address, "legal_representative": made[2].legal_representative,
        "division_code": made[2].division_code, "life": "active", "tags": [],
    }  # fmt: skip
    add_target(actor=actor, values=twin, reason="换发代码后重复登记（演示）")
