"""The words of normative documents that the event contract has no list for, and what a document may never set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Who takes part: the unit that drafts, the government's legal office that reviews, the office that publishes for all.
DRAFT, REVIEW, PUBLISH = "normdocs.draft", "normdocs.review", "normdocs.publish"

EVALUATIONS: Final = (("continue", "继续有效"), ("amend", "修改"), ("repeal", "废止"))
DECISIONS: Final = (("passed", "通过"), ("passed_changed", "原则通过，按会议意见修改后发布"))
FAIR_RESULTS: Final = (
    ("passed", "符合公平竞争要求"),
    ("passed_changed", "修改后符合公平竞争要求"),
    ("exception", "适用例外规定"),
)
ENDINGS: Final = (("expired", "有效期届满"), ("repealed", "被废止"), ("lapsed", "清理宣布失效"))
#: How a major policy decision is no longer carried out.
DECISION_ENDINGS: Final = (
    ("completed", "执行完毕"),
    ("replaced", "由新的决策调整"),
    ("halted", "依法停止执行"),
)
LISTENING: Final = (
    ("symposium", "座谈会"),
    ("hearing", "听证会"),
    ("visits", "实地走访"),
    ("written", "书面征求意见"),
    ("questionnaire", "问卷调查"),
    ("poll", "民意调查"),
)
EXPERT_WAYS: Final = (("meeting", "论证会"), ("written", "书面咨询"), ("commissioned", "委托咨询论证"))
UNCONTROLLED: Final = "uncontrolled"
RISK_RESULTS: Final = (
    ("controlled", "风险可控"),
    ("adjusted", "调整草案后风险可控"),
    (UNCONTROLLED, "风险不可控"),
)
PROGRESS: Final = (
    ("progress", "执行情况"),
    ("problem", "存在问题或者客观情况发生重大变化"),
    ("suspended", "情况紧急，行政首长决定中止执行"),
)
WHY_EVALUATED: Final = (
    ("missed", "明显未达到预期效果"),
    ("complaints", "公民、法人或者其他组织提出较多意见"),
    ("wanted", "决策机关认为有必要"),
)
POLICY_EVALUATIONS: Final = (("continue", "继续执行"), ("amend", "调整"), ("repeal", "停止执行"))
#: What a clean-up may conclude of a document.
CLEANUPS: Final = (("keep", "继续有效"), ("amend", "予以修改"), ("repeal", "予以废止"), ("lapse", "宣布失效"))


@dataclass(frozen=True)
class Forbidden:
    """A matter that a normative document may not set, with the article that says so."""

    what: str
    basis: str
    remedy: str


#: By the contract's ``document_sets``. Fees are not among them: no article at hand forbids them in all cases.
FORBIDDEN: Final = {
    "penalty": Forbidden("行政处罚", "行政处罚法第十六条", "请删去设定行政处罚的条款。"),
    "compulsory_measure": Forbidden("行政强制措施", "行政强制法第十条", "请删去设定行政强制措施的条款。"),
    "compulsory_execution": Forbidden("行政强制执行", "行政强制法第十三条", "请删去设定行政强制执行的条款。"),
    "license": Forbidden("行政许可", "行政许可法第十七条", "请删去设定行政许可的条款。"),
}


@dataclass(frozen=True)
class HintRule:
    """Words that hint at something a document may not set; ``unless`` are words that make them harmless."""

    kind: str
    words: tuple[str, ...]
    says: str
    basis: str


#: Hints for the reviewer, never verdicts: the words may repeat what a law has set.
HINTS: Final = (
    HintRule(
        "penalty",
        ("罚款", "处以", "没收", "吊销", "责令停产停业", "暂扣", "降低资质", "限制从业", "通报批评"),
        "出现处罚用语：有没有上位法依据，是不是照上位法的种类和幅度",
        "行政处罚法第十六条",
    ),
    HintRule(
        "compulsory_measure",
        ("查封", "扣押", "冻结", "强制隔离", "强制带离", "限制人身自由"),
        "出现强制措施用语：规范性文件不得设定",
        "行政强制法第十条",
    ),
    HintRule(
        "compulsory_execution",
        ("强制拆除", "强制执行", "代履行", "加处", "滞纳金", "划拨"),
        "出现强制执行用语：只由法律设定",
        "行政强制法第十三条",
    ),
    HintRule(
        "license",
        ("许可证", "审批", "核准", "准入", "资格证", "备案后方可", "登记后方可", "年检"),
        "出现许可用语：是不是在设定许可或者变相设定",
        "行政许可法第十七条",
    ),
    HintRule(
        "market",
        ("本地企业", "注册在本区", "在本区设立", "指定供应商", "退出市场", "不得经营", "优先采购本地"),
        "出现市场准入、退出或者干预经营的用语：没有上位依据的不得设置",
        "优化营商环境条例第六十四条",
    ),
    HintRule(
        "fee",
        ("收费", "保证金", "押金", "缴纳费用"),
        "出现收费用语：收费项目和标准应有依据",
        "行政许可法第五十九条",
    ),
)
