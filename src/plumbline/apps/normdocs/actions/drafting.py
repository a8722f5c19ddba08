"""Beginning a document, what its maker declares of it, and the articles it rests on."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from plumbline.apps.law_library.contract import pinned_article
from plumbline.packs.normdoc.words import FORBIDDEN
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.verdicts.registers import registers_changed

from ..basis import basis_states
from ..choices import Kind
from ..events import BASIS_CONFIRMED
from ..keeping import bring_in_line
from ..kinds import words_of
from ..models import BasisCheck, NormDoc, NormEntry, PlanItem
from ..policies import may_begin, may_draft
from ..reading import NormFile

BASIS = "地方组织法第七十五条"


@dataclass(frozen=True)
class Declaration:
    """What the maker says of a document. ``sets`` are the contract's words; empty says that it sets nothing.

    ``specialised`` and ``risky`` are asked of decisions: whether experts have to argue it, whether its risk has to be assessed.
    """

    affects_rights: bool
    business_related: bool
    secret: bool = False
    sets: Sequence[str] = field(default_factory=tuple)
    necessity: str = ""
    specialised: bool | None = None
    risky: bool | None = None

    @property
    def data(self) -> dict[str, Any]:
        return {
            "affects_rights": self.affects_rights,
            "business_related": self.business_related,
            "secret": self.secret,
            "sets": list(self.sets),
        }

    @property
    def beside(self) -> dict[str, Any]:
        """What is said beside the event: the contract has no field for it."""
        said = {"necessity": self.necessity, "specialised": self.specialised, "risky": self.risky}
        return {name: value for name, value in said.items() if value is not None}


@action(
    "normdocs.begin",
    policy=may_begin,
    on="agency_code",
    records=("document_drafted",),
    basis=BASIS,
)
def begin_document(
    *,
    actor: Actor,
    agency_code: str,
    maker: Agency,
    title: str,
    declaration: Declaration,
    basis: Sequence[Mapping[str, str]],
    joint: str = "",
    plan: PlanItem | None = None,
    kind: str = Kind.NORM,
    occurred_at: date | datetime | None = None,
) -> NormDoc:
    """Open a document in the name of ``maker``; what it may not set is refused here already."""
    words = words_of(kind)
    faults = {}
    if not title.strip():
        faults["title"] = "请填写名称。"
    if not declaration.necessity.strip():
        faults["necessity"] = "请写明必要性。"
    for name in ("specialised", "risky") if kind == Kind.POLICY else ():
        if getattr(declaration, name) is None:
            faults[name] = "请选择是或者否。"
    if not basis:
        faults["basis"] = "请至少选择一条依据。"
    if faults:
        raise InputFault(faults)
    demand_nothing_forbidden(declaration.sets)
    occurred = occurred_at or clock.now()
    on = occurred.date() if isinstance(occurred, datetime) else occurred
    if on > clock.today():
        raise InputFault({"": f"起草日期 {on} 在将来。请填写实际日期。"})
    fitting = [each for each in words.procedures if each.in_force_from <= on]
    if not fitting:
        raise InputFault({"": "起草日期早于现行程序的施行日。以前制定的文件请收入现有文件目录。"})
    doc = NormDoc.objects.create(
        matter_id=f"{words.mark}-{agency_code}-{on.year}-{uuid.uuid4().hex[:10]}",
        kind=str(kind),
        title=title.strip()[:200],
        maker=maker,
        agency_id=agency_code,
        joint=joint.strip()[:300],
        procedure_version=max(fitting, key=lambda each: each.in_force_from).version,
        plan=plan,
        basis=[pinned_article(each["law"], each["article"]) for each in basis],
        necessity=declaration.necessity.strip(),
        begun_on=on,
        by_label=actor.label,
    )
    _declare(actor, doc, declaration, occurred)
    registers_changed()
    return doc


def demand_nothing_forbidden(sets: Sequence[str]) -> None:
    """Refuse what only laws, regulations or rules may set."""
    wrong = [FORBIDDEN[each] for each in sets if each in FORBIDDEN]
    if wrong:
        raise Refusal(
            f"规范性文件不得设定{'、'.join(each.what for each in wrong)}",
            basis="、".join(each.basis for each in wrong),
            next_step="".join(each.remedy for each in wrong),
        )


def _declare(actor: Actor, doc: NormDoc, declaration: Declaration, occurred: date | datetime) -> None:
    stored = record(
        actor=actor,
        matter=doc.matter_id,
        kind=doc.kind,
        activity="document_drafted",
        agency=doc.maker_id,
        occurred_at=occurred,
        data=declaration.data,
        actors=[{"id": actor.number, "role": actor.role_for("normdocs.draft", doc.agency_id)}],
    )
    NormEntry.objects.create(
        doc=doc,
        step="drafted",
        event_id=stored.event_id,
        details=declaration.beside,
        by_label=actor.label,
    )
    bring_in_line(doc, NormFile(doc))


@action(
    "normdocs.declare_anew",
    policy=may_draft,
    on="doc",
    records=("document_drafted", "event_voided"),
    basis=BASIS,
)
def declare_anew(*, actor: Actor, doc: NormDoc, declaration: Declaration, reason: str) -> None:
    """Correct what was declared of a document: the earlier declaration is voided with the reason."""
    if not reason.strip():
        raise InputFault({"reason": "请写明更正的理由。"})
    if not declaration.necessity.strip():
        raise InputFault({"necessity": "请写明制定的必要性。"})
    demand_nothing_forbidden(declaration.sets)
    locked = locked_document(doc.pk)
    if locked.is_published:
        raise Refusal("文件已经公布，不能更正起草申报", next_step="请通过修改或者废止文件处理。")
    file = NormFile(locked)
    earlier = file.last("document_drafted")
    occurred: date | datetime = clock.now()
    if earlier is not None:
        record(
            actor=actor,
            matter=locked.matter_id,
            kind=locked.kind,
            activity="event_voided",
            agency=locked.maker_id,
            data={"voids": earlier.id, "reason": reason.strip()},
            actors=[{"id": actor.number, "role": "other"}],
        )
        # The drafting began when it began; only what is said of it changes.
        occurred = earlier.at or earlier.on
    locked.necessity = declaration.necessity.strip()
    _declare(actor, locked, declaration, occurred)
    doc.refresh_from_db(from_queryset=_rows())


@action(
    "normdocs.change_basis",
    policy=may_draft,
    on="doc",
    records=(BASIS_CONFIRMED,),
    basis=BASIS,
)
def change_basis(*, actor: Actor, doc: NormDoc, basis: Sequence[Mapping[str, str]]) -> None:
    """Choose the articles anew while the document is in the making."""
    locked = locked_document(doc.pk)
    if locked.is_published:
        raise Refusal("文件已经公布，依据不能改写", next_step="依据变化的，请核对后修改或者废止文件。")
    if not basis:
        raise InputFault({"basis": "请至少选择一条依据。"})
    locked.basis = [pinned_article(each["law"], each["article"]) for each in basis]
    locked.save(update_fields=["basis"])
    record(
        actor=actor,
        matter=locked.matter_id,
        kind=locked.kind,
        activity=BASIS_CONFIRMED,
        agency=locked.maker_id,
        data={"basis": [f"{each['law']}{each['article']}" for each in locked.basis]},
    )
    doc.refresh_from_db(from_queryset=_rows())


@action(
    "normdocs.confirm_basis",
    policy=may_draft,
    on="doc",
    records=(BASIS_CONFIRMED,),
    basis="新政办[2022]14号 二(二)5",
)
def confirm_basis(
    *, actor: Actor, doc: NormDoc, law: str, article: str, conclusion: str, reason: str
) -> BasisCheck:
    """Say, having looked at a changed basis, whether the document stands or has to be amended or repealed."""
    if conclusion not in {"stands", "amend", "repeal", "lapse"}:
        raise InputFault({"conclusion": "请选择结论。"})
    if not reason.strip():
        raise InputFault({"reason": "请写明理由，例如新依据是哪一条、文件内容是否仍然相符。"})
    locked = locked_document(doc.pk)
    states = basis_states(locked, clock.today())
    state = next((s for s in states if (s.law, s.article) == (law, article) and s.waits), None)
    if state is None:
        raise Refusal("这条依据没有等待核对的变化", next_step="请刷新页面。")
    check = BasisCheck.objects.create(
        doc=locked,
        law=law,
        article=article,
        change=state.change,
        conclusion=conclusion,
        reason=reason.strip(),
        by_label=actor.label,
    )
    for each in locked.basis:
        if (each["law"], each["article"]) == (law, article):
            each["checked"] = state.change
    if conclusion != "stands":
        said = check.get_conclusion_display()
        locked.amend_wanted = f"{said}：{state.cited}{state.says}"[:300]
    locked.save(update_fields=["basis", "amend_wanted"])
    record(
        actor=actor,
        matter=locked.matter_id,
        kind=locked.kind,
        activity=BASIS_CONFIRMED,
        agency=locked.maker_id,
        data={"law": law, "article": article, "change": state.change, "conclusion": conclusion},
    )
    return check


def _rows() -> Any:
    return NormDoc.objects.unscoped("锁定规范性文件以登记步骤").select_related("agency", "maker")


def locked_document(pk: int) -> NormDoc:
    """The row, locked, so that two hands cannot take steps on two different pictures of it."""
    return _rows().select_for_update(of=("self",)).get(pk=pk)
