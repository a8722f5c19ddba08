"""Forms that are not a declared step: opening a case, the on-the-spot penalty, the party, opinions and reasons."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms

from plumbline.apps.targets.contract import target_of
from plumbline.platform import clock
from plumbline.platform.actions import InputFault
from plumbline.platform.ui.acting import put_faults
from plumbline.platform.ui.forms import LabelledForm
from plumbline.vocabulary import load_vocabulary

from .actions import NewParty, SpotPenalty, Violation
from .fields import FenField, YesNoField, date_input
from .models import Case, Party, PartyKind
from .people import officer_options
from .reading import items_of
from .told import told_by_paper


class FaultForm(LabelledForm):
    """A form that takes an action's input faults. ``groups`` are its parts on the page, ``shown_when`` hides fields."""

    groups: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    shown_when: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, condition in self.shown_when.items():
            self.fields[name].when = condition  # type: ignore[attr-defined]

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields by part, for the page."""
        return [(title, [self[name] for name in names]) for title, names in self.groups]

    def add_faults(self, fault: InputFault) -> None:
        put_faults(self, fault)


class ReasonForm(FaultForm):
    reason = forms.CharField(label="理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


PARTY = (
    "party_kind",
    "party_name",
    "credit_code",
    "identity_number",
    "birth_on",
    "legal_representative",
    "address",
    "phone",
)


class PartyFields(FaultForm):
    """The party's particulars."""

    party_kind = forms.ChoiceField(label="当事人类别", choices=[("", "请选择"), *PartyKind.choices])
    party_name = forms.CharField(label="姓名或名称", max_length=200)
    identity_number = forms.CharField(label="身份证号", max_length=18, required=False)
    credit_code = forms.CharField(
        label="统一社会信用代码",
        max_length=18,
        required=False,
        help_text="名录中有的，按“按代码带出”填好名称、住所和法定代表人。",
    )
    birth_on = forms.DateField(
        label="出生日期", required=False, widget=date_input(), help_text="填了身份证号的不用填。"
    )
    legal_representative = forms.CharField(label="法定代表人（负责人）", max_length=60, required=False)
    address = forms.CharField(label="住址或住所", max_length=200, required=False)
    phone = forms.CharField(label="联系电话", max_length=30, required=False)

    @staticmethod
    def from_register(number: str) -> dict[str, str]:
        """The party's particulars as the register of targets has them (U-11); empty where it has no such number."""
        found = target_of(number, clock.today())
        if found is None:
            return {}
        known = {
            "party_kind": found.party_kind,
            "party_name": found.name,
            "credit_code": found.credit_code or "",
            "identity_number": found.identity_number or "",
            "legal_representative": found.legal_representative,
            "address": found.address,
        }
        return {name: value for name, value in known.items() if value}

    def party(self) -> NewParty:
        typed = self.cleaned_data
        return NewParty(
            kind=typed["party_kind"],
            name=typed["party_name"],
            birth_on=typed["birth_on"],
            **{
                name: typed[name]
                for name in (
                    "identity_number",
                    "credit_code",
                    "legal_representative",
                    "address",
                    "phone",
                )
            },
        )


class PartyForm(PartyFields):
    """Completing or correcting the party, with the reason."""

    groups = (("身份信息", PARTY), ("更正", ("reason",)))

    reason = forms.CharField(label="补充或更正的理由", max_length=500)

    def __init__(self, *args: Any, party: Party | None, **kwargs: Any) -> None:
        if party is not None:
            kwargs["initial"] = {
                "party_kind": party.kind,
                "party_name": party.name,
                "identity_number": party.identity_number,
                "credit_code": party.credit_code,
                "birth_on": party.birth_on,
                "legal_representative": party.legal_representative,
                "address": party.address,
                "phone": party.phone,
            }
        super().__init__(*args, **kwargs)


class OpenForm(PartyFields):
    """A clue and its case."""

    groups = (
        ("线索", ("source", "source_reference", "occurred_on", "item", "title", "place", "summary")),
        ("当事人", ("party_known", *PARTY)),
        ("违法行为", ("ended_on", "continuing", "harm", "life_health_or_finance")),
    )
    shown_when: ClassVar = {
        **dict.fromkeys(PARTY, "party_known=on"),
        "identity_number": "party_kind=natural_person",
        "birth_on": "party_kind=natural_person",
        "legal_representative": "party_kind=legal_person,other_organization",
    }

    source = forms.ChoiceField(label="来源")
    source_reference = forms.CharField(label="来源单号", max_length=100, required=False)
    occurred_on = forms.DateField(label="收到或发现之日", widget=date_input())
    item = forms.ChoiceField(label="执法事项", help_text="只列本机关当日有权办理的事项。")
    title = forms.CharField(label="案由", max_length=200)
    place = forms.CharField(label="地点", max_length=200, required=False)
    summary = forms.CharField(label="线索内容", max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))
    party_known = forms.BooleanField(label="当事人已经查明", required=False, initial=True)
    ended_on = forms.DateField(
        label="违法行为终了日",
        required=False,
        widget=date_input(),
        help_text="一次行为填发生日；不知道的留空。",
    )
    continuing = forms.BooleanField(label="违法行为仍在继续", required=False)
    harm = YesNoField(label="有危害后果", required=False)
    life_health_or_finance = YesNoField(label="涉及公民生命健康安全、金融安全", required=False)

    def __init__(self, *args: Any, agency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["occurred_on"].initial = today
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            ("", "请选择"),
            *load_vocabulary().enums["clue_source"].items(),
        ]
        rows = items_of(agency, today)
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", "请选择"),
            *((row["item"], f"{row['item']} {row.get('violation', '')}") for row in rows),
        ]
        for name in ("party_kind", "party_name"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("party_known"):
            for name in ("party_kind", "party_name"):
                if not cleaned.get(name):
                    self.add_error(
                        name,
                        f"请填写“{self.fields[name].label}”，或去掉“当事人已经查明”。",
                    )
        return cleaned

    def violation(self) -> Violation:
        typed = self.cleaned_data
        return Violation(
            discovered_on=typed["occurred_on"],
            ended_on=typed["ended_on"],
            continuing=typed["continuing"],
            harm=typed["harm"],
            life_health_or_finance=typed["life_health_or_finance"],
        )


def known_of(origin: Case) -> dict[str, Any]:
    """What a matter of compulsion knows of the penalty case that follows from it."""
    return {
        "source": "other",
        "source_reference": origin.number,
        "item": origin.item_code,
        "title": origin.title,
        "place": origin.place,
        "summary": origin.summary,
        "party_known": origin.party_id is None,
    }


class SpotForm(PartyFields):
    """当场处罚 on one page. Money in yuan; every confirmation is a tick of the officers."""

    groups = (
        ("时间、地点和人员", ("occurred_on", "occurred_time", "place", "officers")),
        ("违法行为", ("item", "title", "facts")),
        ("当事人", PARTY),
        ("告知和陈述申辩", ("id_shown", "told", "statement", "statement_sound", "statement_adopted")),
        ("处罚", ("kinds", "fine", "leniency", "correction_ordered")),
        ("决定书", ("numbered_form", "delivered", "reconsideration_told", "reconsideration_first_told")),
        ("收缴", ("collected_ground", "collected_receipt", "collected_number", "party_requested")),
    )
    shown_when: ClassVar = {
        "identity_number": "party_kind=natural_person",
        "birth_on": "party_kind=natural_person",
        "legal_representative": "party_kind=legal_person,other_organization",
        "fine": "kinds=fine",
        "collected_receipt": "collected_ground=small_fine,hard_to_execute_later,remote_area,none",
        "collected_number": "collected_receipt=special,other",
        "party_requested": "collected_ground=remote_area",
    }

    occurred_on = forms.DateField(label="日期", widget=date_input())
    occurred_time = forms.TimeField(
        label="时刻", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    item = forms.ChoiceField(label="执法事项")
    title = forms.CharField(label="案由", max_length=200)
    place = forms.CharField(label="地点", max_length=200)
    officers = forms.MultipleChoiceField(label="执法人员（不少于两人）", widget=forms.CheckboxSelectMultiple)
    facts = forms.CharField(label="违法事实", max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))
    kinds = forms.MultipleChoiceField(
        label="处罚种类",
        choices=[("warning", "警告"), ("fine", "罚款")],
        widget=forms.CheckboxSelectMultiple,
        help_text="当场处罚只能警告或者小额罚款（行政处罚法第五十一条），超过的转普通程序。",
    )
    fine = FenField(label="罚款", required=False)
    id_shown = YesNoField(label="已出示执法证件")
    told = YesNoField(label="已告知拟处罚内容、事实、理由、依据和陈述申辩权")
    statement = forms.CharField(
        label="当事人的陈述申辩", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="没有提出的留空。",
    )  # fmt: skip
    statement_sound = YesNoField(label="陈述申辩成立", required=False)
    statement_adopted = YesNoField(label="已采纳", required=False)
    numbered_form = YesNoField(label="使用预定格式、编有号码的决定书")
    delivered = YesNoField(label="已当场交付当事人")
    reconsideration_told = forms.MultipleChoiceField(
        label="决定书告知的复议事项", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="已按本机关现行决定书的内容勾选。交付的决定书没有写明的，请去掉（行政复议法实施条例第二十五条）。",
    )  # fmt: skip
    reconsideration_first_told = YesNoField(label="已告知应当先申请行政复议")
    correction_ordered = YesNoField(label="已责令改正", required=False)
    leniency = forms.ChoiceField(
        label="从轻减轻", required=False, help_text="已满十四周岁不满十八周岁的，应当从轻或者减轻处罚。"
    )
    collected_ground = forms.ChoiceField(
        label="当场收缴罚款的理由", required=False, help_text="没有当场收缴的留空。"
    )
    collected_receipt = forms.ChoiceField(label="收缴票据", required=False)
    collected_number = forms.CharField(label="票据号码", required=False, max_length=40)
    party_requested = YesNoField(label="当事人提出当场缴纳", required=False)

    def __init__(self, *args: Any, agency: str, me: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = clock.now()
        enums = load_vocabulary().enums
        self.fields["occurred_on"].initial = now.date()
        self.fields["occurred_time"].initial = now.strftime("%H:%M")
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", "请选择"),
            *((r["item"], f"{r['item']} {r.get('violation', '')}") for r in items_of(agency, now.date())),
        ]
        self.fields["officers"].choices = officer_options(agency, now.date())  # type: ignore[attr-defined]
        self.fields["officers"].initial = [me]
        self.fields["reconsideration_told"].choices = list(enums["reconsideration_notice_part"].items())  # type: ignore[attr-defined]
        self.fields["reconsideration_told"].initial = told_by_paper("summary", agency, now.date())
        self.fields["leniency"].choices = [("", "请选择"), *enums["leniency"].items()]  # type: ignore[attr-defined]
        self.fields["collected_ground"].choices = [  # type: ignore[attr-defined]
            ("", "没有当场收缴"),
            *enums["spot_ground"].items(),
        ]
        self.fields["collected_receipt"].choices = [  # type: ignore[attr-defined]
            ("", "请选择"),
            *enums["fine_receipt"].items(),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "fine" in (cleaned.get("kinds") or []) and cleaned.get("fine") is None:
            self.add_error("fine", "请填写罚款数额。")
        if cleaned.get("statement") and cleaned.get("statement_sound") is None:
            self.add_error("statement_sound", "当事人有陈述申辩的，请填写复核结果。")
        if cleaned.get("collected_ground") and not cleaned.get("collected_receipt"):
            self.add_error("collected_receipt", "当场收缴的，请选择票据（行政处罚法第七十条）。")
        return cleaned

    def moment(self) -> datetime:
        return datetime.combine(
            self.cleaned_data["occurred_on"],
            self.cleaned_data["occurred_time"],
            clock.CHINA,
        )

    def penalty(self) -> SpotPenalty:
        typed = self.cleaned_data
        return SpotPenalty(
            title=typed["title"],
            item=typed["item"],
            place=typed["place"],
            party=self.party(),
            officers=typed["officers"],
            facts=typed["facts"],
            kinds=typed["kinds"],
            fine=typed["fine"] if "fine" in typed["kinds"] else None,
            told=typed["told"],
            id_shown=typed["id_shown"],
            numbered_form=typed["numbered_form"],
            delivered=typed["delivered"],
            reconsideration_first_told=typed["reconsideration_first_told"],
            reconsideration_told=typed["reconsideration_told"],
            correction_ordered=bool(typed["correction_ordered"]),
            leniency=typed["leniency"],
            statement=typed["statement"],
            statement_sound=bool(typed["statement_sound"]),
            statement_adopted=bool(typed["statement_adopted"]),
            collected_ground=typed["collected_ground"],
            collected_receipt=typed["collected_receipt"],
            collected_number=typed["collected_number"].strip(),
            party_requested=bool(typed["party_requested"]),
        )
