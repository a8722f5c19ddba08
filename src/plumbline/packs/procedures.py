"""The grammar of procedures: what a step asks, who takes it, what must lie before it, and how steps form phases.

A procedure is declared, dated and never edited once a case was filed under it. It holds no transition table: a step is
open when the things it presupposes have happened, and the gate rules decide whether it may be taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Ask:
    """One thing a step's form asks.

    ``path`` is a field of the activity in the event contract (``proposed.fine``); its type and name come from there.
    A path that begins with ``@`` is a detail kept beside the event (content of a record, wording of an opinion): it
    has its own ``label`` and ``kind`` and may hold personal data. ``fill`` names the case fact that prefills it;
    ``when`` shows it only where another field has a value (``outcome=penalty``), ``given`` only where an activity has
    happened. ``group`` begins a part of the form.
    """

    path: str
    label: str = ""
    kind: str = ""
    required: bool = False
    help: str = ""
    fill: str = ""
    when: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    only: tuple[str, ...] = ()
    group: str = ""
    given: str = ""

    @property
    def is_detail(self) -> bool:
        return self.path.startswith("@")


@dataclass(frozen=True)
class Pair:
    """A step that ends something begun earlier: ``start`` … ``ends``, matched by ``key`` (by order without one).

    ``only`` names a yes-or-no field: a start that does not state it as true is not waited for. ``apart`` is a field and
    values (``x_for=measure,ratified``): a start that states one of them belongs to another pair.
    """

    start: tuple[str, ...]
    ends: tuple[str, ...]
    key: str = ""
    what: str = ""
    only: str = ""
    apart: str = ""

    def waits_for(self, data: Mapping[str, object]) -> bool:
        """Whether a start with these fields is one of this pair's."""
        if self.only and data.get(self.only) is not True:
            return False
        path, _, values = self.apart.partition("=")
        return not path or str(data.get(path)) not in values.split(",")


#: What an objection in a countersignature does to the request.
DECIDES, RETURNS = "decide", "return"
OBJECTIONS: Mapping[str, str] = {DECIDES: "由负责人决定，并写明理由", RETURNS: "直接退回提交人"}


@dataclass(frozen=True)
class Countersign:
    """A post, by the power it carries, that gives its opinion before the approval because ``basis`` demands it.

    Those of one ``turn`` are asked side by side, the turns one after another.
    """

    capability: str
    basis: str
    turn: int = 1
    objection: str = DECIDES


@dataclass(frozen=True)
class Step:
    """One step of a procedure.

    ``activity`` is the event it records. ``after`` lists alternatives each of which must have happened
    (``("penalty_notice_served",)``; ``("a", "b")`` means a or b). ``until`` closes the step for good. ``actors`` says
    who stands in the event: officers, self, reviewer, approver, presider. A step with ``approval`` is proposed by the
    handler and recorded when the post that holds that capability approves it; ``approver_field`` then receives the
    approver's role. ``fixed`` are values the step itself stands for; ``numbers`` get a fresh id in the matter.
    ``settles`` are rules whose clock the step stops; ``cures`` are rules on the decision whose lack the step puts
    right; ``demands`` rules it must meet though they are no gates elsewhere. ``countersign`` is who gives an opinion
    before the approval (会签) because an article says so; what an agency wants beyond that is its own setting.
    ``house`` says that the approval is the agency's own rule: no article demands it.

    ``group`` names the family of steps that the page shows it in. ``documents`` are the templates it calls for.
    ``urgent`` names the yes-or-no field
    that allows an act of ``of`` without an open instance. ``outlives`` may be taken when the file is archived already.
    ``outside`` happens to the agency (a lawsuit, a party's statement): it is recorded whatever becomes late by it.

    ``declared`` is a step that the event contract has no activity for: its event is the platform's own, read by no
    rule. All that it asks is a detail; ``states`` lists those that the event states too (ids and days, never names).

    ``kept_by`` names the tab whose own pages record the step: the case page leads there and the step's form does not
    open. Records that came another way (imported, earlier ones) count as before.
    """

    key: str
    label: str
    activity: str
    phase: str
    basis: str
    asks: tuple[Ask, ...] = ()
    after: tuple[tuple[str, ...], ...] = (("case_filed",),)
    until: tuple[str, ...] = ("case_closed",)
    repeat: bool = False
    of: Pair | None = None
    capability: str = "cases.handle"
    approval: str = ""
    approver_field: str = ""
    countersign: tuple[Countersign, ...] = ()
    house: bool = False
    actors: str = "officers"
    fixed: Mapping[str, object] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    cures: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    action: str = ""
    optional: bool = False
    dangerous: bool = False
    procedures: tuple[str, ...] = ("ordinary",)
    order: int = 50
    group: str = ""
    urgent: str = ""
    outlives: bool = False
    outside: bool = False
    declared: bool = False
    states: tuple[str, ...] = ()
    kept_by: str = ""

    @property
    def verb(self) -> str:
        """What the button says: a proposal is submitted; anything else says what is done."""
        return self.action or (f"提交{self.label}" if self.approval else self.label)


@dataclass(frozen=True)
class Phase:
    """A line of the case page's list of legal steps.

    ``done_by`` is what completes it. ``needed_by`` is the rule that says whether it applies at all: while that rule
    says not applicable the phase does not. ``clock`` is the rule whose due date stands beside it.
    """

    key: str
    label: str
    basis: str
    done_by: tuple[str, ...]
    responsible: str
    main: tuple[str, ...] = ()
    needed_by: str = ""
    clock: str = ""
    optional: bool = False
    side: bool = False
    clocks: tuple[str, ...] = ()

    @property
    def timed_by(self) -> tuple[str, ...]:
        """The rules whose due dates stand beside the phase."""
        return self.clocks or ((self.clock,) if self.clock else ())


@dataclass(frozen=True)
class Procedure:
    """A dated procedure for matters of the contract's ``kind``. A case keeps the ``version`` it was opened under."""

    key: str
    label: str
    version: str
    in_force_from: date
    basis: str
    phases: tuple[Phase, ...]
    steps: Mapping[str, Step] = field(default_factory=dict)
    kind: str = "penalty"

    def step(self, key: str) -> Step:
        return self.steps[key]

    def phase(self, key: str) -> Phase:
        return next(phase for phase in self.phases if phase.key == key)

    def steps_of(self, phase_key: str) -> tuple[Step, ...]:
        return tuple(step for step in self.steps.values() if step.phase == phase_key)

    @classmethod
    def declare(
        cls,
        key: str,
        *,
        label: str,
        version: str,
        in_force_from: date,
        basis: str,
        phases: Iterable[Phase],
        steps: Iterable[Step],
        kind: str = "penalty",
    ) -> Procedure:
        """Put phases and steps together; every step must belong to a phase, and keys are unique."""
        kept = tuple(phases)
        order = {phase.key: at for at, phase in enumerate(kept)}
        mine = [step for step in steps if key in step.procedures]
        strays = sorted(step.key for step in mine if step.phase not in order)
        if strays:
            raise ValueError(f"procedure {key}: steps without a phase: {', '.join(strays)}")
        ordered = sorted(mine, key=lambda step: (order[step.phase], step.order, step.key))
        return cls(
            key,
            label,
            version,
            in_force_from,
            basis,
            kept,
            {step.key: step for step in ordered},
            kind,
        )
