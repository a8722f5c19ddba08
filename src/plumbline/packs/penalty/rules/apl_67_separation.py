"""Who imposes the fine does not collect it (行政处罚法第六十七条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import Check, activity, choose, field

from ..conditions import SPOT_COLLECTION

RULE = Rule(
    id="APL-67-separation",
    subject=("fine_paid", "fine_collected_on_spot"),
    require=Check(
        choose(
            activity().eq("fine_paid"),
            field("channel").one_of("bank", "e_payment"),
            SPOT_COLLECTION,
        )
    ),
    breach_zh="罚缴未分离",
    duty_zh="作出罚款决定的机关应与收缴罚款的机构分离，当事人到指定银行或者通过电子支付系统缴款",
    remedy_zh="请由当事人到指定银行或者通过电子支付系统缴款。",
    examples=(
        Example(
            "银行缴款",
            "met",
            (
                filed(),
                fined("2026-03-20"),
                step("fine_paid", "2026-03-25", amount=1, channel="bank"),
            ),
            "2026-04-01",
        ),
        Example(
            "执法人员收款",
            "breached",
            (
                filed(),
                fined("2026-03-20"),
                step("fine_paid", "2026-03-25", amount=1, channel="officer"),
            ),
            "2026-04-01",
        ),
        Example(
            "没有填报渠道",
            "unknown",
            (filed(), fined("2026-03-20"), step("fine_paid", "2026-03-25", amount=1)),
            "2026-04-01",
        ),
    ),
)
