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


def _sued() -> dict[str, object]:
    """The matter that the letter is about, brought before a court."""
    return {"matter": "M-2", **step("challenge_started", "2026-05-06", kind="penalty", route="litigation")}


def _ended(on: str) -> dict[str, object]:
    return {
        "matter": "M-2",
        **step("challenge_ended", on, kind="penalty", route="litigation", outcome="upheld"),
    }


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
        Example("被诉期间发出督办函", "breached", (_sued(), _issued()), "2026-07-01", subject="e2"),
        Example(
            "诉讼已经终结", "met", (_sued(), _ended("2026-05-31"), _issued()), "2026-07-01", subject="e3"
        ),
        Example(
            "发函次日诉讼才终结",
            "breached",
            (_sued(), _issued(), _ended("2026-06-02")),
            "2026-07-01",
            subject="e2",
        ),
        Example(
            "条例施行前一日督办",
            "not_applicable",
            (
                step(
                    "supervision_letter_issued",
                    "2026-01-31",
                    kind="supervision_instrument",
                    to="A-1",
                    respond_by="2026-02-10",
                ),
            ),
            "2026-07-01",
        ),
    ),
)
