"""Circumstances of the benchmarks, 包容审慎 lists, and calculations in cases at hand. All examples, no agency's own text."""

from __future__ import annotations

from datetime import date

from plumbline.apps.cases.models import Case, Stage
from plumbline.apps.discretion.actions import Choice, Stated, keep_calculation, proposal_for
from plumbline.apps.discretion.gathering import ground_of
from plumbline.apps.discretion.models import LeniencyEntry, ListKind
from plumbline.apps.powers.models import Benchmark
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person

SOURCE = "示例清单，不是任何机关公布的文件"
SINCE = date(2024, 1, 1)
WASTE = (
    ("不足十立方米，当日清运", "初次被查处，没有污染路面"),
    ("十立方米以上不足五十立方米", "污染路面不足一百平方米"),
    ("五十立方米以上", "一年内第二次被查处", "拒不清运"),
)
USUAL = (
    ("涉及范围小，及时补正", "没有实际影响"),
    ("涉及范围较大，责令后改正", "有一般影响"),
    ("责令后逾期不改", "一年内第二次被查处", "有较重影响"),
)
ENTRIES = (
    (
        "CG-102", "AG-FQ-02", ListKind.FIRST_EXEMPT, "首次少量遗撒", "行政处罚法第三十三条第一款",
        ("一年内没有同类记录", "遗撒面积不足五平方米", "发现后当场清理干净"),
    ),
    (
        "CG-103", "AG-FQ-02", ListKind.LIGHTER, "已经申请核准、等待期间先行处置", "行政处罚法第三十二条",
        ("查处前已经提交核准申请", "运往合法消纳场所"),
    ),
    (
        "SJ-301", "AG-XZ-SCJG", ListKind.MINOR_EXEMPT, "查验记录缺项，能够追溯来源", "行政处罚法第三十三条第一款",
        ("能够提供供货者信息", "三日内补齐记录", "没有不合格食品"),
    ),
    (
        "SJ-302", "AG-XZ-SCJG", ListKind.MITIGATED, "主动停止提供场所并协助查处", "行政处罚法第三十二条",
        ("查处前主动停止", "提供经营者线索"),
    ),
)  # fmt: skip


def prepare_discretion() -> None:
    """Name the circumstances of each step and publish the example lists."""
    for row in Benchmark.objects.all():
        texts = WASTE if row.item.startswith("CG-") else USUAL
        row.steps = [
            {**step, "circumstances": list(found)} for step, found in zip(row.steps, texts, strict=True)
        ]
        row.save(update_fields=["steps"])
    LeniencyEntry.objects.bulk_create(
        LeniencyEntry(
            number=f"Q-{item}", kind=kind, maker_id=maker, item=item, title=title, basis=basis,
            conditions=list(conditions), source=SOURCE, valid_from=SINCE, illustrative=True,
        )
        for item, maker, kind, title, basis, conditions in ENTRIES
    )  # fmt: skip


def tell_discretion(most: int = 4) -> None:
    """Officers have reckoned in a few of their cases: by the benchmark, lighter, and once away from it."""
    actor = Actor.of(Person.objects.get(login_name="zhou"), on=clock.today())
    rows = Case.objects.unscoped("演示数据").filter(agency_id=actor.agency_code, stage=Stage.FILED)
    told = 0
    for case in rows.select_related("agency", "party").order_by("-opened_on", "pk")[:30]:
        if told == most:
            return
        told += _reckoned(actor, case, told)


def _reckoned(actor: Actor, case: Case, number: int) -> bool:
    ground = ground_of(case)
    if not ground.usable_steps or ground.power is None:
        return False
    code = str(ground.usable_steps[min(number % 3, len(ground.usable_steps) - 1)]["code"])
    stated = Stated(
        circumstances=frozenset({f"{code}:0"}),
        minor=False,
        corrected=True,
        harm="slight",
        first=False,
        grounds=frozenset({"reduced_harm"}) if number == 1 else frozenset(),
    )
    proposal = proposal_for(ground, stated)
    if proposal.fine is None:
        return False
    fine, reasons = proposal.fine, ""
    if number == 2 and proposal.step_low is not None:
        fine, reasons = (
            max(proposal.low or 0, proposal.step_low - 100_000),
            "当事人已经停产整改，按该档处罚明显过重。",
        )
    choice = Choice(outcome="penalty", kinds=("fine",), step=proposal.step, fine=fine, reasons=reasons)
    try:
        keep_calculation(actor=actor, case=case, stated=stated, choice=choice)
    except (InputFault, Refusal):
        return False
    return True
