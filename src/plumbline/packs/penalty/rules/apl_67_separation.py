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
        Example(
            "处罚法修订施行前一日缴款",
            "not_applicable",
            (filed("2021-06-01"), step("fine_paid", "2021-07-14", amount=1, channel="officer")),
            "2021-09-01",
        ),
        *(
            Example(
                f"当场收缴小额罚款，{zh}",
                verdict,
                (
                    filed(),
                    fined("2026-03-20", fen, procedure="summary"),
                    step("fine_collected_on_spot", "2026-03-20", amount=fen, ground="small_fine"),
                ),
                "2026-04-01",
            )
            for zh, fen, verdict in (("一百元", 10_000, "met"), ("一百元零一分", 10_001, "breached"))
        ),
    ),
)
