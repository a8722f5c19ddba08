"""The form of a step, built from its declaration: contract fields by type, details beside them, and the time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, cast

from django import forms

from plumbline.packs.procedures import Ask, Pair, Step
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.forms import dress
from plumbline.vocabulary import Event, in_force, load_vocabulary

from .composing import current_officers, get, put
from .fields import contract_field, date_input, detail_field
from .fills import filled
from .instalments import PlanField
from .linked import leading_options
from .options import options_of
from .people import officer_options, staff_options
from .reading import CaseFile, MatterFile, activity_zh, items_of

INVESTIGATED = (
    "officer_assigned",
    "record_made",
    "evidence_collected",
    "evidence_preregistered",
    "sealed",
    "seized",
)
#: Property that is held: what a test may take off its period, and what may be extended, lifted or disposed of.
HELD = Pair(
    ("sealed", "seized", "compulsory_measure_taken", "deposits_frozen"),
    ("seizure_lifted", "measure_disposed"),
    "measure",
    "未解除的强制措施",
)


def form_name(path: str) -> str:
    """The name of a path in the page: ``proposed.fine`` → ``proposed__fine``, ``@opinion`` → ``x__opinion``."""
    return f"x__{path[1:]}" if path.startswith("@") else path.replace(".", "__")


class StepForm(forms.Form):
    """One step's form. ``taken()`` gives the event's fields, the details and the time."""

    file: Any
    """The file of the matter: a ``MatterFile`` of the kind that the subclass names."""

    def __init__(self, *args: Any, step: Step, file: MatterFile, draft: Any = None, **kwargs: Any) -> None:
        self.step, self.file, self.draft = step, file, draft
        super().__init__(*args, **kwargs)
        if not step.approval:
            self._ask_time()
        parts: list[tuple[str, list[str]]] = [("", list(self.fields))]
        for ask in step.asks:
            field = self._field(ask)
            if field is None:
                continue
            if ask.group:
                parts.append((ask.group, []))
            new = [name for name in self.fields if not any(name in names for _, names in parts)]
            parts[-1][1].extend([*new, form_name(ask.path)])
            field.initial = self._initial(ask)
            if ask.when:
                field.widget.attrs["data-when"] = when_names(ask.when)
                field.when = when_names(ask.when)  # type: ignore[attr-defined]
            self.fields[form_name(ask.path)] = field
        self._parts = [(title, names) for title, names in parts if names]
        for field in self.fields.values():
            dress(field)

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields by part, for the page."""
        return [(title, [self[name] for name in names]) for title, names in self._parts]

    # -- building ------------------------------------------------------------------------------------------------------

    def _ask_time(self) -> None:
        moment = clock.now()
        typed = self.draft.occurred if self.draft else ""
        self.fields["occurred_on"] = forms.DateField(
            label="发生日期",
            widget=date_input(),
            initial=typed[:10] or moment.date(),
            help_text="可以补登以前的日期；录入时间另记。",
        )
        self.fields["occurred_time"] = forms.TimeField(
            label="时刻",
            required=False,
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            initial=typed[11:16] or None,
            help_text="不填：当日登记的按现在，补登的按当日某一时刻。",
        )

    def _field(self, ask: Ask) -> forms.Field | None:
        file, label = self.file, ask.label
        if ask.given and not file.happened(ask.given):
            return None
        if ask.path == "fine_base" and not _by_rate(file):
            return None
        common: dict[str, Any] = {
            "label": label,
            "required": ask.required,
            "help_text": ask.help,
        }
        today = clock.today()
        match ask.kind:
            case "domain":
                return None
            case "item":
                rows = items_of(file.case.agency_id, today)
                options = [(row["item"], f"{row['item']} {row.get('violation', '')}") for row in rows]
                return forms.ChoiceField(choices=[("", "请选择"), *options], **common | {"label": "执法事项"})
            case "officers":
                options = officer_options(file.case.agency_id, today, current_officers(file))
                return forms.MultipleChoiceField(
                    choices=options, widget=forms.CheckboxSelectMultiple, **common
                )
            case "presider":
                people = staff_options(file.case.agency_id, today, investigators(file))
                return forms.ChoiceField(choices=[("", "请选择"), *people], **common)
            case "open":
                assert self.step.of is not None
                waiting = file.open_instances(self.step.of)
                options = [(e.data[self.step.of.key], instance_zh(e)) for e in waiting]
                blank = [] if ask.required and len(options) == 1 else [("", "请选择")]
                return forms.ChoiceField(choices=[*blank, *options], **common)
            case "held":
                options = [(e.data["measure"], instance_zh(e)) for e in file.open_instances(HELD)]
                return (
                    forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
                    if options
                    else None
                )
            case "case":
                return forms.ChoiceField(choices=[("", "请选择"), *leading_options(file)], **common)
            case "plan":
                return PlanField(**common)
            case "evidence":
                return forms.MultipleChoiceField(
                    choices=evidence_options(file),
                    widget=forms.CheckboxSelectMultiple,
                    **common | {"required": False},
                )
            case "benchmark":
                return forms.ChoiceField(
                    choices=[
                        ("", "请选择"),
                        ("none", "没有适用的裁量基准"),
                        *benchmark_options(file),
                    ],
                    **common | {"label": "裁量基准"},
                )
            case "agency":
                others = Agency.objects.exclude(pk=file.case.agency_id).filter(enforces=True)
                return forms.ChoiceField(
                    choices=[("", "请选择"), *((a.code, a.short_name) for a in others)],
                    **common,
                )
            case "ended_on":
                self.fields["violation__continuing"] = forms.BooleanField(
                    label="违法行为仍在继续", required=False, initial=self._continuing()
                )
                return contract_field(self.step, ask)
        if ask.kind.startswith("options:"):
            choices = options_of(ask.kind.partition(":")[2], today)
            if not choices:
                return None
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
        field = detail_field(ask) if ask.is_detail else contract_field(self.step, ask)
        if ask.path.endswith((".kinds", "kinds")) and isinstance(field, forms.MultipleChoiceField):
            row = file.power_item(today)
            allowed = (row or {}).get("kinds")
            if allowed:
                field.choices = [
                    choice
                    for choice in cast(Iterable[tuple[str, str]], field.choices)
                    if choice[0] in allowed
                ]
                field.help_text = field.help_text or "只列本事项可以给予的处罚种类（权责清单）。"
        return field

    def _continuing(self) -> bool:
        stated = self.file.attribute("violation") or {}
        return "ended_on" in stated and stated["ended_on"] is None

    def _initial(self, ask: Ask) -> Any:
        if self.draft is not None:
            kept = self.draft.details.get(ask.path[1:]) if ask.is_detail else get(self.draft.data, ask.path)
            if ask.kind == "benchmark" and isinstance(kept, dict):
                return f"{kept['benchmark']}|{kept['step']}"
            if kept is not None:
                return kept
        if ask.kind == "officers":
            return current_officers(self.file)
        return filled(self.file, ask.fill) if ask.fill else None

    # -- reading -------------------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for ask in self.step.asks:
            name = form_name(ask.path)
            if ask.when and not self._applies(ask.when, cleaned):
                cleaned[name] = None
                self.errors.pop(name, None)
        on = cleaned.get("occurred_on")
        if on and on > clock.today():
            self.add_error(
                "occurred_on",
                f"“{self.step.label}”的日期 {on} 在将来。请填写实际发生的日期。",
            )
        return cleaned

    def _applies(self, when: str, cleaned: dict[str, Any]) -> bool:
        path, _, wanted = when.partition("=")
        found = cleaned.get(form_name(path))
        found = {True: "true", False: "false"}.get(found, found) if isinstance(found, bool) else found
        options = set(wanted.split(","))
        return bool(options & set(found)) if isinstance(found, list) else found in options

    def taken(self) -> tuple[dict[str, Any], dict[str, Any], date | datetime]:
        """The event's fields in contract form, the details, and when it happened."""
        data: dict[str, Any] = {}
        details: dict[str, Any] = {}
        for ask in self.step.asks:
            value = self.cleaned_data.get(form_name(ask.path))
            if ask.is_detail:
                if value not in (None, "", []):
                    details[ask.path[1:]] = value.isoformat() if isinstance(value, date) else value
            else:
                self._put(data, ask, value)
        return data, details, self.occurred()

    def _put(self, data: dict[str, Any], ask: Ask, value: Any) -> None:
        if ask.kind == "domain":
            chosen = self.cleaned_data.get("item") or self.file.case.item_code
            row = self.file.power_item(clock.today(), chosen)
            if row is not None:
                put(data, ask.path, row["domain"])
        elif ask.kind == "benchmark":
            if value == "none":
                put(data, "benchmark", None)
            elif value:
                benchmark, _, step = value.partition("|")
                put(data, "benchmark", {"benchmark": benchmark, "step": step})
        elif ask.path.startswith("benchmark."):
            if isinstance(data.get("benchmark"), dict) and value is not None:
                put(data, ask.path, value)
        elif ask.kind == "ended_on" and self.cleaned_data.get("violation__continuing"):
            put(data, ask.path, None)
        elif ask.path == "mitigation.statutory_ground" and value is None:
            if self.cleaned_data.get("outcome") == "penalty":
                data.setdefault("mitigation", None)
        elif ask.path.startswith("mitigation.") and data.get("mitigation", {}) is None:
            return
        elif isinstance(value, datetime):
            put(data, ask.path, clock.as_instant(value))
        elif isinstance(value, date):
            put(data, ask.path, value.isoformat())
        elif value not in (None, "", []):
            put(data, ask.path, value)

    def occurred(self) -> date | datetime:
        """When the step happened: an instant when a time is known, else the bare date."""
        moment = clock.now()
        on: date = self.cleaned_data.get("occurred_on") or moment.date()
        typed: time | None = self.cleaned_data.get("occurred_time")
        if typed is not None:
            return datetime.combine(on, typed, clock.CHINA)
        return moment if on == moment.date() else on

    def add_faults(self, fault: InputFault | Refusal) -> None:
        """Put an action's input faults at the fields they name, and a refusal above the form."""
        if isinstance(fault, Refusal):
            self.add_error(None, str(fault))
            return
        for path, sentence in fault.faults.items():
            name = form_name(path)
            self.add_error(name if name in self.fields else None, sentence)


def _by_rate(file: CaseFile) -> bool:
    """Whether the item's fine is reckoned as a rate of some base."""
    row = file.power_item(clock.today())
    return any("max_rate" in each for each in (row or {}).get("ranges") or ())


def when_names(when: str) -> str:
    path, _, wanted = when.partition("=")
    return f"{form_name(path)}={wanted}"


def investigators(file: CaseFile) -> set[str]:
    """Whoever stood as an officer in an investigating event (they may not preside, art. 64)."""
    return {
        a.id for event in file.all(*INVESTIGATED) for a in event.actors or () if a.role == "officer"
    } | set(current_officers(file))


def instance_zh(event: Event) -> str:
    """An open instance in a select: what, when, and what kind."""
    vocabulary = load_vocabulary()
    kind = event.data.get("test_kind") or event.data.get("route") or event.data.get("document")
    words = [activity_zh(event.activity), event.on.isoformat()]
    for enum in ("test_kind", "challenge_route", "served_document"):
        if kind in vocabulary.enums[enum]:
            words.append(vocabulary.label(enum, str(kind)))
    return " · ".join(words)


def evidence_options(file: CaseFile) -> list[tuple[str, str]]:
    """Evidence collected in the case, in order, with its kind."""
    vocabulary = load_vocabulary()
    return [
        (
            event.data["evidence"],
            f"证据 {number} · {vocabulary.label('evidence_kind', event.data['evidence_kind'])} · {event.on}",
        )
        for number, event in enumerate(file.all("evidence_collected"), 1)
    ]


def benchmark_options(file: CaseFile) -> list[tuple[str, str]]:
    """Steps of the benchmarks in force for the case's item."""
    today = clock.today()
    rows = file.registers.where("benchmarks", "item", file.attribute("item") or file.case.item_code)
    return [
        (
            f"{row['id']}|{step['code']}",
            f"{row['id']} {step['code']}：{step['min'] / 100:,.0f}–{step['max'] / 100:,.0f} 元",
        )
        for row in rows
        if in_force(row, today)
        for step in row["steps"]
    ]
