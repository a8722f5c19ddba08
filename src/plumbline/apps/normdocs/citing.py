"""Documents as citers of the law, and documents cited as a basis in decisions.

The first goes to the amendment page of the law library; the second compares what a decision names with what was in
force on its day. An unpublished one is a breach that the rules find (BER-64); one not in force by then is a finding (``findings``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from plumbline.apps.cases.contract import register_options
from plumbline.apps.law_library.contract import LiveCiter, register_citers
from plumbline.law.texts import article_number
from plumbline.lawbook.titles import text_title
from plumbline.platform import clock
from plumbline.platform.bulk import insert_rows
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.verdicts.models import StoredVerdict

from .basis import basis_states, texts_of
from .choices import Stage
from .keeping import CITED
from .models import CitedDocument, NormDoc
from .validity import COMING, ENDED, IN_FORCE, UNPUBLISHED, VALIDITY, validity, with_validity


@register_citers("规范性文件")
def citing_documents(actor: Actor) -> Iterator[LiveCiter]:
    """Every document in the making or in force that an actor may see, under each article it rests on."""
    rows = NormDoc.objects.visible_to(actor).exclude(stage__in=[Stage.ENDED, Stage.STOPPED])
    docs = list(rows.order_by("pk"))
    texts, today = texts_of(docs), clock.today()
    for doc in docs:
        for state in basis_states(doc, today, texts):
            yield LiveCiter(
                law=text_title(state.law).title,
                article=article_number(state.article),
                key=doc.matter_id,
                label=doc.title,
                url=doc.page,
                changed=state.says if state.waits else "",
            )


@register_options("normative_documents")
def citable(on: date) -> list[tuple[str, str]]:
    """What a decision of the day may name as its basis: documents published and in force, by their number."""
    rows = NormDoc.objects.unscoped("可以作为依据的规范性文件").filter(
        with_validity(IN_FORCE, on), kind="normative_document"
    )
    found = rows.order_by("-published_on", "pk").values_list("register_no", "number", "title")
    return [(register, f"{title}（{number or register}）") for register, number, title in found if register]


@dataclass(frozen=True)
class Citation:
    """A decision that names a document which founded nothing on its day. ``doc`` None: nobody registered it."""

    matter_id: str
    agency: str
    decided_on: date
    cited: str
    doc: NormDoc | None
    state: str
    by_rule: bool

    @property
    def alerts(self) -> str:
        """The alerts about its case, where somebody has been given the task."""
        return f"/alerts?state=all&matter={quote(self.matter_id)}" if self.by_rule or self.is_finding else ""

    @property
    def is_finding(self) -> bool:
        return self.doc is not None and self.state in {ENDED, COMING}

    @property
    def says(self) -> str:
        if self.doc is None:
            return "没有登记的文件，不能判断是否公布"
        if self.state == ENDED:
            return f"决定当日已失效（{self.doc.last_day} 为最后一日）"
        if self.state == UNPUBLISHED:
            return "决定当日没有公布"
        return f"决定当日{VALIDITY[self.state]}"


def unfounded(actor: Actor, *, most: int = 200) -> list[Citation]:
    """The decisions an actor may see that name a document not in force on their day, the latest first."""
    rows = list(CitedDocument.objects.visible_to(actor).order_by("-decided_on", "-pk")[: most * 5])
    known = documents_named({row.cited for row in rows})
    breached = set(
        StoredVerdict.objects.unscoped("引用核对")
        .filter(rule=CITED, verdict="breached", subject__in=[row.event_id for row in rows])
        .values_list("subject", flat=True)
    )
    found: list[Citation] = []
    for row in rows:
        doc = known.get(row.cited)
        state = validity(doc, row.decided_on) if doc is not None else ""
        if state != IN_FORCE:
            by_rule = row.event_id in breached and state == UNPUBLISHED
            found.append(
                Citation(row.matter_id, row.agency_code, row.decided_on, row.cited, doc, state, by_rule)
            )
    return found[:most]


def citing_cases(doc: NormDoc, actor: Actor) -> list[CitedDocument]:
    """Decisions visible to an actor that name a document."""
    names = [each for each in (doc.register_no, doc.matter_id) if each]
    rows = CitedDocument.objects.visible_to(actor).filter(cited__in=names)
    return list(rows.order_by("-decided_on", "-pk")[:50])


def keep_citations(matters: Collection[str]) -> None:
    """Bring the citations of some cases in line with their decisions; looking twice changes nothing."""
    events = StoredEvent.objects.unscoped("案件引用的规范性文件").filter(
        matter_id__in=matters, in_contract=True
    )
    voided = set(events.filter(activity="event_voided").values_list("data__voids", flat=True))
    named = events.filter(activity="decision_made", data__has_key="supporting_documents")
    wanted = {
        (event_id, cited): CitedDocument(
            event_id=event_id, matter_id=matter, agency_code=agency, decided_on=on, cited=str(cited)[:100]
        )
        for event_id, matter, agency, on, data in named.values_list(
            "event_id", "matter_id", "agency_code", "occurred_on", "data"
        )
        if event_id not in voided
        for cited in data["supporting_documents"] or ()
    }
    rows = CitedDocument.objects.unscoped("案件引用的规范性文件").filter(matter_id__in=matters)
    kept = {(row.event_id, row.cited): row.pk for row in rows}
    CitedDocument.objects.unscoped("案件引用的规范性文件").filter(
        pk__in=[pk for key, pk in kept.items() if key not in wanted]
    ).delete()
    insert_rows([row for key, row in wanted.items() if key not in kept], ignore_conflicts=True)


def documents_named(names: Iterable[str]) -> dict[str, NormDoc]:
    """Documents by any name a decision may cite them under."""
    wanted = set(names)
    found: dict[str, NormDoc] = {}
    if not wanted:
        return found
    for column in ("matter_id", "register_no"):
        rows = NormDoc.objects.unscoped("按引用的编号查找文件").filter(**{f"{column}__in": wanted})
        found |= {getattr(doc, column): doc for doc in rows}
    return found
