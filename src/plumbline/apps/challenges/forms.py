"""Forms of registering a challenge and of its steps. A step's form is casework's, fed with facts of this matter."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.apps.cases.contract import StepForm, entries_of
from plumbline.packs.procedures import Ask
from plumbline.packs.reconsideration.procedures import Entry
from plumbline.platform.ui.forms import LabelledForm

from .models import Challenge, Route, Stage
from .reading import ChallengeFile


class ChallengeStepForm(StepForm):
    """Prefilled from what the matter and its penalty case state already, so that nothing is typed twice."""

    file: ChallengeFile

    def _initial(self, ask: Ask) -> Any:
        if self.draft is not None:
            kept = self.draft.details if ask.is_detail else self.draft.data
            typed = kept.get(ask.path.removeprefix("@"))
            if typed is not None:
                return typed
        match ask.fill or ask.path:
            case "accepted_procedure":
                return self.file.value("reconsideration_accepted", "procedure")
            case "orders_redo":
                made = self.file.last("reconsideration_decision_made")
                return self.file.orders_redo if made is not None else None
            case "found_facts":
                return _found_facts(self.file.challenge.case)
            case "@claims":
                return self.file.challenge.claims or None
            case "approved_terms":
                return self.file.detail("settlement_approved", "terms") or None
            case "latest_decision":
                return _latest_decision(self.file.challenge)
            case "@to":
                return self.file.challenge.organ
        return None


def _found_facts(case: Any) -> str | None:
    """The facts as the decision, or the report before it, found them."""
    found = [str(entry["facts"]) for entry in entries_of(case).values() if entry.get("facts")]
    return found[-1] if found else None


def _latest_decision(challenge: Challenge) -> str | None:
    """The number of the case's decision, once one was made after the old one fell."""
    case = challenge.case
    if challenge.ended_on and case.decided_on and case.decided_on >= challenge.ended_on:
        return case.number or None
    return None


class ParticularsForm(LabelledForm):
    """What is known of a matter besides its events."""

    organ = forms.CharField(label="复议机关或者法院", max_length=100)
    number = forms.CharField(
        label="案号",
        max_length=80,
        required=False,
        help_text="例如 新政复〔2026〕12号、（2026）鄂0117行初5号。",
    )
    applicant = forms.CharField(label="申请人或者原告", max_length=200)
    claims = forms.CharField(
        label="请求和理由",
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="摘要即可，答复书、答辩状会引用。",
    )


class RegisterForm(ParticularsForm):
    """The particulars of a new matter; a lawsuit may go on from a reconsideration of the same case."""

    continues = forms.ChoiceField(label="之前的复议", required=False)

    def __init__(self, *args: Any, way: Entry, case: Any, organ: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "reconsideration": ("复议机关", "申请人"),
            "litigation": ("受理的法院", "原告"),
            "compensation": ("赔偿义务机关", "赔偿请求人"),
        }
        self.fields["organ"].label, self.fields["applicant"].label = labels[way.kind]
        self.fields["organ"].initial = organ
        self.fields["applicant"].initial = case.party.name if case.party else ""
        if way.step == "lawsuit_copy_received":
            del self.fields["claims"]  # the step itself asks for them
        elif way.kind == "compensation":
            del self.fields["claims"]
        earlier = Challenge.objects.unscoped("同一案件此前的复议").filter(
            case=case, route=Route.RECONSIDERATION
        )
        earlier = earlier.exclude(stage=Stage.VOID)
        if way.kind == "litigation" and earlier:
            self.fields["continues"].choices = [  # type: ignore[attr-defined]
                ("", "没有经过复议"),
                *((str(each.pk), f"{each}（{each.get_outcome_display() or '未终结'}）") for each in earlier),
            ]
            self.fields["continues"].initial = str(earlier.order_by("-pk")[0].pk)
        else:
            del self.fields["continues"]


class FindCaseForm(LabelledForm):
    number = forms.CharField(label="处罚案件的案号", max_length=80, help_text="与决定书上的案号完全一致。")
