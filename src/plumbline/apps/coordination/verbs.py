"""What an actor may do with a request now: each verb with its policy, form and action. The pages offer nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms

from plumbline.platform.actions import Decision
from plumbline.platform.identity.actor import Actor

from . import actions, forms, policies
from .models import Coordination, Kind, State

Act = Callable[..., Any]
ForRow = frozenset({"accept", "answer", "talk", "opine", "decide"})  # forms that look at the row


@dataclass(frozen=True)
class Verb:
    """``main`` verbs stand first; ``kinds`` empty is all. ``done`` is said afterwards."""

    key: str
    label: str
    button: str
    may: Callable[[Actor, Coordination], Decision]
    form: Callable[..., django_forms.Form]
    act: Act
    done: str
    main: bool = False
    note: str = ""

    def label_for(self, row: Coordination) -> str:
        return _LABELS.get((self.key, row.kind), self.label)


_LABELS: dict[tuple[str, str], str] = {
    ("refuse", Kind.DISPATCH): "退回派单",
    ("refuse", Kind.JOINT): "不参加",
    ("answer", Kind.DISPATCH): "反馈结果",
    ("answer", Kind.JOINT): "登记联合执法结果",
    ("sign", Kind.JOINT): "同意参加",
}

VERBS: dict[str, Verb] = {
    each.key: each
    for each in (
        Verb(
            "accept", "接收", "接收并签回执", policies.may_accept_transfer, forms.AcceptForm, actions.accept_transfer,
            "已接收，回执已签。案件已在本机关登记。", True,
            "接收后这件事由本机关负责：系统登记一件线索，材料清单随附，并给移送机关签发回执。",
        ),
        Verb(
            "return", "退回", "退回并签退回函", policies.may_return_transfer, forms.ReturnForm, actions.return_transfer,
            "已退回，退回函已签。案件仍由移送机关办理。", False,
            "退回必须有法定理由；材料不全的，请求会商。",
        ),
        Verb(
            "consult", "请求会商", "请求会商", policies.may_consult, forms.ConsultForm, actions.consult,
            "已请求会商。", False, "会商期间期限照常计算，案件仍由移送机关负责。",
        ),
        Verb("sign", "签收", "签收", policies.may_sign, forms.NoteForm, actions.sign_for, "已签收。", True),
        Verb("answer", "答复", "提交", policies.may_answer, forms.AnswerForm, actions.answer, "已提交。", True),
        Verb(
            "check", "核查反馈", "提交核查意见", policies.may_check, forms.CheckForm, actions.check_feedback, "核查意见已登记。",
            True,
        ),
        Verb("refuse", "不予协助", "提交", policies.may_refuse, forms.RefuseForm, actions.refuse, "已退回发出机关。"),
        Verb("postpone", "告知延期", "告知延期", policies.may_postpone, forms.PostponeForm, actions.postpone, "已告知延期。"),
        Verb(
            "talk", "登记协商", "登记协商记录", policies.may_negotiate, forms.TalkForm, actions.record_talk, "协商记录已登记。", True
        ),
        Verb(
            "apply", "请求区司法局协调", "报请协调", policies.may_apply, forms.ApplyForm, actions.apply_for_coordination,
            "已报请区司法局协调，申请书已签发。",
        ),
        Verb(
            "opine", "提出协调意见", "签发协调意见书", policies.may_opine, forms.OpinionForm, actions.give_opinion,
            "协调意见书已签发，等待各方表态。", True,
        ),
        Verb(
            "position", "表明是否同意", "提交", policies.may_take_position, forms.PositionForm, actions.take_position,
            "意见已登记。", True,
        ),
        Verb(
            "report", "报请区政府决定", "报请区政府决定", policies.may_report, forms.ReasonForm, actions.report_to_government,
            "已报请区政府决定。", True,
        ),
        Verb("decide", "作出决定", "签发决定", policies.may_decide, forms.DecisionForm, actions.decide, "决定已签发。", True),
        Verb("say", "会商发言", "发言", policies.may_say, forms.SayForm, actions.say, "已登记。"),
        Verb("remind", "催办", "催办", policies.may_remind, forms.NoteForm, actions.remind, "已催办。"),
        Verb(
            "take-back", "撤回移送", "撤回并签撤回函", policies.may_take_back, forms.TakeBackForm, actions.take_back_transfer,
            "移送已撤回，撤回函已签。案件由本机关继续办理。", False,
            "接收机关签回执以前可以撤回。撤回后案件恢复到移送以前，再移送的要重新经负责人批准；撤回的不计移送次数。",
        ),
        Verb("withdraw", "撤回", "撤回", policies.may_withdraw, forms.ReasonForm, actions.withdraw, "已撤回。"),
    )
}  # fmt: skip


def offered(actor: Actor, row: Coordination) -> list[Verb]:
    """The verbs of a row for an actor, what leads on first."""
    found = [verb for verb in VERBS.values() if verb.may(actor, row)]
    if row.kind == Kind.DISPUTE and row.state == State.NEGOTIATING:
        found.sort(key=lambda verb: verb.key != "talk")
    return sorted(found, key=lambda verb: not verb.main)


def form_for(verb: Verb, row: Coordination, *given: Any) -> django_forms.Form:
    return verb.form(*given, row=row) if verb.key in ForRow else verb.form(*given)
