"""Letters of the procuratorate to an agency, and cases that the police send back to it.

* suggestion: 人民检察院检察建议工作规定 (2019), and 检察公益诉讼司法解释 (2020) for public-interest suggestions.
* opinion: 刑事诉讼法第一百七十七条, 人民检察院刑事诉讼规则第三百七十三条: not prosecuted, to be dealt with by the agency.
* reverse: 行政执法机关移送涉嫌犯罪案件的规定第十三条: no crime, or not to be prosecuted, but an administrative duty remains.
"""

from __future__ import annotations

from datetime import date

from plumbline.packs.procedures import Ask, Phase, Procedure, Step

from .words import CORRESPONDENT, OFFICE, POLICE, PROCURATORATE, REASON, SUGGESTIONS

SUGGESTION, OPINION, REVERSE = "suggestion", "opinion", "reverse"
OVER = ("matter_closed", "linkage_concluded")
_S, _O, _R = (SUGGESTION,), (OPINION,), (REVERSE,)
_RULES = "人民检察院检察建议工作规定"

OBJECTION_RESULTS = (
    ("kept", "异议不成立，建议照旧"),
    ("changed", "修改检察建议书"),
    ("withdrawn", "撤回检察建议书"),
)
ASSESSED = (("accepted", "已经落实"), ("not_enough", "没有落实或者落实不到位，继续督促"))
HANDLED = (
    ("filed", "已经立案查处"),
    ("penalty", "已经作出行政处罚"),
    ("no_penalty", "依法不予行政处罚"),
    ("elsewhere", "不属于本机关管辖，已经移送"),
)
_LETTER = (
    Ask("@number", "文书号", required=True, help="例如 新检建〔2026〕3号。"),
    Ask("@content", "内容", kind="long", required=True),
)
ASSIGN = Step(
    "assigned", "转交承办机关", "procuratorial_assigned",
    phase="handling", basis="行政执法监督条例第六条",
    asks=(Ask("@agency", "承办机关", kind="agency", required=True), Ask("@note", "要求", kind="long")),
    after=((
        "procuratorial_suggestion_received", "procuratorial_opinion_received", "police_case_received",
        "judicial_suggestion_received", "supervisory_advice_received",
    ),),
    until=("reply_sent", "outcome_notified", "police_outcome_told", "supervisory_advice_replied", *OVER), repeat=True,
    capability=OFFICE, actors="self", order=25, declared=True, optional=True, outlives=True, procedures=(SUGGESTION, OPINION, REVERSE, "judicial", "advice"),
)  # fmt: skip
_ASSESS = Step(
    "assessed", "评价落实情况", "reply_assessed",
    phase="closing", basis=f"{_RULES}第二十五条",
    asks=(Ask("@result", "评价", kind="choice", choices=ASSESSED, required=True), Ask("@note", "说明", kind="long")),
    after=(("reply_sent", "outcome_notified"),), until=OVER, repeat=True,
    capability=PROCURATORATE, actors="self", order=40, declared=True, optional=True, outside=True, states=("result",), outlives=True,
    procedures=(SUGGESTION, OPINION),
)  # fmt: skip

_STEPS = (
    Step(
        "sent", "发出检察建议书", "procuratorial_letter_sent",
        phase="receiving", basis=f"{_RULES}第五条",
        asks=(
            *_LETTER,
            Ask("@suggestion_kind", "类型", kind="choice", choices=SUGGESTIONS, required=True),
            Ask("@reply_by", "另行确定的回复期限", kind="date", help="没有另行确定的不填。"),
            Ask("@harm_growing", "损害继续扩大等紧急情形", kind="bool", when="@suggestion_kind=public_interest"),
        ),
        after=(), until=("procuratorial_letter_sent", "procuratorial_suggestion_received", *OVER),
        capability=PROCURATORATE, actors="self", order=10, declared=True, optional=True, outside=True, states=("suggestion_kind",), outlives=True,
        procedures=_S,
    ),
    Step(
        "received", "收到检察建议书", "procuratorial_suggestion_received",
        phase="receiving", basis=f"{_RULES}第十九条",
        asks=(
            Ask("@number", "文书号", required=True, fill="letter"),
            Ask("suggestion_kind", required=True, fill="letter"),
            Ask("reply_by", help="没有另行确定的不填。", fill="letter"),
            Ask("harm_growing", when="suggestion_kind=public_interest", fill="letter"),
            Ask("@content", "建议内容", kind="long", required=True, fill="letter"),
        ),
        after=(), until=("procuratorial_suggestion_received", *OVER), capability=CORRESPONDENT, actors="self", order=20,
        action="签收检察建议书", outside=True, outlives=True, procedures=_S,
    ),
    Step(
        "objected", "提出异议", "suggestion_objected",
        phase="handling", basis=f"{_RULES}第二十三条",
        asks=(REASON,),
        after=(("procuratorial_suggestion_received",),), until=("suggestion_objected", "reply_sent", *OVER),
        capability=CORRESPONDENT, actors="self", order=27, declared=True, optional=True, documents=("JC3",), outlives=True, procedures=_S,
    ),
    Step(
        "objection_decided", "复核异议", "suggestion_objection_decided",
        phase="handling", basis=f"{_RULES}第二十三条",
        asks=(Ask("@result", "结果", kind="choice", choices=OBJECTION_RESULTS, required=True), REASON),
        after=(("suggestion_objected",),), until=("suggestion_objection_decided", *OVER),
        capability=PROCURATORATE, actors="self", order=28, declared=True, optional=True, outside=True, states=("result",), outlives=True, procedures=_S,
    ),
    Step(
        "replied", "书面回复", "reply_sent",
        phase="handling", basis=f"{_RULES}第十九条",
        asks=(
            Ask("@measures", "处理情况和整改措施", kind="long", required=True),
            Ask("@results", "取得的结果", kind="long", required=True, fill="lead_answer"),
        ),
        after=(("procuratorial_suggestion_received",),), until=OVER, repeat=True, capability=CORRESPONDENT, actors="self", order=30,
        settles=("SPPS-19-suggestion-2m", "PIL-21-suggestion-2m-15d"), documents=("JC1",), outlives=True, procedures=_S,
    ),
    Step(
        "sent", "发出检察意见书", "procuratorial_letter_sent",
        phase="receiving", basis="刑事诉讼法第一百七十七条",
        asks=(*_LETTER, Ask("@party", "被不起诉人"), Ask("@decision", "不起诉决定书文号")),
        after=(), until=("procuratorial_letter_sent", "procuratorial_opinion_received", *OVER),
        capability=PROCURATORATE, actors="self", order=10, declared=True, optional=True, outside=True, outlives=True, procedures=_O,
    ),
    Step(
        "received", "收到检察意见书", "procuratorial_opinion_received",
        phase="receiving", basis="刑事诉讼法第一百七十七条",
        asks=(
            Ask("@number", "文书号", required=True, fill="letter"),
            Ask("@party", "被不起诉人", fill="letter"),
            Ask("@content", "意见内容", kind="long", required=True, fill="letter"),
        ),
        after=(), until=("procuratorial_opinion_received", *OVER), capability=CORRESPONDENT, actors="self", order=20,
        action="签收检察意见书", outside=True, outlives=True, procedures=_O,
    ),
    Step(
        "told", "告知处理结果", "outcome_notified",
        phase="handling", basis="刑事诉讼法第一百七十七条",
        asks=(
            Ask("@handled", "处理", kind="choice", choices=HANDLED, required=True),
            Ask("@case_number", "处罚案件的案号"),
            Ask("@results", "处理结果", kind="long", required=True),
        ),
        after=(("procuratorial_opinion_received",),), until=OVER, repeat=True, capability=CORRESPONDENT, actors="self", order=30,
        settles=("CPR-177-reverse",), documents=("JC2",), outlives=True, procedures=_O,
    ),
    Step(
        "closed", "办结", "matter_closed",
        phase="closing", basis="刑事诉讼法第一百七十七条，人民检察院检察建议工作规定第十九条",
        after=(("reply_sent", "outcome_notified", "suggestion_objection_decided"),), until=("matter_closed",),
        capability=CORRESPONDENT, actors="self", order=50, outlives=True, procedures=(SUGGESTION, OPINION),
    ),
    Step(
        "sent", "反向移送", "police_case_sent",
        phase="receiving", basis="行政执法机关移送涉嫌犯罪案件的规定第十三条",
        asks=(
            *_LETTER,
            Ask("@party", "违法行为人"),
            Ask("@materials", "移送的材料", kind="long", required=True),
        ),
        after=(), until=("police_case_sent", "police_case_received", *OVER),
        capability=POLICE, actors="self", order=10, declared=True, optional=True, outside=True, outlives=True, procedures=_R,
    ),
    Step(
        "received", "收到反向移送的案件", "police_case_received",
        phase="receiving", basis="行政执法机关移送涉嫌犯罪案件的规定第十三条",
        asks=(
            Ask("@number", "文书号", fill="letter"),
            Ask("@party", "违法行为人", fill="letter"),
            Ask("@content", "案情", kind="long", required=True, fill="letter"),
            Ask("@receiver", "接收人", required=True),
        ),
        after=(), until=("police_case_received", *OVER), capability=CORRESPONDENT, actors="self", order=20,
        action="签收", declared=True, outlives=True, procedures=_R,
    ),
    Step(
        "told", "告知处理结果", "police_outcome_told",
        phase="handling", basis="行政执法机关移送涉嫌犯罪案件的规定第十三条",
        asks=(
            Ask("@handled", "处理", kind="choice", choices=HANDLED, required=True),
            Ask("@case_number", "处罚案件的案号"),
            Ask("@results", "处理结果", kind="long", required=True),
        ),
        after=(("police_case_received",),), until=OVER, repeat=True, capability=CORRESPONDENT, actors="self", order=30,
        declared=True, documents=("JC2",), outlives=True, procedures=_R,
    ),
    Step(
        "closed", "办结", "linkage_concluded",
        phase="closing", basis="行政执法机关移送涉嫌犯罪案件的规定第十三条",
        after=(("police_outcome_told",),), until=("linkage_concluded",),
        capability=CORRESPONDENT, actors="self", order=50, declared=True, outlives=True, procedures=_R,
    ),
)  # fmt: skip


def declare_letter(
    key: str,
    label: str,
    basis: str,
    kind: str,
    since: date,
    activities: tuple[str, str, str],
    *,
    steps: tuple[Step, ...] = (*_STEPS, ASSIGN, _ASSESS),
    phases: tuple[str, str, str] = ("发出和签收", "办理和答复", "评价和办结"),
) -> Procedure:
    """The procedure of one kind of letter, in three phases, each done by one of ``activities``: received, answered, closed."""
    received, answered, closed = activities
    article = basis.split("、", maxsplit=1)[0]
    return Procedure.declare(
        key,
        label=label,
        version="1",
        in_force_from=since,
        basis=basis,
        kind=kind,
        phases=(
            Phase("receiving", phases[0], article, (received,), "综合岗", main=("received",)),
            Phase("handling", phases[1], article, (answered,), "承办机关", main=("replied", "told")),
            Phase("closing", phases[2], article, (closed,), "综合岗", main=("closed",)),
        ),
        steps=[step for step in steps if key in step.procedures],
    )


SUGGESTION_2019 = declare_letter(
    SUGGESTION, "检察建议", _RULES, "procuratorial", date(2019, 2, 26),
    ("procuratorial_suggestion_received", "reply_sent", "matter_closed"),
)  # fmt: skip
OPINION_2018 = declare_letter(
    OPINION, "检察意见", "刑事诉讼法第一百七十七条", "procuratorial", date(2018, 10, 26),
    ("procuratorial_opinion_received", "outcome_notified", "matter_closed"),
)  # fmt: skip
REVERSE_2020 = declare_letter(
    REVERSE, "反向移送", "行政执法机关移送涉嫌犯罪案件的规定第十三条", "transfer", date(2020, 8, 7),
    ("police_case_received", "police_outcome_told", "linkage_concluded"),
)  # fmt: skip
