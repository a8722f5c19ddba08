"""The steps of a major policy decision that normative documents have not, and theirs as this regulation words them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from plumbline.packs.procedures import Ask, Step

from ..words import (
    DECISION_ENDINGS,
    DRAFT,
    EXPERT_WAYS,
    FAIR_RESULTS,
    LISTENING,
    POLICY_EVALUATIONS,
    PROGRESS,
    PUBLISH,
    RISK_RESULTS,
    WHY_EVALUATED,
)
from . import steps_after, steps_before

MINE = ("major_policy_decision",)
LAW = "重大行政决策程序暂行条例"
DRAFTED = (("document_drafted",),)
BEFORE_DISCUSSED = ("collective_decision_made", "document_published", "making_stopped")
BEFORE_PUBLISHED = ("document_published", "making_stopped")
_SHARED = {step.key: step for step in (*steps_before.STEPS, *steps_after.STEPS)}


def _as(key: str, article: str, **other: Any) -> Step:
    """A step of the making of documents under this regulation's article; what differs is said."""
    return replace(_SHARED[key], basis=f"{LAW}{article}", procedures=MINE, **({"demands": ()} | other))


def _own(key: str, label: str, activity: str, phase: str, article: str, *asks: Ask, **other: Any) -> Step:
    """A step that the event contract has no activity for."""
    settled = {
        "after": DRAFTED, "until": BEFORE_DISCUSSED, "repeat": True, "capability": DRAFT, "actors": "self",
        "procedures": MINE, "declared": True,
    }  # fmt: skip
    return Step(key, label, activity, phase=phase, basis=f"{LAW}{article}", asks=asks, **(settled | other))  # type: ignore[arg-type]


STEPS: tuple[Step, ...] = (
    _as(
        "drafted",
        "第十条至第十三条",
        label="启动决策和草案申报",
        asks=(
            Ask("affects_rights", required=True),
            Ask("business_related", required=True),
            Ask("secret", required=True),
            Ask("@specialised", "专业性、技术性较强", required=True),
            Ask("@risky", "可能对社会稳定、公共安全等造成不利影响", required=True),
            Ask("@necessity", "要解决的问题、理由和可行性", kind="long", required=True),
        ),
    ),
    _own(
        "heard", "听取意见", "policy_opinions_heard", "opening", "第十四条、第十六条",
        Ask("@way", "方式", kind="choice", choices=LISTENING, required=True),
        Ask("@participants", "参加的单位、群体和人数", kind="long", required=True, help="涉及特定群体的，写明与哪些团体、群众代表沟通协商。"),
        Ask("@summary", "主要意见和研究采纳情况", kind="long", required=True),
        order=29, action="登记听取意见",
    ),
    _as(
        "opened",
        "第十五条",
        demands=("MAD-15-comment-30d",),
        action="公布决策草案",
        asks=(
            Ask("comment_until", "意见截止日", required=True, help="从公布次日起算；最后一天不因节假日顺延。"),
            Ask("@why_short", "期限短的理由", kind="long", help="一般不少于三十日；情况紧急需要缩短的写明理由，随草案一并公布。"),
            Ask("@channels", "同时公布的途径", help="例如政府网站、政务新媒体、报刊、广播、电视。"),
            Ask("@contact", "联系方式", help="公布在征求意见页面上，例如办公电话。"),
        ),
    ),
    _as("closed", "第十五条"),
    _as("adoption", "第十八条、第三十二条"),
    _own(
        "experts", "专家论证", "policy_expert_argued", "experts", "第十九条、第二十条",
        Ask("@way", "方式", kind="choice", choices=EXPERT_WAYS, required=True),
        Ask("@experts", "专家、专业机构", kind="long", required=True, help="选有不同意见的；与决策事项有直接利害关系的不能选。"),
        Ask("@conclusion", "论证意见", kind="long", required=True, help="必要性、可行性、科学性；书面意见应当署名、盖章。"),
        Ask("@adoption", "研究采纳情况", kind="long", required=True),
        order=35, action="登记专家论证",
    ),
    _as(
        "assessed",
        "第二十二条至第二十四条",
        label="风险评估",
        phase="risk",
        action="登记风险评估",
        order=37,
        until=BEFORE_DISCUSSED,
        asks=(
            Ask("@way", "怎样评估", required=True, help="例如舆情跟踪、重点走访、会商分析；委托第三方的写明机构。"),
            Ask("@risks", "风险点", kind="long", required=True),
            Ask("@measures", "防范措施和处置预案", kind="long", required=True),
            Ask("@conclusion", "结论", kind="choice", choices=RISK_RESULTS, required=True),
        ),
    ),
    _own(
        "fair_reviewed", "公平竞争审查", "policy_fair_competition_reviewed", "competition", "第二十九条",
        Ask("@body", "审查机构", required=True),
        Ask("@result", "结论", kind="choice", choices=FAIR_RESULTS, required=True),
        Ask("@opinion", "审查意见", kind="long", required=True),
        order=40, action="登记公平竞争审查",
    ),
    _as(
        "review_requested",
        "第二十六条",
        asks=(
            Ask("respond_by", "希望审查完成的日期", required=True, help="一般给审查留不少于七个工作日。"),
            Ask("@note", "履行决策法定程序的说明", kind="long", required=True, help="公众参与、专家论证、风险评估怎样做的；需要重点审查的问题。"),
        ),
    ),
    _as("review_given", "第二十七条、第二十八条"),
    _as("review_returned", "第二十六条"),
    _as("opinion_adopted", "第二十八条"),
    _as(
        "decided",
        "第二十五条、第三十条",
        demands=("MAD-25-legality-review",),
        asks=(
            Ask("@meeting", "会议名称", required=True, help="常务会议或者全体会议，例如区人民政府第十二次常务会议。"),
            Ask("@attendance", "出席和列席", kind="long", required=True),
            *(ask for ask in _SHARED["decided"].asks if ask.path == "@conclusion"),
            Ask("@opinions", "讨论情况和不同意见", kind="long", required=True, help="不同意见如实记录；决定与多数人意见不一致的，写明说明的理由。"),
            Ask("@exploratory", "探索性改革事项明示的法律风险", kind="long", help="只在国家尚无明确规定、合法性审查没有得出合法结论时填写。"),
        ),
    ),
    _own(
        "reported", "向同级党委请示报告", "policy_reported_to_party", "reporting", "第三十一条",
        Ask("@to", "请示报告的对象", required=True),
        Ask("@result", "结果", kind="long", required=True),
        until=BEFORE_PUBLISHED, order=65, action="登记请示报告",
    ),
    _as("published", "第三十二条", label="公布决策", action="公布决策", order=70, after=(("collective_decision_made",),)),
    _as("interpreted", "第三十二条", order=71),
    _own(
        "archived", "归档", "policy_file_archived", "archiving", "第三十三条",
        Ask("@contents", "归档的记录和材料", kind="long", required=True),
        Ask("@place", "保管单位", required=True),
        after=(("collective_decision_made",),), until=(), order=75, action="登记归档",
    ),
    _own(
        "executed", "执行情况", "policy_execution_reported", "executing", "第三十四条、第三十五条、第三十七条",
        Ask("@what", "报告什么", kind="choice", choices=PROGRESS, required=True),
        Ask("@text", "内容", kind="long", required=True),
        after=(("collective_decision_made",),), until=("policy_ended",), order=80, action="登记执行情况",
    ),
    _own(
        "evaluated", "决策后评估", "policy_evaluated", "evaluating", "第三十六条",
        Ask("@why", "为什么评估", kind="choice", choices=WHY_EVALUATED, required=True),
        Ask("@evaluator", "承担评估的单位", required=True, help="决策作出前承担主要论证评估工作的单位不能承担。"),
        Ask("@conclusion", "评估结论", kind="choice", choices=POLICY_EVALUATIONS, required=True),
        Ask("@report", "评估报告摘要", kind="long", required=True, help="实施效果、公众意见、存在的问题。"),
        after=(("collective_decision_made",),), until=("policy_ended",), order=85, action="登记评估结论",
    ),
    _own(
        "ended", "停止执行", "policy_ended", "ending", "第三十七条",
        Ask("@how", "怎样结束", kind="choice", choices=DECISION_ENDINGS, required=True),
        Ask("@reason", "理由和依据", kind="long", required=True, help="公布在决策页面上；未经法定程序不得随意变更或者停止执行。"),
        after=(("collective_decision_made",),), until=("policy_ended",), repeat=False, optional=True, dangerous=True,
        capability=PUBLISH, order=90, action="公布停止执行",
    ),
    _as("stopped", "第二十四条、第二十五条", label="终止决策程序", order=95),
)  # fmt: skip
