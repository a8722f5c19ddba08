"""The district's lists and what has happened to them: versions, one returned, one waiting, a conflict, agencies behind. Examples."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from plumbline.apps.powers.models import (
    Boundary,
    GuideItem,
    LegalReviewEntry,
    PowerItem,
    PowerTransfer,
    SupervisionDuty,
)
from plumbline.apps.registers import actions
from plumbline.apps.registers.models import Revision
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person
from plumbline.vocabulary import load_vocabulary

SINCE = date(2022, 7, 1)
DECISION, DECIDED_ON = "省人民政府关于赋予街道行政执法权的决定（示例）", date(2021, 3, 3)
PENALTY_LAW = [{"law": "行政处罚法", "article": "第五十八条"}]
NO_DUTIES = ("AG-FQ-09", "AG-ST-011")  # have not yet drawn up their list of supervision duties
NO_BASIS = "AG-FQ-09"
OFFERED = "ZJ-202"  # on the guide, taken over by no street yet
DUTIES = (
    (
        "XD-01", "组织本单位行政执法案卷评查", "第七十五条", "每半年抽查一次，形成评查报告", "法制审核岗",
        "发现的问题逐项列出，督促承办机构限期改正",
    ),
    (
        "XD-02", "办理区司法局的督办函和监督意见", "第七十五条", "收到当日转承办机构，按期书面答复", "综合岗",
        "逾期的说明原因，整改证据随答复报送",
    ),
    (
        "XD-03", "统一本单位行政处罚裁量", "第三十四条", "裁量基准每年核对一次，依据变动及时修订", "法制审核岗",
        "同类案件差异较大的，提出说明或调整建议",
    ),
)  # fmt: skip
EXTRA = (
    # Two lists have one item: a conflict on the map. And one that has left its list without a successor: a gap.
    ("SW-601", "AG-FQ-04", "向河道、沟渠倾倒垃圾", "other", "河道管理条例", "第四十四条", None),
    (
        "SW-601",
        "AG-FQ-02",
        "向河道、沟渠倾倒垃圾",
        "housing_construction",
        "河道管理条例",
        "第四十四条",
        None,
    ),
    (
        "ZG-502",
        "AG-FQ-01",
        "临时建筑逾期不拆除",
        "natural_resources",
        "城乡规划法",
        "第六十六条",
        date(2026, 6, 30),
    ),
)


def prepare_lists() -> None:
    """The lists as they stood when the platform came into use."""
    for item, agency, violation, domain, law, article, until in EXTRA:
        level = "law" if law.endswith("法") else "administrative_regulation"
        PowerItem.objects.create(
            item=item, agency_id=agency, violation=violation, domain=domain, kinds=["warning"],
            basis=[{"law": law, "article": article, "level": level}], valid_from=date(2018, 1, 1), valid_to=until,
            illustrative=True,
        )  # fmt: skip
    LegalReviewEntry.objects.update(title="罚没二万元以上的处罚决定")
    LegalReviewEntry.objects.exclude(agency_id=NO_BASIS).update(basis=PENALTY_LAW)
    for agency, fine in (("AG-FQ-02", 5_000_000), ("AG-ST-005", 3_000_000)):
        LegalReviewEntry.objects.create(
            agency_id=agency, title="未经核准处置建筑垃圾的较大数额罚款", item="CG-103", fine_from=fine,
            basis=PENALTY_LAW, materials=["调查终结报告", "拟作出的决定", "证据目录"], focus="数量的证据、裁量是否符合基准",
            valid_from=SINCE,
        )  # fmt: skip
    granted = dict(
        PowerTransfer.objects.order_by("power__item").values_list("power__item", "power__agency_id")
    )
    for item, granting in (granted | {OFFERED: "AG-FQ-06"}).items():
        GuideItem.objects.create(
            item=item, granting_id=granting, decision=DECISION, published_on=DECIDED_ON,
            guidance="每季度组织一次业务培训，办理疑难案件时派员指导", oversight="日常监管由赋权机关负责，发现违法线索移送街道、镇",
            valid_from=DECIDED_ON,
        )  # fmt: skip
        if item == "CG-105":
            continue
        Boundary.objects.create(
            item=item, granting_id=granting, granting_does="行政许可、日常监管、技术鉴定，跨街道、镇的案件",
            street_does="辖区巡查、立案、调查、处罚和执行",
            hand_over="需要吊销许可证件，或者涉嫌犯罪的，三日内移送", basis=[{"law": "行政处罚法", "article": "第二十四条"}],
            valid_from=SINCE,
        )  # fmt: skip
    SupervisionDuty.objects.bulk_create(
        SupervisionDuty(
            agency=agency, code=code, duty=duty, basis=[{"law": "行政处罚法", "article": article}], way=way, post=post,
            responsibility=responsibility, valid_from=SINCE,
        )
        for agency in Agency.objects.filter(enforces=True).exclude(code__in=NO_DUTIES).order_by("code")
        for code, duty, article, way, post, responsibility in DUTIES
    )  # fmt: skip


def _actor(login: str) -> Actor:
    return Actor.of(Person.objects.get(login_name=login), on=clock.today())


def _begin(login: str, register: str, agency: str, reason: str) -> tuple[Actor, Revision]:
    actor = _actor(login)
    return actor, actions.start_revision(actor=actor, register=register, agency=agency, reason=reason)


def _publish(actor: Actor, revision: Revision, on: date, *, back: int = 0) -> None:
    """Submitted, approved and published; ``back`` puts all of it so many days into the past."""
    actions.submit_revision(actor=actor, revision=revision, effective_on=on)
    actions.approve_revision(actor=_actor("liu"), revision=revision, opinion="依据现行有效，幅度与条文一致。")
    actions.publish_revision(actor=_actor("liu"), revision=revision)
    if back:
        at = datetime.combine(on - timedelta(days=3), time(10, 20), tzinfo=clock.CHINA)
        Revision.objects.unscoped("演示数据").filter(pk=revision.pk).update(
            drafted_at=at - timedelta(days=12), submitted_at=at - timedelta(days=6), published_at=at
        )
        for days, note in enumerate(revision.notes.all()):
            note.at = at - timedelta(days=max(12 - 4 * days, 0)) + timedelta(minutes=days)
            note.save(update_fields=["at"])


def _item(**more: str) -> Mapping[str, str]:
    words = load_vocabulary().enums
    return {
        "item": "CG-106", "violation": "占道堆放建筑垃圾", "domain": "housing_construction",
        "basis": "《城市建筑垃圾管理规定》第二十二条（部门规章）", "kinds": "警告、罚款",
        "ranges": f"{words['range_party']['organization']} 5000 至 30000",
    } | more  # fmt: skip


def tell_lists() -> None:
    """Two versions of one list, a takeover sent back and one that waits, a catalogue that 区司法局 has to settle."""
    organisation = load_vocabulary().enums["range_party"]["organization"]
    actor, first = _begin("fq-02-office", "power-items", "AG-FQ-02", "日常巡查中多发，纳入清单管理。")
    actions.change_row(actor=actor, revision=first, key="", texts=_item())
    _publish(actor, first, clock.today() - timedelta(days=420), back=420)
    actor, second = _begin(
        "fq-02-office", "power-items", "AG-FQ-02", "幅度与上位规定核对后更正，限期清理的情形写明。"
    )
    actions.change_row(
        actor=actor, revision=second, key="CG-106",
        texts=_item(violation="占用道路堆放建筑垃圾，责令后仍不清理", ranges=f"{organisation} 5000 至 50000"),
    )  # fmt: skip
    _publish(actor, second, clock.today())
    texts = {"item": OFFERED, "granting": "AG-FQ-06", "decision_published_on": DECIDED_ON.isoformat()}
    actor, returned = _begin("gong", "takeovers", "AG-ST-002", "燃气安全隐患多发，拟承接该项处罚。")
    actions.change_row(actor=actor, revision=returned, key="", texts=texts)
    actions.submit_revision(actor=actor, revision=returned, effective_on=clock.today() + timedelta(days=30))
    actions.return_revision(
        actor=_actor("liu"), revision=returned,
        reason="承接前应当有取得燃气执法培训合格的人员。请补充人员名单和培训安排，并与区住建部门确认后再送审。",
    )  # fmt: skip
    actor, waiting = _begin("st-001-office", "takeovers", "AG-ST-001", "已完成燃气执法培训，确认承接。")
    actions.change_row(actor=actor, revision=waiting, key="", texts=texts)
    actions.submit_revision(actor=actor, revision=waiting, effective_on=clock.today() + timedelta(days=15))
    actions.comment_on(actor=actor, revision=waiting, text="区住建部门已书面同意，培训合格人员四名。")
