"""The life of a major policy decision (重大行政决策程序暂行条例, in force from 2019-09-01), declared beside that of documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plumbline.packs.procedures import Phase, Procedure

from ..words import DRAFT, PUBLISH, REVIEW
from .steps_deciding import LAW, STEPS


def _phase(
    key: str,
    label: str,
    article: str,
    done_by: tuple[str, ...],
    *main: str,
    who: str = DRAFT,
    optional: bool = False,
    side: bool = False,
) -> Phase:
    return Phase(
        key,
        label,
        f"{LAW}{article}",
        done_by=done_by,
        responsible=who,
        main=main,
        optional=optional,
        side=side,
    )


PHASES = (
    _phase("drafting", "启动和草案", "第十条至第十三条", ("document_drafted",), "drafted"),
    _phase(
        "opening", "公众参与", "第十四条至第十八条", ("comment_closed", "policy_opinions_heard"),
        "opened", "closed", "adoption",
    ),
    _phase("experts", "专家论证", "第十九条至第二十一条", ("policy_expert_argued",), "experts", optional=True),
    _phase("risk", "风险评估", "第二十二条至第二十四条", ("assessment_done",), "assessed", optional=True),
    _phase(
        "competition", "公平竞争审查", "第二十九条", ("policy_fair_competition_reviewed",), "fair_reviewed",
        optional=True,
    ),
    _phase(
        "reviewing", "合法性审查", "第二十五条至第二十八条", ("legality_review_given",),
        "review_requested", "review_given", who=REVIEW,
    ),
    _phase("deliberating", "集体讨论决定", "第三十条", ("collective_decision_made",), "decided"),
    _phase("reporting", "请示报告", "第三十一条", ("policy_reported_to_party",), "reported"),
    _phase("publishing", "公布", "第三十二条", ("document_published",), "published", who=PUBLISH),
    _phase("interpreting", "解读", "第三十二条", ("interpretation_published",), "interpreted", optional=True),
    _phase("archiving", "归档", "第三十三条", ("policy_file_archived",), "archived"),
    _phase("executing", "执行", "第三十四条、第三十五条", ("policy_execution_reported",), "executed", optional=True),
    _phase("evaluating", "决策后评估", "第三十六条", ("policy_evaluated",), "evaluated", optional=True),
    _phase(
        "ending", "终止和停止执行", "第三十七条", ("policy_ended", "making_stopped"), "ended", who=PUBLISH,
        optional=True, side=True,
    ),
)  # fmt: skip

DECIDING_2019 = Procedure.declare(
    "major_policy_decision",
    label="重大行政决策",
    version="2019-09-01",
    in_force_from=date(2019, 9, 1),
    basis=LAW,
    phases=PHASES,
    steps=STEPS,
    kind="major_policy_decision",
)


@dataclass(frozen=True)
class Before:
    """What has to lie before a step. ``said`` is what the declaration must say for it to apply; a leading ``!`` says not."""

    step: str
    any_of: tuple[str, ...]
    lacking: str
    basis: str
    said: str = ""


#: 应当 of the regulation that no row of the register of rules holds. What the register holds (MAD-15, MAD-25) is asked as a rule.
BEFORE: tuple[Before, ...] = (
    Before("decided", ("comment_closed", "policy_opinions_heard"), "公众参与", f"{LAW}第十四条", "!secret"),
    Before("decided", ("policy_expert_argued",), "专家论证", f"{LAW}第十九条", "specialised"),
    Before("decided", ("assessment_done",), "风险评估", f"{LAW}第二十二条", "risky"),
    Before(
        "decided",
        ("policy_fair_competition_reviewed",),
        "公平竞争审查",
        f"{LAW}第二十九条",
        "business_related",
    ),
    Before("decided", ("legality_review_given",), "合法性审查", f"{LAW}第二十五条"),
    Before("published", ("policy_reported_to_party",), "向同级党委请示报告", f"{LAW}第三十一条"),
)
