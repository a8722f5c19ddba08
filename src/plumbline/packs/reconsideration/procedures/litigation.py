"""Administrative litigation in the defendant's view: 行政诉讼法 (2017)."""

from __future__ import annotations

from datetime import date

from plumbline.packs.procedures import Ask, Pair, Phase, Procedure, Step

from . import any_route
from .words import CHANGED_TO, ENDED_WITHOUT_DECISION, HELD_ON, OUTCOMES, PLACE

OVER = ("judgment_took_effect", "challenge_terminated", "matter_closed")
_COURT = ("litigation",)

STEPS = (
    Step(
        "lawsuit_copy_received", "收到起诉状副本", "lawsuit_copy_received",
        phase="defence", basis="行政诉讼法第六十七条",
        asks=(Ask("@claims", "原告的诉讼请求", kind="long"),),
        after=(), until=("lawsuit_copy_received",), order=10, procedures=_COURT, actors="self",
    ),
    Step(
        "lawsuit_filed", "核对起诉期限", "lawsuit_filed",
        phase="defence", basis="行政诉讼法第四十五条、第四十六条",
        asks=(
            Ask("after_reconsideration", required=True),
            Ask("act_known_on", help="直接起诉的填写。"),
            Ask("told_of_term", required=True),
            Ask("term_known_on", help="没有告知起诉期限的填写。"),
            Ask("reconsideration_received_on", help="经过复议的填写。"),
        ),
        after=(("lawsuit_copy_received",),), until=("lawsuit_filed", *OVER), optional=True, order=20, procedures=_COURT, actors="self",
    ),
    Step(
        "evidence_extension_requested", "申请延期举证", "evidence_extension_requested",
        phase="defence", basis="行政诉讼法第三十六条",
        asks=(Ask("@reasons", "正当事由", kind="long", required=True),),
        after=(("lawsuit_copy_received",),), until=OVER, optional=True, order=30, procedures=_COURT, actors="self",
    ),
    Step(
        "evidence_extension_granted", "法院准许延期", "evidence_extension_granted",
        phase="defence", basis="行政诉讼法第三十六条",
        asks=(Ask("cause_ended_on", help="正当事由还没有消除的不填。"),),
        after=(("evidence_extension_requested",),), until=OVER, repeat=True, optional=True, order=31, procedures=_COURT, actors="self",
    ),
    Step(
        "defence_approved", "答辩状报批", "defence_approved",
        phase="defence", basis="行政诉讼法第六十七条",
        asks=(
            Ask("@facts", "查明的事实和证据", kind="long", required=True, fill="found_facts"),
            Ask("@answer", "答辩意见", kind="long", required=True),
            Ask("@materials", "证据和依据清单", kind="long"),
        ),
        after=(("lawsuit_copy_received",),), until=("evidence_filed", *OVER), order=39, house=True, approval="cases.approve", declared=True,
        settles=("ALL-67-evidence-15d",), documents=("SS1",), procedures=_COURT, actors="self", action="提交答辩状报批",
    ),
    Step(
        "evidence_filed", "提交答辩状和证据、依据", "evidence_filed",
        phase="defence", basis="行政诉讼法第六十七条",
        asks=(
            Ask("with_evidence", "提交证据", required=True),
            Ask("with_basis", "提交所依据的规范性文件", required=True),
            Ask("with_answer", "提交答辩状", required=True),
        ),
        after=(("lawsuit_copy_received",), ("defence_approved",)), until=OVER, repeat=True, order=40,
        settles=("ALL-67-evidence-15d",), documents=("SS1",), procedures=_COURT, actors="self",
    ),
    Step(
        "court_hearing_notified", "收到开庭传票", "court_hearing_notified",
        phase="trial", basis="行政诉讼法第三条",
        asks=(HELD_ON, PLACE),
        after=(("lawsuit_copy_received",),), until=OVER, repeat=True, order=10, declared=True, states=('held_on',), outside=True, procedures=_COURT, actors="self",
    ),
    Step(
        "absence_explained", "负责人不能出庭的情况说明", "absence_explained",
        phase="trial", basis="行政诉讼法第三条、负责人出庭应诉规定第九条",
        asks=(
            Ask("@reasons", "不能出庭的理由", kind="long", required=True),
            Ask("@instead", "委托出庭的工作人员", kind="text", required=True),
        ),
        after=(("court_hearing_notified",),), until=OVER, repeat=True, optional=True, order=20,
        documents=("SS2",), declared=True, approval="cases.approve", action="提交情况说明报批", procedures=_COURT, actors="self",
    ),
    Step(
        "trial_held", "开庭", "trial_held",
        phase="trial", basis="行政诉讼法第三条",
        asks=(
            Ask(
                "@appearance", "谁出庭应诉", kind="choice", required=True,
                choices=(
                    ("head", "正职或者副职负责人出庭"),
                    ("staff", "负责人没有出庭，委托工作人员出庭"),
                    ("none", "只有律师出庭，或者没有人出庭"),
                ),
            ),
            Ask("@head", "出庭的负责人", kind="text", when="@appearance=head"),
            Ask("reason_written", when="@appearance=staff,none"),
            Ask("reason_valid", "法院认为理由成立", when="@appearance=staff,none"),
        ),
        after=(("lawsuit_copy_received",),), until=OVER, repeat=True, order=30,
        numbers={"trial": "T"}, procedures=_COURT, actors="self",
    ),
    Step(
        "settlement_approved", "调解方案报批", "settlement_approved",
        phase="judging", basis="行政诉讼法第六十条",
        asks=(
            Ask("@terms", "方案", kind="long", required=True, help="本机关可以让到哪里，写清金额、期限和条件。"),
            Ask("@reasons", "理由", kind="long", required=True),
        ),
        after=(("lawsuit_copy_received",),), until=OVER, repeat=True, optional=True, order=39, declared=True,
        house=True, approval="cases.approve", action="提交方案报批", procedures=_COURT, actors="self",
    ),
    Step(
        "act_changed", "改变原处罚决定", "act_changed",
        phase="judging", basis="行政处罚法第五十七条、行政诉讼法第六十二条",
        asks=(
            Ask("@outcome", "怎样改变", kind="choice", required=True, choices=CHANGED_TO),
            Ask("@reasons", "改变的理由", kind="long", required=True),
        ),
        after=(("lawsuit_copy_received",),), until=("act_changed", *OVER), optional=True, dangerous=True, order=44, declared=True,
        states=("outcome",), approval="cases.approve", action="提交改变决定报批", procedures=_COURT, actors="self",
    ),
    Step(
        "change_told", "书面告知法院决定已经改变", "change_told",
        phase="judging", basis="最高人民法院关于适用行政诉讼法的解释第八十一条",
        asks=(Ask("@to", "告知的法院", kind="text", required=True),),
        after=(("act_changed",),), until=("change_told", *OVER), optional=True, order=45, declared=True, procedures=_COURT, actors="self",
    ),
    Step(
        "mediation", "调解", "mediation_held",
        phase="judging", basis="行政诉讼法第六十条",
        asks=(
            Ask("@result", "结果", kind="choice", required=True,
                choices=(("agreed", "达成协议"), ("failed", "没有达成协议"))),
            Ask("@terms", "协议内容", kind="long", fill="approved_terms", help="达成协议的，不能超出已经批准的方案。"),
        ),
        after=(("lawsuit_copy_received",),), until=OVER, repeat=True, optional=True, order=40, declared=True, states=('result',), procedures=_COURT, actors="self",
    ),
    Step(
        "judgment_received", "收到裁判文书", "judgment_received",
        phase="judging", basis="行政诉讼法第六十九条至第七十七条",
        asks=(
            Ask("@instance", "审级", kind="choice", required=True,
                choices=(("first", "一审"), ("second", "二审"), ("retrial", "再审"))),
            Ask("@outcome", "裁判结果", kind="choice", required=True, choices=OUTCOMES),
            Ask("@orders_redo", "判决重新作出行政行为", kind="bool", required=True),
            Ask("@redo_by", "裁判指定的重作期限", kind="date", help="裁判文书没有写明的不填。"),
            Ask("@number", "裁判文书号", kind="text", required=True),
            Ask("@reasons", "裁判的主要理由", kind="long"),
        ),
        after=(("lawsuit_copy_received",),), until=OVER, repeat=True, order=10, declared=True, states=('instance', 'outcome', 'orders_redo', 'redo_by'), outside=True, procedures=_COURT, actors="self",
    ),
    Step(
        "appeal_filed", "上诉", "appeal_filed",
        phase="judging", basis="行政诉讼法第八十五条",
        asks=(
            Ask("@by", "谁上诉", kind="choice", required=True, choices=(("party", "原告"), ("agency", "本机关"))),
            Ask("@reasons", "上诉理由", kind="long"),
        ),
        after=(("judgment_received",),), until=OVER, repeat=True, optional=True, order=20, declared=True, states=('by',), procedures=_COURT, actors="self",
    ),
    Step(
        "judgment_took_effect", "裁判生效", "judgment_took_effect",
        phase="judging", basis="行政诉讼法第八十五条、第九十四条",
        asks=(Ask("@note", "生效的原因", kind="text", help="例如上诉期届满没有上诉、二审宣判。"),),
        after=(("judgment_received",),), until=OVER, order=30,
        of=Pair(("lawsuit_copy_received",), ("judgment_took_effect",), what="没有生效的裁判"), declared=True, procedures=_COURT, actors="self",
    ),
    Step(
        "terminated", "撤诉、和解或者调解后终止", "challenge_terminated",
        phase="judging", basis="行政诉讼法第六十条、第六十二条",
        asks=(Ask("@ground", "终止原因", kind="choice", required=True, choices=ENDED_WITHOUT_DECISION),),
        after=(("lawsuit_copy_received",),), until=OVER, optional=True, order=60, declared=True, states=('ground',), procedures=_COURT, actors="self",
    ),
    Step(
        "judgment_performed", "履行生效裁判", "judgment_performed",
        phase="performing", basis="行政诉讼法第七十一条、第九十四条",
        asks=(
            Ask(
                "@what", "履行方式", kind="choice", required=True,
                choices=(("redone", "重新作出行政行为"), ("paid", "给付、赔偿"), ("remedied", "采取补救措施")),
            ),
            Ask("@number", "新的决定书文号", kind="text", fill="latest_decision"),
            Ask("@content", "履行情况", kind="long", required=True),
        ),
        after=(("judgment_took_effect",),), until=("judgment_performed", "matter_closed"), order=10, declared=True, states=('what',), procedures=_COURT, actors="self",
    ),
    Step(
        "judicial_suggestion_received", "收到司法建议", "judicial_suggestion_received",
        phase="performing", basis="最高人民法院关于适用行政诉讼法的解释第一百四十九条",
        asks=(Ask("about", required=True), Ask("@content", "建议内容", kind="long", required=True)),
        after=(("lawsuit_copy_received",),), until=("matter_closed",), repeat=True, optional=True, order=20, procedures=_COURT, actors="self",
    ),
    Step(
        "reply_sent", "书面答复司法建议", "reply_sent",
        phase="performing", basis="最高人民法院关于适用行政诉讼法的解释第一百四十九条",
        asks=(Ask("@content", "答复内容", kind="long", required=True),),
        after=(("judicial_suggestion_received",),), until=("matter_closed",), repeat=True, optional=True, order=21,
        settles=("SPC-149-judicial-60d",), procedures=_COURT, actors="self",
    ),
    *any_route.STEPS,
)  # fmt: skip

LITIGATION_2017 = Procedure.declare(
    "litigation",
    label="行政诉讼",
    version="2017-07-01",
    in_force_from=date(2017, 7, 1),
    basis="行政诉讼法",
    steps=STEPS,
    phases=(
        Phase(
            "defence",
            "举证答辩",
            "行政诉讼法第六十七条",
            done_by=("evidence_filed",),
            responsible="cases.handle",
            main=("lawsuit_copy_received", "defence_approved", "evidence_filed"),
        ),
        Phase(
            "trial",
            "开庭与负责人出庭",
            "行政诉讼法第三条",
            done_by=("trial_held",),
            responsible="cases.handle",
            main=("court_hearing_notified", "trial_held"),
        ),
        Phase(
            "judging",
            "裁判",
            "行政诉讼法第六十九条至第八十九条",
            done_by=("judgment_took_effect", "challenge_terminated"),
            responsible="cases.handle",
            main=("judgment_received", "judgment_took_effect"),
        ),
        Phase(
            "performing",
            "履行裁判",
            "行政诉讼法第九十四条",
            done_by=("judgment_performed",),
            responsible="cases.handle",
            main=("judgment_performed",),
            optional=True,
        ),
        Phase(
            "closing",
            "办结",
            "行政处罚法第四十七条",
            done_by=("matter_closed",),
            responsible="cases.handle",
            main=("closed",),
        ),
    ),
)
