"""Forms of the linkage. A step's form is casework's, fed with facts of this matter, so that nothing is typed twice."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from plumbline.apps.cases.contract import StepForm, entries_of
from plumbline.packs.procedures import Ask
from plumbline.packs.transfer.procedures import OUTSIDE, Entry
from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.forms import LabelledForm

from .models import InquiryScope
from .package import choices
from .policies import organs
from .reading import LinkageFile
from .standards import choices as choices_of_standards
from .standards import words


class LinkageStepForm(StepForm):
    """Prefilled from what the matter and its case state already."""

    file: LinkageFile

    def _field(self, ask: Ask) -> forms.Field | None:
        if ask.kind == "package":
            offered = choices(self.file.linkage)
            if not offered:
                return None
            return forms.MultipleChoiceField(
                label=ask.label, choices=offered, required=False, widget=forms.CheckboxSelectMultiple,
                help_text="移送书和调查报告总是随案移送；另选要移送的已签发文书。",
            )  # fmt: skip
        if ask.kind == "standard":
            domain = self.file.linkage.case.domain if self.file.linkage.case is not None else ""
            return forms.ChoiceField(
                label=ask.label, choices=[("", "请选择"), *choices_of_standards(clock.today(), domain)],
                required=True, help_text=ask.help,
            )  # fmt: skip
        return super()._field(ask)

    def _initial(self, ask: Ask) -> Any:
        name = ask.path.removeprefix("@")
        if self.draft is not None:
            kept = self.draft.details.get(name) if ask.is_detail else self.draft.data.get(ask.path)
            if kept is not None:
                return kept
        match ask.fill:
            case "today":
                return clock.today()
            case "letter":
                return self.file.of_letter(name)
            case "lead_answer":
                return self.file.linkage.lead_answer or None
            case "items":
                return self.file.detail("transfer_sent", "items") or None
            case "facts":
                return self.file.detail("crime_suspected", "facts") or _found_facts(self.file.linkage.case)
            case "threshold":
                return self._compared() if self.step.key == "report" else None
        return None

    def _compared(self) -> str | None:
        noted = self.file.last("crime_suspected")
        return words(self.file.details.get(noted.id, {})) if noted is not None else None


def _found_facts(case: Any) -> str | None:
    """The facts as the case's latest report or decision found them."""
    if case is None:
        return None
    found = [str(entry["facts"]) for entry in entries_of(case).values() if entry.get("facts")]
    return found[-1] if found else None


class BeginForm(LabelledForm):
    """What a new matter is, and with whom. Only what cannot be known is asked."""

    title = forms.CharField(label="名称", max_length=200, help_text="用一句话说清是什么事，不写个人姓名。")
    organ = forms.ChoiceField(label="对方机关")
    agency = forms.ChoiceField(label="收文的行政机关")

    def __init__(self, *args: Any, way: Entry, case: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if way.side in OUTSIDE:
            del self.fields["organ"]
            found = Agency.objects.filter(enforces=True) | Agency.objects.filter(
                kind="supervision_organ", level="district"
            )
            self.fields["agency"].choices = [  # type: ignore[attr-defined]
                ("", "请选择"),
                *((a.code, a.name) for a in found.order_by("code")),
            ]
        else:
            del self.fields["agency"]
            bodies = organs(way.organ)
            if len(bodies) == 1:
                del self.fields["organ"]
            else:
                self.fields["organ"].choices = [("", "请选择"), *((a.code, a.name) for a in bodies)]  # type: ignore[attr-defined]
        if case is not None:
            self.fields["title"].initial = case.title


def _day(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs
    )


class InquiryForm(LabelledForm):
    wanted = forms.CharField(
        label="案号", max_length=200, help_text="与文书上的案号完全一致，括号和年份都要一致。"
    )
    reason = forms.CharField(label="事由", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    basis = forms.CharField(
        label="依据的文书", max_length=200, help_text="例如 调取证据通知书（新检行监调〔2026〕5号）。"
    )
    scope = forms.ChoiceField(label="范围", choices=InquiryScope.choices, initial=InquiryScope.LIST)
    until = _day("查询到哪一天", help_text="一次最长 90 日。")


class DecideInquiryForm(LabelledForm):
    grant = forms.ChoiceField(
        label="决定",
        choices=[("yes", "同意"), ("no", "不同意")],
        widget=forms.RadioSelect(attrs={"data-inline": "1"}),
    )
    scope = forms.ChoiceField(
        label="开放的范围", choices=InquiryScope.choices, help_text="可以小于申请的范围。"
    )
    until = _day("开放到哪一天", help_text="可以早于申请的日期。")
    opinion = forms.CharField(
        label="理由",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不同意的必须填写。",
    )

    def __init__(self, *args: Any, scope: str, until: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].initial, self.fields["until"].initial = scope, until
