"""What is asked for a calculation, built from the benchmark, the lists and the statutory grounds; and what is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from plumbline.apps.cases.contract import FenField, YesNoField
from plumbline.packs.penalty.leniency import HARMS, STATED
from plumbline.platform.actions import InputFault
from plumbline.platform.ui.acting import put_faults
from plumbline.platform.ui.forms import LabelledForm, dress
from plumbline.vocabulary import load_vocabulary

from .actions import Stated
from .gathering import Ground
from .models import Calculation
from .reckoning import Proposal, yuan


class FactsForm(LabelledForm):
    """Circumstances, facts and list conditions of a case. ``stated()`` gives them once the form is valid."""

    def __init__(self, *args: Any, ground: Ground, kept: Calculation | None = None, **kwargs: Any) -> None:
        self.ground = ground
        super().__init__(*args, initial=_initial(ground, kept), **kwargs)
        fields: dict[str, forms.Field] = {}
        if ground.by_rate:
            fields["base"] = FenField(
                label="罚款计算基数",
                required=False,
                help_text="例如违法所得、货值金额、工程造价，按依据条文的说法。",
            )
        if ground.usable_steps:
            fields["circumstances"] = forms.MultipleChoiceField(
                label="查明的情节",
                required=False,
                choices=_circumstances(ground),
                widget=forms.CheckboxSelectMultiple,
                help_text="勾选有证据证明的；几档都有的，按最重的一档。",
            )
        earlier = (
            f"系统内查到该当事人同一事项以前被处罚 {ground.earlier} 次。"
            if ground.earlier
            else "系统内没有查到该当事人同一事项以前被处罚；系统外的须另行核实。"
        )
        fields["first"] = YesNoField(label="初次违法", required=False, help_text=earlier)
        fields["minor"] = YesNoField(label="违法行为轻微", required=False)
        fields["corrected"] = YesNoField(label="已经及时改正", required=False)
        fields["harm"] = forms.ChoiceField(
            label="危害后果", required=False, choices=[("", "请选择"), *HARMS.items()]
        )
        for entry in ground.entries:
            fields[f"list-{entry.pk}"] = forms.MultipleChoiceField(
                label=f"{entry.get_kind_display()}清单 {entry.number}：{entry.title}",
                required=False,
                choices=[(str(place), text) for place, text in enumerate(entry.conditions)],
                widget=forms.CheckboxSelectMultiple,
                help_text=f"条件全部具备才适用。{entry.source}",
            )
        fields["grounds"] = forms.MultipleChoiceField(
            label="其他法定情形",
            required=False,
            choices=[
                (g.key, f"{g.words}（{g.effect.zh}，{g.article.removeprefix('行政处罚法')}）") for g in STATED
            ],
            widget=forms.CheckboxSelectMultiple,
        )
        for name, field in fields.items():
            self.fields[name] = dress(field)

    def parts(self) -> tuple[list[forms.BoundField], list[forms.BoundField], list[forms.BoundField]]:
        """The fields as the page sets them: what the benchmark asks, the four facts side by side, lists and grounds."""
        four = ("first", "minor", "corrected", "harm")
        leading = [self[name] for name in ("base", "circumstances") if name in self.fields]
        rest = [self[name] for name in self.fields if name not in {*four, "base", "circumstances"}]
        return leading, [self[name] for name in four], rest

    def stated(self) -> Stated:
        typed = self.cleaned_data
        return Stated(
            circumstances=frozenset(typed.get("circumstances") or ()),
            minor=typed.get("minor"),
            corrected=typed.get("corrected"),
            harm=typed.get("harm") or None,
            first=typed.get("first"),
            grounds=frozenset(typed.get("grounds") or ()),
            conditions={
                entry.number: frozenset(int(place) for place in typed.get(f"list-{entry.pk}") or ())
                for entry in self.ground.entries
            },
            base=typed.get("base"),
        )


def _circumstances(ground: Ground) -> list[tuple[str, list[tuple[str, str]]]]:
    groups = []
    for step in ground.usable_steps:
        code = str(step["code"])
        name = f"{code} {step.get('label', '')}（{yuan(step['min'])} 至 {yuan(step['max'])} 元）"
        texts = list(step.get("circumstances") or ())
        groups.append(
            (name, [(f"{code}:{n}", text) for n, text in enumerate(texts)] or [(f"{code}:*", "符合本档")])
        )
    return groups


def _initial(ground: Ground, kept: Calculation | None) -> dict[str, Any]:
    if kept is None:
        return {"harm": ground.harm or ""}
    facts: Mapping[str, Any] = kept.facts
    conditions = facts.get("conditions") or {}
    return {
        **{
            name: facts.get(name)
            for name in ("circumstances", "minor", "corrected", "harm", "first", "grounds", "base")
        },
        **{
            f"list-{entry.pk}": [str(place) for place in conditions.get(entry.number, ())]
            for entry in ground.entries
        },
    }


class ChoiceForm(LabelledForm):
    """What the officer proposes; begins as the proposal."""

    outcome = forms.ChoiceField(
        label="处理", choices=[("penalty", "给予处罚"), ("no_penalty", "不予处罚")], widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(label="处罚种类", required=False, widget=forms.CheckboxSelectMultiple)
    step = forms.ChoiceField(label="裁量阶次", required=False)
    fine = FenField(label="拟罚款", required=False)
    reasons = forms.CharField(
        label="理由",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="采用建议的可以不填；调整适用基准、减轻、不予处罚的必须填。",
    )

    def __init__(self, *args: Any, ground: Ground, proposal: Proposal | None = None, **kwargs: Any) -> None:
        allowed = list(ground.power["kinds"]) if ground.power else []
        if proposal is not None:
            kwargs["initial"] = {
                "outcome": proposal.outcome,
                "kinds": ["fine"] if "fine" in allowed else [],
                "step": proposal.step,
                "fine": proposal.fine,
            }
        super().__init__(*args, **kwargs)
        words = load_vocabulary().enums["penalty_kind"]
        self.fields["kinds"].choices = [(kind, words[kind]) for kind in allowed]  # type: ignore[attr-defined]
        steps = [
            (step["code"], f"{step['code']} {step.get('label', '')}".strip()) for step in ground.usable_steps
        ]
        self.fields["step"].choices = [("", "请选择"), *steps]  # type: ignore[attr-defined]
        if not steps:
            del self.fields["step"]

    def add_faults(self, fault: InputFault) -> None:
        put_faults(self, fault)
