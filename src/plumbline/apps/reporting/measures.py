"""Every measure once: what it means, its unit, the counting rules, where it comes from. Figures and lists share it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

PENALTIES = (
    "警告", "通报批评", "罚款", "没收违法所得、没收非法财物", "暂扣许可证件", "降低资质等级", "限制开展生产经营活动",
    "责令停产停业", "责令关闭、限制从业", "吊销许可证件", "行政拘留", "其他行政处罚",
)  # fmt: skip
CODES = tuple(f"P{number:02d}" for number in range(1, 13))


@dataclass(frozen=True)
class Measure:
    """``facts`` are the measures of the facts it counts; ``money`` adds up their amounts in fen instead.

    ``yearly``: counted once a year, so that its months are not compared with each other.
    """

    key: str
    label: str
    unit: str
    definition: str
    group: str
    facts: tuple[str, ...] = ()
    money: bool = False
    rules: tuple[str, ...] = ()
    source: str = "案件事件"
    yearly: bool = False

    @property
    def counted(self) -> tuple[str, ...]:
        return self.facts or (self.key,)


_EVERY_PENALTY = tuple(f"penalty.{code}" for code in CODES)


def _all() -> Iterator[Measure]:
    group = "行政处罚"
    yield Measure(
        "penalty", "行政处罚决定", "宗", "给予行政处罚的决定，一个决定计一宗，按作出决定之日", group, _EVERY_PENALTY, rules=("R3", "R4", "R6"),
    )  # fmt: skip
    yield Measure(
        "penalty.money", "罚没金额", "元", "给予行政处罚的决定载明的罚款和没收金额之和，按作出决定之日，不是入库金额", group,
        _EVERY_PENALTY, money=True, rules=("R4", "R6"),
    )  # fmt: skip
    for code, name in zip(CODES, PENALTIES, strict=True):
        yield Measure(
            f"penalty.{code}", name, "宗", f"最重的一种是“{name}”的处罚决定，按作出决定之日", group, rules=("R3", "R4", "R6")
        )  # fmt: skip
    yield Measure(
        "decision.summary", "当场作出的处罚决定", "宗", "适用简易程序的处罚决定", group, rules=("R4",)
    )
    yield Measure(
        "decision.no_penalty", "不予行政处罚决定", "宗", "决定不予行政处罚的案件", group, rules=("R4",)
    )
    group = "职责履行"
    yield Measure("case.filed", "立案", "件", "登记了立案的案件，按立案日", group)
    yield Measure("case.not_filed", "不予立案", "件", "核查以后决定不予立案的线索，按决定日", group)
    yield Measure("case.closed", "结案", "件", "登记了结案的案件，按结案日", group)
    yield Measure(
        "inspection.done", "行政检查", "次", "对一个检查对象形成完整记录的检查，转入处罚的不计，按检查结束之日", group, rules=("R1", "R2"),
        source="检查事件",
    )  # fmt: skip
    yield Measure(
        "publicity.published",
        "处罚决定公示",
        "件",
        "在政府网站或者执法公示平台公开的处罚决定，按公开日",
        group,
    )
    group = "程序"
    yield Measure("review.passed", "法制审核通过", "次", "出具通过的法制审核意见，按出具日", group)
    yield Measure(
        "review.returned", "法制审核退回", "次", "法制审核提出问题退回，退回几次计几次，按退回日", group
    )
    yield Measure("discussion.recorded", "集体讨论", "次", "负责人集体讨论并作了记录，按讨论日", group)
    yield Measure(
        "statement.adopted",
        "采纳陈述申辩",
        "次",
        "复核以后采纳的陈述、申辩，部分采纳的也计入，按复核日",
        group,
    )
    yield Measure("hearing.held", "听证", "场", "举行的听证，按举行日", group)
    yield Measure("transfer.sent", "移送公安机关", "件", "涉嫌犯罪移送公安机关，按移送日", group)
    group = "裁量"
    for key, name in (
        ("lighter", "从轻处罚"),
        ("mitigated", "减轻处罚"),
        ("heavier", "从重处罚"),
        ("exempted", "免予处罚"),
    ):
        yield Measure(f"leniency.{key}", name, "宗", f"决定中载明{name}情形的处罚决定", group, rules=("R4",))
    group = "决定执行"
    yield Measure("decision.served", "决定书送达", "次", "登记了送达的处罚决定，按送达日", group)
    yield Measure("fine.paid", "缴纳罚款", "笔", "登记的缴纳和当场收缴，按缴纳日", group)
    yield Measure(
        "fine.money",
        "缴纳金额",
        "元",
        "登记的缴纳和当场收缴金额之和，按缴纳日",
        group,
        ("fine.paid",),
        money=True,
    )
    yield Measure("execution.demanded", "催告", "次", "送达催告书，按送达日", group)
    yield Measure("execution.court", "申请法院强制执行", "宗", "向法院提出强制执行申请，按申请日", group)
    group = "行政强制"
    for key, name, definition in (
        ("measure.sealed", "查封场所、设施或者财物", "采取查封措施，按采取之日"),
        ("measure.seized", "扣押财物", "采取扣押措施，按采取之日"),
        ("measure.frozen", "冻结存款、汇款", "采取冻结措施，按采取之日"),
        ("measure.other", "其他强制措施", "查封、扣押、冻结以外的强制措施，按采取之日"),
        ("execution.surcharge", "加处罚款或者滞纳金", "开始加处，按开始之日"),
        ("execution.transfer", "划拨存款、汇款", "执行标的为金钱给付的强制执行决定，按决定日"),
        ("execution.goods", "拍卖或者依法处理", "执行标的为物品的强制执行决定，按决定日"),
        (
            "execution.structure",
            "排除妨碍、恢复原状",
            "执行标的为建筑物、构筑物、设施的强制执行决定，按决定日",
        ),
        ("execution.substitute", "代履行", "实施了代履行，按实施之日"),
        ("execution.other", "其他强制执行", "执行标的为行为或者没有写明的强制执行决定，按决定日"),
    ):
        yield Measure(key, name, "宗", definition, group, rules=("R4", "R6"))
    group = "复议诉讼"
    for key, name, definition in (
        ("challenge.reconsideration", "复议案件", "被申请复议并受理的案件，按受理日"),
        ("challenge.reconsideration_ended", "复议审结", "复议终结的案件，按终结日"),
        ("challenge.reconsideration_lost", "复议撤销、变更、确认违法", "复议结果为撤销、变更、确认违法或者无效，按终结日"),
        ("challenge.litigation", "诉讼案件", "被提起诉讼并受理的案件，按受理日"),
        ("challenge.litigation_ended", "诉讼审结", "诉讼终结的案件，按终结日"),
        ("challenge.litigation_lost", "败诉", "裁判结果为撤销、变更、确认违法或者无效，按终结日"),
    ):  # fmt: skip
        yield Measure(key, name, "件", definition, group)
    group = "行政执法监督"
    for key, name in (
        ("supervision.letter", "督办函"),
        ("supervision.opinion", "监督意见书"),
        ("supervision.decision", "监督决定书"),
    ):
        yield Measure(key, name, "份", f"收到的{name}，按制发日，计收文单位", group, source="监督事件")
    yield Measure(
        "supervision.corrected", "按期报送整改", "份", "在文书载明的期限内报送纠正情况的文书，计收文单位", group, source="监督事件",
    )  # fmt: skip
    yield Measure(
        "certificate.valid", "持证人数", "人", "年末有效的行政执法证件，当年为截至统计之日；每年计一次，列在该年一月", "执法人员", source="执法人员名册",
        yearly=True,
    )  # fmt: skip
    group = "政府信息公开"
    for key, name, unit, definition in (
        ("published", "主动公开政府信息", "条", "登记为公开的政府信息，按公开日"),
        ("received", "收到公开申请", "件", "收到的政府信息公开申请，按收到日"),
        ("replied", "答复公开申请", "件", "答复的政府信息公开申请，按答复日"),
    ):
        yield Measure(f"disclosure.{key}", name, unit, definition, group, source="政府信息公开事件")


@cache
def measures() -> dict[str, Measure]:
    return {each.key: each for each in _all()}
