"""What an actor may do with a question now: each verb with its policy, form and action. The pages offer nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms

from plumbline.platform.actions import Decision
from plumbline.platform.identity.actor import Actor

from . import actions, forms, policies
from .models import Did, Question

#: What the asked body answers to.
ASKER_SAID = (Did.ASKED, Did.SUPPLIED, Did.ASKED_ON)
ForRow = frozenset({"answer", "hand-on", "share"})  # forms that look at the row


@dataclass(frozen=True)
class Verb:
    """``main`` verbs stand first; ``done`` is said afterwards, ``note`` before; ``upon`` is what stands above the form."""

    key: str
    label: str
    button: str
    may: Callable[[Actor, Question], Decision]
    form: Callable[..., django_forms.Form]
    act: Callable[..., Any]
    done: str
    main: bool = False
    note: str = ""
    upon: tuple[Did, ...] = ()

    def form_for(self, row: Question, *given: Any) -> django_forms.Form:
        return self.form(*given, row=row) if self.key in ForRow else self.form(*given)


VERBS: dict[str, Verb] = {
    each.key: each
    for each in (
        Verb(
            "answer", "答复", "提交答复", policies.may_answer, forms.AnswerForm, actions.answer, "已答复，提问的机关会收到通知。",
            True, "答复是业务指导，不代替提问机关作出决定。", ASKER_SAID,
        ),
        Verb(
            "confirm", "确认已解决", "确认", policies.may_confirm, forms.ConfirmForm, actions.confirm,
            "已确认。以后又有疑问的，可以在这里追问。", True, "", (Did.ANSWERED,),
        ),
        Verb(
            "supply", "补充情况", "提交补充", policies.may_supply, forms.SupplyForm, actions.supply, "已补充，等待对方答复。", True, "",
            (Did.RETURNED,),
        ),
        Verb(
            "ask-back", "请对方补充情况", "发出", policies.may_ask_back, forms.AskBackForm, actions.ask_back,
            "已请对方补充情况。", False, "", ASKER_SAID,
        ),
        Verb(
            "hand-on", "转办", "转给对方", policies.may_hand_on, forms.HandOnForm, actions.hand_on, "已转给对方答复。", False,
            "不归本机关的，转给应当答复的机关；本机关仍可以看到后来的答复。", ASKER_SAID,
        ),
        Verb("ask-on", "追问", "提交追问", policies.may_ask_on, forms.AskOnForm, actions.ask_on, "已追问，等待对方答复。",
            False, "", (Did.ANSWERED,),
        ),
        Verb(
            "share", "共享这件答复", "共享", policies.may_share, forms.ShareForm, actions.share,
            "已共享，各机关在“共享的答复”里可以查到。", False,
            "各街道、各部门都会看到。认得出的姓名、名称、证号已经替换，请再逐处看过；共享的是最后一次答复。",
        ),
        Verb("withdraw", "撤回", "撤回", policies.may_withdraw, forms.WithdrawForm, actions.withdraw, "已撤回。"),
    )
}  # fmt: skip


def offered(actor: Actor, row: Question) -> list[Verb]:
    """The verbs of a row for an actor, what leads on first."""
    found = [verb for verb in VERBS.values() if verb.may(actor, row)]
    return sorted(found, key=lambda verb: not verb.main)
