"""Where reconsideration or a lawsuit runs, supervision does not run beside it (行政执法监督条例第三十三条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, not_, open_in_linked


def _issued(linked: bool = True) -> dict[str, object]:
    links = [{"matter": "M-2", "rel": "about"}] if linked else None
    return step(
        "supervision_letter_issued",
        "2026-06-01",
        kind="supervision_instrument",
        links=links,
        to="A-1",
        respond_by="2026-06-15",
    )


RULE = Rule(
    id="ESR-33-no-duplicate",
    subject=("supervision_letter_issued", "supervision_opinion_issued"),
    require=Check(not_(open_in_linked("about", "challenge_started", "challenge_ended", "route"))),
    gate=True,
    breach_zh="复议诉讼期间重复监督",
    duty_zh="事项已进入行政复议、行政诉讼等程序的，不重复开展行政执法监督",
    remedy_zh="请终止本次监督，等待复议、诉讼结果。",
    examples=(
        Example("没有写明针对哪一事项", "unknown", (_issued(linked=False),), "2026-07-01"),
        Example("所针对的事项不在输入中", "unknown", (_issued(),), "2026-07-01"),
    ),
)
