"""What transfers and other requests between agencies may rest on, why they may be sent back, and which clocks run.

A clock is a row of the register of rules, or a parameter that the district sets with its own document. What is neither
is not counted; the pages say so. Nothing here is a literal in a code path.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ground:
    """A legal reason, in our own words, with the article it stands on."""

    key: str
    label: str
    basis: str

    @property
    def said(self) -> str:
        return f"{self.label}（{self.basis}）"


#: Why a case or lead goes to another body.
TRANSFER_GROUNDS = (
    Ground("item", "事项在其他机关的权责清单上，本机关没有处罚权", "行政处罚法第十七条"),
    Ground("place", "违法行为发生地由其他机关管辖", "行政处罚法第二十二条"),
    Ground("level", "应当由区级部门管辖", "行政处罚法第二十三条"),
    Ground("street", "不在街道承接的事项之内，或者已由街道承接", "行政处罚法第二十四条"),
    Ground("first", "其他机关已经最先立案", "行政处罚法第二十五条"),
    Ground("settled", "管辖争议已经确定由对方办理", "行政处罚法第二十五条、行政执法监督条例第十三条"),
)

#: Why the receiver may send it back. Papers that are missing are none: they are asked for in a consultation.
RETURN_GROUNDS = (
    Ground("item", "事项当日不在本机关的权责清单上", "行政处罚法第十七条"),
    Ground("place", "违法行为不发生在本机关管辖的地域", "行政处罚法第二十二条"),
    Ground("level", "依法由上级或者其他层级的机关管辖", "行政处罚法第二十三条"),
    Ground("street", "该事项在该地由街道承接，或者没有承接", "行政处罚法第二十四条"),
    Ground("first", "移送机关或者其他机关已经最先立案", "行政处罚法第二十五条"),
    Ground("twice", "同一违法行为本机关已经处罚", "行政处罚法第二十九条"),
)

#: Why a body that is asked may say no (assistance, joint enforcement, opinions, dispatched tasks).
REFUSAL_GROUNDS = (
    Ground("beyond", "请求的事项不在本机关职权范围内", "行政处罚法第二十六条"),
    Ground("item", "事项当日不在本机关的权责清单上", "行政处罚法第十七条"),
    Ground("place", "违法行为不发生在本机关管辖的地域", "行政处罚法第二十二条"),
    Ground("own", "请求机关依照自己的职权即可办理", "行政处罚法第十七条"),
)


@dataclass(frozen=True)
class Paper:
    """What is signed for a request: the mark in its number and its title."""

    mark: str
    title: str
    basis: str


REQUESTS: dict[str, Paper] = {
    "transfer": Paper("移", "案件移送函", "行政处罚法第十七条、第二十二条至第二十五条"),
    "assistance": Paper("协", "行政执法协助函", "行政处罚法第二十六条"),
    "joint": Paper("联", "联合执法商请函", "行政处罚法第二十六条、新政办[2022]14号 二(三)5"),
    "opinion": Paper("询", "专业意见征询函", "行政处罚法第二十六条"),
    "dispatch": Paper("派", "执法协同派单", "新政办[2022]14号 二(三)5"),
    "dispute": Paper("争", "管辖争议协调申请书", "行政处罚法第二十五条、行政执法监督条例第十三条"),
}
ACCEPTED = Paper("移接", "案件移送接收回执", "行政处罚法第十七条")
RETURNED = Paper("移退", "案件移送退回函", "行政处罚法第十七条、第二十二条至第二十五条")
TAKEN_BACK = Paper("移撤", "案件移送撤回函", "行政处罚法第十七条")
OPINION = Paper("协调", "行政执法争议协调意见书", "行政执法监督条例第十三条")
DECISION = Paper("管辖", "管辖决定书", "行政处罚法第二十五条、行政执法监督条例第十三条")

#: How the supervision organ finds who is nearer, where the lists leave it open (新政办[2022]14号 二(二)4).
METHODS = {
    "list": "按权责清单和承接记录",
    "domain": "按领域归口",
    "near": "按业务相近",
    "first": "由最先立案的机关办理",
}


@dataclass(frozen=True)
class Term:
    """A clock: from a rule of the register (``rule``, of one ``domain`` where it names one) or a parameter (``parameter``).

    ``what`` is what has to be done by then. The first of a stage that is in force counts.
    """

    stage: str
    what: str
    rule: str = ""
    parameter: str = ""
    domain: str = ""


TERMS = (
    Term("transfer", "接收、退回或者请求会商", parameter="transfer_answer"),
    Term("dispatch", "签收或者退回", parameter="dispatch_sign"),
    Term("negotiating", "协商一致，或者报请协调", rule="MOHURD-6-dispute-7d", domain="housing_construction"),
    Term("negotiating", "协商一致，或者报请协调", rule="SAMR-13-dispute-7wd", domain="market"),
    Term("negotiating", "协商一致，或者报请协调", parameter="negotiation"),
    Term("applied", "提出协调意见", rule="MOHURD-6-dispute-7d", domain="housing_construction"),
    Term("applied", "提出协调意见", parameter="coordination"),
    Term("confirming", "表明是否同意", parameter="position"),
    Term("question", "答复、要求补充或者转办", parameter="question_answer"),
)


@dataclass(frozen=True)
class Parameter:
    """A number that the district sets by a document of its own. ``proposed`` is used until then, where there is one."""

    key: str
    label: str
    unit: str
    proposed: int | None = None
    source: str = ""


PARAMETERS: dict[str, Parameter] = {
    each.key: each
    for each in (
        Parameter(
            "hops",
            "第几次移送起，自动转区司法局协调",
            "次",
            3,
            "平台约定，待本区文件确认；用意是不让一件事在机关之间来回转",
        ),
        Parameter("transfer_answer", "收到移送后接收、退回或者请求会商", "个工作日"),
        Parameter("dispatch_sign", "收到派单后签收或者退回", "个工作日"),
        Parameter("negotiation", "发生争议后协商", "个工作日"),
        Parameter("coordination", "收到申请后提出协调意见", "个工作日"),
        Parameter("position", "收到协调意见后表明是否同意", "个工作日"),
        Parameter("question_answer", "收到业务咨询后答复、要求补充或者转办", "个工作日"),
    )
}


def ground_of(key: str, among: tuple[Ground, ...]) -> Ground | None:
    return next((each for each in among if each.key == key), None)
