"""Where facts come from: the case's row, its events with what the forms keep beside them, its other documents.

A case is read once for all its documents. Each source answers with what it found, in words, and with the step it came
from, so that a page can lead there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q

from plumbline.apps.cases.contract import current_officers, entries_of, procedure_of
from plumbline.packs.penalty.documents import TEMPLATES
from plumbline.packs.procedures import Step
from plumbline.platform.events.log import matter_events
from plumbline.platform.identity.models import Person
from plumbline.vocabulary import MISSING, Event, load_vocabulary

from .amounts import in_characters
from .composing import day_zh, moment_zh, walk, words_of_detail, words_of_field
from .dues import HEARING_WINDOW, STATEMENT_WINDOWS, days_to_speak, last_day, payment
from .models import Document, DocumentState
from .telling import reconsideration_organ

Rows = list[list[str]]
NO_STATEMENT = "当事人在告知后没有提出陈述和申辩。"
# Which document an event of service serves.
SERVED = {
    "penalty_notice_served": ("D25",),
    "hearing_right_told": ("D25",),
    "hearing_notice_served": ("D27",),
    "extension_notice_served": ("D18",),
    "demand_notice_served": ("D39",),
    "decision_served": ("D32", "D31", "D33"),
    "announcement_service_started": ("D32", "D33", "D25"),
}


@dataclass(frozen=True)
class Found:
    """A fact as it is now: its text, or the rows of a list; where it comes from; the step's key for the way there."""

    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    origin: str = ""
    step: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.rows)


class CaseFacts:
    """The facts of one case. ``named`` answers a source; nothing found is an empty ``Found``."""

    def __init__(self, case: Any) -> None:
        self.case = case

    @cached_property
    def events(self) -> list[Event]:
        return matter_events(self.case.matter_id)

    @cached_property
    def _entries(self) -> dict[str, dict[str, Any]]:
        return entries_of(self.case)

    @cached_property
    def steps(self) -> dict[str, Step]:
        return dict(procedure_of(self.case).steps)

    @cached_property
    def _requests(self) -> dict[str, Any]:
        return {each.event_id: each for each in self.case.requests.exclude(event_id="")}

    @cached_property
    def _papers(self) -> list[Document]:
        rows = Document.objects.unscoped("文书之间引用文号").filter(matter_id=self.case.matter_id)
        return list(rows.filter(state=DocumentState.SIGNED).defer("html").order_by("pk"))

    @cached_property
    def names(self) -> dict[str, str]:
        """Number → 「姓名（号）」 of everybody who stands in the case's events and details."""
        numbers = {actor.id for event in self.events for actor in event.actors or ()}
        numbers |= {
            str(each)
            for entry in self._entries.values()
            for value in entry.values()
            for each in (value if isinstance(value, list) else [value])
            if isinstance(each, str) and len(each) < 40
        }
        numbers |= set(self._officers)
        people = Person.objects.filter(Q(certificate_number__in=numbers) | Q(staff_number__in=numbers))
        return {
            number: f"{person.display_name}（{number}）"
            for person in people
            for number in (person.certificate_number, person.staff_number)
            if number
        }

    @cached_property
    def _officers(self) -> list[str]:
        return current_officers(self.case)

    def step_of(self, event: Event) -> Step | None:
        known = self.steps.get(str(self._entries.get(event.id, {}).get("step", "")))
        if known is not None:
            return known
        return next((step for step in self.steps.values() if step.activity == event.activity), None)

    def event(self, event_id: str) -> Event | None:
        return next((event for event in self.events if event.id == event_id), None)

    def find(self, sources: Iterable[str], own: Event | None) -> Found:
        """What the first source that knows something says."""
        for source in sources:
            found = self.named(source, own)
            if found:
                return found
        return Found()

    def named(self, source: str, own: Event | None) -> Found:
        kind, colon, rest = source.partition(":")
        if colon:
            reader = getattr(self, f"_{kind}", None)
            if reader is None:
                raise KeyError(source)
            return reader(rest, own)
        for mark, read in (("@", self._detail), ("#", self._about), (".", self._field)):
            key, found, path = source.partition(mark)
            if found:
                for event in self._of(key, own):
                    if known := read(event, path):
                        return known
                return Found()
        raise KeyError(source)

    def _of(self, key: str, own: Event | None) -> Iterable[Event]:
        """The events of a step or activity, the document's own first, then the latest."""
        if key == "own":
            return [own] if own is not None else []
        matching = [event for event in self.events if self._is(event, key)]
        if own is None:
            return matching[-1:]
        if self._is(own, key):
            return [own]
        # What had happened by then; what came of it afterwards only where nothing had.
        place = {event.id: n for n, event in enumerate(self.events)}
        before = [event for event in matching if place[event.id] < place.get(own.id, 0)]
        return before[-1:] or matching[:1]

    def _is(self, event: Event, key: str) -> bool:
        entry = self._entries.get(event.id)
        return event.activity == key or (entry is not None and entry.get("step") == key)

    def label_of(self, event: Event) -> str:
        """What an event is called: by its step, else by the contract."""
        step = self.step_of(event)
        return step.label if step else load_vocabulary().activity_zh(event.activity)

    def _found(self, event: Event, text: str) -> Found:
        step = self.step_of(event)
        return Found(text, (), f"{self.label_of(event)} {event.on:%Y-%m-%d}", step.key if step else "")

    def _detail(self, event: Event, name: str) -> Found:
        value = self._entries.get(event.id, {}).get(name)
        text = words_of_detail(self.step_of(event), name, value, self.names)
        return self._found(event, text) if text else Found()

    def _field(self, event: Event, path: str) -> Found:
        value = walk(event.data, path)
        if value is MISSING:
            return Found()
        text = words_of_field(event.activity, path, value, self.names)
        return self._found(event, text) if text else Found()

    def _about(self, event: Event, what: str) -> Found:
        request = self._requests.get(event.id)
        text = ""
        if what == "day":
            text = day_zh(event.on)
        elif what == "moment":
            text = moment_zh(event.occurred_at)
        elif what in ("people", "recorder"):
            people = [self.names.get(actor.id, actor.id) for actor in event.actors or ()]
            people = people or [
                self.names.get(str(each), str(each))
                for each in self._entries.get(event.id, {}).get("officers", ())
            ]
            text = "、".join(people) if what == "people" else (people[-1].split("（")[0] if people else "")
        elif request is not None and what in ("approver", "opinion"):
            # An approval without a word is an approval.
            text = str(request.decided_label if what == "approver" else request.opinion or "同意。")
        elif request is not None and what == "approved" and request.decided_at:
            text = day_zh(event.on)
        return self._found(event, text) if text else Found()

    # -- the sources that are not a step's ----------------------------------------------------------------------------

    def _own(self, what: str, own: Event | None) -> Found:
        words = {"sealed": "查封", "seized": "扣押", "deposits_frozen": "冻结"}
        if own is None or what != "measure":
            return Found()
        step = self.step_of(own)
        label = words.get(own.activity) or (step.label.removesuffix("审批") if step else "")
        return self._found(own, label) if label else Found()

    def _case(self, what: str, own: Event | None) -> Found:
        case = self.case
        simple = {"number": case.number, "title": case.title, "place": case.place, "summary": case.summary}
        days = {"opened": case.opened_on, "filed": case.filed_on, "closed": case.closed_on}
        if what in simple:
            text = simple[what]
        elif what in days:
            text = day_zh(days[what]) if days[what] else ""
        else:
            text = str(getattr(self, f"_case_{what}")())
        return Found(text, (), "案件登记")

    def _case_source(self) -> str:
        for event in self.events:
            if event.activity == "clue_received" and event.data.get("source"):
                return words_of_field("clue_received", "source", event.data["source"], {})
        return ""

    def _case_violation_day(self) -> str:
        for event in reversed(self.events):
            ended = walk(event.data, "violation.ended_on")
            if ended not in (MISSING, None):
                return moment_zh(str(ended))
        return ""

    @cached_property
    def _item(self) -> Any:
        from plumbline.platform.verdicts.registers import current_registers

        code = self.case.item_code
        rows = current_registers()[0].where("power_items", "item", code) if code else ()
        return next(iter(rows), None)

    def _case_item(self) -> str:
        return str(self._item["violation"]) if self._item else ""

    def _case_basis(self) -> str:
        return "、".join(f"《{b['law']}》{b['article']}" for b in self._item["basis"]) if self._item else ""

    def _case_outcome(self) -> str:
        outcome = self.case.outcome
        return words_of_field("decision_made", "outcome", outcome, {}) if outcome else ""

    @property
    def _fine(self) -> int:
        decisions = [event for event in self.events if event.activity == "decision_made"]
        fine = walk(decisions[-1].data, "penalty.fine") if decisions else None
        return fine if isinstance(fine, int) else 0

    @property
    def _paid(self) -> int:
        paid = (event for event in self.events if event.activity in ("fine_paid", "fine_collected_on_spot"))
        return sum(int(event.data.get("amount", 0)) for event in paid)

    def _case_duty(self) -> str:
        if not self._fine:
            return ""
        whole, rest = f"缴纳罚款人民币{in_characters(self._fine)}", self._fine - self._paid
        if not self._paid or rest <= 0:
            return f"{whole}。"
        return f"{whole}，已缴{in_characters(self._paid)}，尚欠{in_characters(rest)}。"

    def _case_unpaid(self) -> str:
        open_fen = self._fine - self._paid
        return words_of_field("fine_paid", "amount", open_fen, {}) if open_fen > 0 else ""

    def _party(self, what: str, own: Event | None) -> Found:
        party = self.case.party
        if party is None:
            return Found()
        parts = {
            "name": str(party),
            "kind": party.get_kind_display(),
            "identity": party.credit_code or party.identity_number,
            "representative": party.legal_representative,
            "address": party.address,
            "phone": party.phone,
        }
        if what != "summary":
            return Found(parts[what], (), "当事人登记")
        named = (
            ("统一社会信用代码", party.credit_code),
            ("身份证号", party.identity_number),
            ("法定代表人（负责人）", party.legal_representative),
            ("住址（住所）", party.address),
        )
        said = [str(party), *(f"{label}{value}" for label, value in named if value)]
        return Found("，".join(said) + "。", (), "当事人登记")

    def _agency(self, what: str, own: Event | None) -> Found:
        if what == "reconsideration":
            return Found(reconsideration_organ(), (), "行政复议法第二十四条")
        return Found(self.case.agency.name, (), "机关登记")

    def _people(self, what: str, own: Event | None) -> Found:
        both = [self.names.get(number, number) for number in self._officers]
        if what == "names":
            both = [each.split("（")[0] for each in both]
        elif what == "numbers":
            both = list(self._officers)
        return Found("、".join(both), (), "承办人员")

    @cached_property
    def _items_of_evidence(self) -> list[Any]:
        # Evidence points to the document it was taken with, so its contract is read when it is needed.
        from plumbline.apps.evidence.contract import evidence_of

        return evidence_of(self.case)

    def _evidence(self, what: str, own: Event | None) -> Found:
        words = load_vocabulary().enums
        items = self._items_of_evidence
        if what == "text":
            text = "、".join(item.title for item in items)
            return Found(f"{text}。" if text else "", (), "证据")
        rows = tuple(
            (
                item.title,
                words.get("evidence_kind", {}).get(item.kind, item.kind),
                item.origin or words.get("evidence_source", {}).get(item.source, item.source),
                *(() if what == "list" else ("",)),
                item.proves,
            )
            for item in items
        )
        return Found("", rows, "证据")

    def _number(self, code: str, own: Event | None) -> Found:
        paper = next((each for each in reversed(self._papers) if each.template == code), None)
        return Found(paper.number, (), paper.title) if paper else Found()

    def _day(self, code: str, own: Event | None) -> Found:
        paper = next((each for each in reversed(self._papers) if each.template == code), None)
        return Found(day_zh(paper.signed_on), (), paper.title) if paper and paper.signed_on else Found()

    def _clock(self, rule: str, own: Event | None) -> Found:
        due = last_day(self.case.matter_id, rule, self.events, own)
        return Found(day_zh(due), (), "法定期限") if due is not None else Found()

    def _big(self, source: str, own: Event | None) -> Found:
        key, _, path = source.partition(".")
        for event in self._of(key, own):
            value = walk(event.data, path)
            if isinstance(value, int):
                return self._found(event, in_characters(value))
        return Found()

    def _notice(self, what: str, own: Event | None) -> Found:
        """``statement`` and ``hearing``: until when the party may speak, or ask to be heard, as the rules reckon it."""
        for event in self._of("penalty_notice_served", own):
            if what == "statement":
                return self._found(event, days_to_speak(self.case.matter_id, event, STATEMENT_WINDOWS))
            if "right_to_hearing" in (event.data.get("states") or ()):
                until = days_to_speak(self.case.matter_id, event, (HEARING_WINDOW,))
                return self._found(event, f"请在{until}提出。" if until else "请在法定期限内提出。")
        return Found()

    def _payment(self, what: str, own: Event | None) -> Found:
        for event in self._of("decision_made", own):
            return self._found(event, payment(self.events, event, self._entries))
        return Found()

    def _statement(self, what: str, own: Event | None) -> Found:
        happened = {event.activity for event in self.events}
        silent = "penalty_notice_served" in happened and "statement_received" not in happened
        return Found(NO_STATEMENT, (), "案件经过") if silent else Found()

    def _served(self, what: str, own: Event | None) -> Found:
        codes = SERVED.get(own.activity if own is not None else "decision_served", SERVED["decision_served"])
        for code in codes:
            paper = next((each for each in reversed(self._papers) if each.template == code), None)
            if paper is not None:
                number = f"（{paper.number}）" if paper.number else ""
                return Found(f"{paper.title}{number}", (), paper.title)
        return Found(TEMPLATES[codes[0]].title, (), "案件经过") if own is not None else Found()

    def _documents(self, what: str, own: Event | None) -> Found:
        rows = tuple(
            (paper.title, paper.number, paper.signed_on.isoformat() if paper.signed_on else "", "")
            if what == "list"
            else (paper.title, "1份", f"{paper.pages}页" if paper.pages else "")
            for paper in self._papers
        )
        return Found("", rows, "本案已签发的文书")
