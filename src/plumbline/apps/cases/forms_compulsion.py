"""The form that opens a matter of compulsion; what a case or clue knows already is filled in."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from plumbline.packs.penalty.procedures.compulsion import EXECUTION, GROUNDS, MEASURE
from plumbline.platform import clock

from .actions.compelling import Compelled
from .fields import date_input
from .forms_open import PARTY, PartyFields
from .models import Case
from .people import officer_options
from .reading import CaseFile, items_of


class CompulsionForm(PartyFields):
    groups = (
        (
            "办什么",
            (
                "procedure",
                "order",
                "served_on",
                "term_until",
                "ground",
                "occurred_on",
                "item",
                "title",
                "place",
                "facts",
                "officers",
            ),
        ),
        ("当事人", PARTY),
    )
    shown_when: ClassVar = {
        "order": f"procedure={EXECUTION}",
        "served_on": f"procedure={EXECUTION}",
        "term_until": f"procedure={EXECUTION}",
        "identity_number": "party_kind=natural_person",
        "birth_on": "party_kind=natural_person",
        "legal_representative": "party_kind=legal_person,other_organization",
    }

    procedure = forms.ChoiceField(
        label="类别",
        choices=[
            (MEASURE, "行政强制措施：查封、扣押、冻结等"),
            (EXECUTION, "行政强制执行：催告、强制执行、代履行、申请法院"),
        ],
        widget=forms.RadioSelect,
        help_text="拆除违法的建筑物、构筑物、设施，在作出拆除决定的案件中办理（行政强制法第四十四条）。",
    )
    ground = forms.ChoiceField(label="来源", choices=[("", "请选择"), *GROUNDS])
    occurred_on = forms.DateField(label="登记日期", widget=date_input())
    item = forms.ChoiceField(label="执法事项", help_text="只列本机关当日有权办理的事项。")
    title = forms.CharField(label="案由", max_length=200)
    place = forms.CharField(label="地点", max_length=200, required=False)
    facts = forms.CharField(label="事实", max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))
    officers = forms.MultipleChoiceField(label="承办人员（不少于两人）", widget=forms.CheckboxSelectMultiple)
    order = forms.CharField(
        label="据以执行的决定",
        max_length=200,
        required=False,
        help_text="名称和文号，例如 责令限期改正通知书。",
    )
    served_on = forms.DateField(label="决定送达日", required=False, widget=date_input())
    term_until = forms.DateField(label="履行期限", required=False, widget=date_input())

    def __init__(self, *args: Any, agency: str, me: str, origin: Case | None = None, **kwargs: Any) -> None:
        self.origin = origin
        kwargs["initial"] = {
            "occurred_on": clock.today(),
            "officers": [me],
            **(_known(origin) if origin else {}),
        }
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", "请选择"),
            *((row["item"], f"{row['item']} {row.get('violation', '')}") for row in items_of(agency, today)),
        ]
        self.fields["officers"].choices = officer_options(agency, today)  # type: ignore[attr-defined]
        if origin is not None and origin.party is not None:
            # The party is the case's own row: not typed again, and not shown to be typed over.
            for name in PARTY:
                del self.fields[name]
            self.groups = self.groups[:-1]  # type: ignore[misc, assignment]

    def compelled(self) -> Compelled:
        typed = self.cleaned_data
        return Compelled(
            party=self.party() if "party_kind" in self.fields else None,
            officers=tuple(typed["officers"]),
            origin=self.origin,
            **{
                name: typed[name]
                for name in (
                    "procedure", "title", "item", "ground", "facts", "place", "order", "served_on", "term_until",
                )
            },
        )  # fmt: skip


def _known(origin: Case) -> dict[str, Any]:
    """What the case says already: its party, place and facts, and its order to correct where there is one."""
    entries = list(origin.entries.order_by("pk"))
    facts = [entry.details["facts"] for entry in entries if entry.details.get("facts")]
    found: dict[str, Any] = {
        "procedure": MEASURE,
        "ground": "clue",
        "item": origin.item_code,
        "title": origin.title,
        "place": origin.place,
        "facts": facts[-1] if facts else origin.summary,
        "officers": [officer.number for officer in origin.officers.filter(to_on=None)],
    }
    ordered = next((e for e in reversed(entries) if e.step == "correction_ordered"), None)
    if ordered is not None:
        event = next(
            (e for e in CaseFile(origin).all("correction_ordered") if e.id == ordered.event_id), None
        )
        found |= {
            "procedure": EXECUTION,
            "ground": "correction",
            "order": f"责令改正：{ordered.details.get('content', '')}"[:200],
            "served_on": event.on if event else None,
            "term_until": ordered.details.get("due") or None,
        }
    return found
