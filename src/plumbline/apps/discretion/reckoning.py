"""From range, benchmark, circumstances and facts to a proposed step and amount, line by line. No database, no clock.

The amount inside a step follows one rule that the page states: its lower bound when something speaks for a lighter
penalty, its upper bound when something speaks for a heavier one, else (or when both do) its middle in whole yuan.
Amounts are integer fen and always lie in the statutory range; what is missing is named and nothing is presumed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from plumbline.packs.penalty.leniency import (
    BENCHMARK_ARTICLE,
    BY_AGE,
    FIRST_CORRECTED,
    MINOR_CORRECTED,
    MITIGATION_ARTICLE,
    RANGE_ARTICLE,
    STATED,
    Effect,
    Ground,
)

YUAN = 100
WHOLE = 10_000  # basis points in one


@dataclass(frozen=True)
class Facts:
    """What is known of the act and the party. None means that nobody has stated it."""

    age: int | None = None
    natural_person: bool = False
    minor: bool | None = None
    corrected: bool | None = None
    harm: str | None = None
    first: bool | None = None
    grounds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ListEntry:
    """An entry of a 包容审慎 list: which of its conditions hold decides whether it applies."""

    number: str
    kind: str
    title: str
    basis: str
    conditions: Sequence[str]
    held: frozenset[int] = frozenset()

    @property
    def applies(self) -> bool:
        return len(self.held) == len(self.conditions) and bool(self.conditions)


@dataclass(frozen=True)
class Line:
    """One line of the account: what was looked at, what was found, on which article."""

    label: str
    words: str
    article: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Proposal:
    """What the account comes to. ``fine`` is None where it cannot or need not be proposed; ``missing`` says why."""

    outcome: str
    leniency: str
    low: int | None
    high: int | None
    step: str = ""
    step_low: int | None = None
    step_high: int | None = None
    fine: int | None = None
    must_exempt: bool = False
    may_exempt: bool = False
    may_mitigate: bool = False
    lines: tuple[Line, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass
class _Account:
    lines: list[Line] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def say(self, label: str, words: str, article: str = "", tone: str = "") -> None:
        self.lines.append(Line(label, words, article, tone))

    def lack(self, label: str, words: str, article: str = "") -> None:
        self.missing.append(words)
        self.lines.append(Line(label, words, article, "amb"))


def bounds(allowed: Mapping[str, Any] | None, base: int | None) -> tuple[int, int] | None:
    """Lower and upper bound in fen; a rate is taken of ``base``, the upper rounded down, the lower up. None: not known."""
    if allowed is None:
        return None
    high = _bound(allowed, "max", base)
    low = _bound(allowed, "min", base)
    return None if high is None or low is None or low > high else (low, high)


def _bound(allowed: Mapping[str, Any], name: str, base: int | None) -> int | None:
    if allowed.get(name) is not None:
        return int(allowed[name])
    rate = allowed.get(f"{name}_rate")
    if rate is None:
        return 0 if name == "min" else None
    if base is None:
        return None
    return base * rate // WHOLE if name == "max" else -(-base * rate // WHOLE)


def reckon(
    *,
    allowed: Mapping[str, Any] | None,
    base: int | None,
    steps: Sequence[Mapping[str, Any]],
    circumstances: frozenset[str],
    facts: Facts,
    entries: Sequence[ListEntry] = (),
) -> Proposal:
    """Work the proposal out. ``circumstances`` are keys ``<step code>:<place>`` of what was found."""
    account = _Account()
    found = bounds(allowed, base)
    _say_range(account, allowed, base, found)
    step = _step(account, steps, circumstances)
    grounds = _grounds(account, facts)
    entered = [entry for entry in entries if _enters(account, entry, facts)]
    effects = {ground.effect for ground in grounds}
    lists = {entry.kind for entry in entered}
    must = Effect.MUST_EXEMPT in effects
    may = Effect.MAY_EXEMPT in effects or bool(lists & {"first_exempt", "minor_exempt"})
    lighter = bool(effects & {Effect.MUST_LIGHTEN, Effect.MAY_LIGHTEN} or lists & {"lighter", "mitigated"})
    heavier = Effect.MUST_AGGRAVATE in effects
    exempt = must or bool(lists & {"first_exempt", "minor_exempt"})
    low, high = found or (None, None)
    inside = _inside(account, step, found)
    fine = None if inside is None else _point(account, inside, lighter=lighter, heavier=heavier)
    if exempt:
        article = next((g.article for g in grounds if g.effect is Effect.MUST_EXEMPT), "") or next(
            (e.basis for e in entered if e.kind in {"first_exempt", "minor_exempt"}), ""
        )
        account.say("结论", "建议不予处罚，并对当事人进行教育", article, "grn")
    return Proposal(
        outcome="no_penalty" if exempt else "penalty",
        leniency="exempted" if exempt else _leniency(lighter=lighter, heavier=heavier),
        low=low,
        high=high,
        step=str(step["code"]) if step else "",
        step_low=inside[0] if inside else None,
        step_high=inside[1] if inside else None,
        fine=None if exempt else fine,
        must_exempt=must,
        may_exempt=may and not must,
        may_mitigate=lighter,
        lines=tuple(account.lines),
        missing=tuple(account.missing),
    )


def _leniency(*, lighter: bool, heavier: bool) -> str:
    if lighter == heavier:
        return "none"
    return "lighter" if lighter else "heavier"


def _say_range(
    account: _Account, allowed: Mapping[str, Any] | None, base: int | None, found: tuple[int, int] | None
) -> None:
    if allowed is None:
        account.lack("法定幅度", "权责清单没有登记这类当事人的罚款幅度", RANGE_ARTICLE)
        return
    if found is None:
        account.lack("法定幅度", "按比例计算的罚款还没有填写计算基数", RANGE_ARTICLE)
        return
    words = f"{yuan(found[0])} 至 {yuan(found[1])} 元"
    if "max" not in allowed and base is not None:
        low = percent(allowed.get("min_rate", 0))
        words += f"（基数 {yuan(base)} 元的 {low} 至 {percent(allowed['max_rate'])}）"
    account.say("法定幅度", words, RANGE_ARTICLE)


def _step(
    account: _Account, steps: Sequence[Mapping[str, Any]], circumstances: frozenset[str]
) -> Mapping[str, Any] | None:
    """The gravest step of which a circumstance was found: finding one more never makes the proposal lower."""
    if not steps:
        account.say(
            "裁量阶次", "没有适用的裁量基准，在法定幅度内提出数额并写明理由", BENCHMARK_ARTICLE, "amb"
        )
        return None
    ordered = sorted(steps, key=lambda step: (step["min"], step["max"]))
    hit = [step for step in ordered if any(key.split(":")[0] == step["code"] for key in circumstances)]
    if not hit:
        account.lack("裁量阶次", "还没有选择符合哪一档的情节", BENCHMARK_ARTICLE)
        return None
    step = hit[-1]
    said = [
        text
        for place, text in enumerate(step.get("circumstances") or ())
        if f"{step['code']}:{place}" in circumstances
    ]
    words = f"{step['code']} {step.get('label', '')}".strip()
    account.say("裁量阶次", f"{words}：{'；'.join(said) if said else '直接选定'}", BENCHMARK_ARTICLE)
    return step


def _grounds(account: _Account, facts: Facts) -> list[Ground]:
    """The statutory grounds that hold, each on a line; what cannot be judged is said."""
    found: list[Ground] = []
    if facts.natural_person:
        if facts.age is None:
            account.lack("年龄", "当事人行为时的年龄没有登记", BY_AGE[0].article)
        else:
            found += [g for g in BY_AGE if g.ages and g.ages[0] <= facts.age < g.ages[1]]
    found += [ground for ground in STATED if ground.key in facts.grounds]
    exempting = (facts.minor, facts.corrected, facts.harm)
    if exempting == (True, True, "none"):
        found.append(MINOR_CORRECTED)
    elif None in exempting:
        account.lack(
            "轻微免罚", "是否轻微、是否及时改正、危害后果没有填全，不能判断", MINOR_CORRECTED.article
        )
    if facts.first and facts.corrected and facts.harm in {"none", "slight"}:
        found.append(FIRST_CORRECTED)
    elif facts.first is None:
        account.lack("初次违法", "是否初次违法没有填写，不能判断", FIRST_CORRECTED.article)
    for ground in found:
        tone = "red" if ground.effect is Effect.MUST_AGGRAVATE else "grn"
        account.say(ground.words, ground.effect.zh, ground.article, tone)
    return found


def _enters(account: _Account, entry: ListEntry, facts: Facts) -> bool:
    """Whether a list entry applies: all its conditions, and the facts that the statute itself asks for."""
    kind = LISTS[entry.kind]
    if not entry.applies:
        left = len(entry.conditions) - len(entry.held)
        account.say(f"{kind}清单 {entry.number}", f"{entry.title}：还差 {left} 项条件，不适用", entry.basis)
        return False
    statute = {
        "first_exempt": facts.first is True and facts.corrected is True and facts.harm in {"none", "slight"},
        "minor_exempt": facts.minor is True and facts.corrected is True and facts.harm == "none",
    }.get(entry.kind, True)
    if not statute:
        account.say(
            f"{kind}清单 {entry.number}",
            f"{entry.title}：不具备法律本身要求的情形，不适用",
            MINOR_CORRECTED.article,
        )
        return False
    account.say(f"{kind}清单 {entry.number}", f"{entry.title}：条件全部具备", entry.basis, "grn")
    return True


LISTS = {
    "first_exempt": "首违不罚",
    "minor_exempt": "轻微免罚",
    "lighter": "从轻处罚",
    "mitigated": "减轻处罚",
}


def _inside(
    account: _Account, step: Mapping[str, Any] | None, found: tuple[int, int] | None
) -> tuple[int, int] | None:
    """The part of the step that lies in the statutory range."""
    if step is None or found is None:
        return None
    low, high = max(int(step["min"]), found[0]), min(int(step["max"]), found[1])
    if low > high:
        account.lack("基准幅度", "该阶次的数额不在这类当事人的法定幅度内，不能套用", BENCHMARK_ARTICLE)
        return None
    words = f"{yuan(low)} 至 {yuan(high)} 元"
    if (low, high) != (int(step["min"]), int(step["max"])):
        words += "（已按法定幅度截取）"
    account.say("基准幅度", words, BENCHMARK_ARTICLE)
    return low, high


def _point(account: _Account, inside: tuple[int, int], *, lighter: bool, heavier: bool) -> int:
    low, high = inside
    if lighter and not heavier:
        account.say("建议数额", f"{yuan(low)} 元：有从轻情形，取该档下限", "", "blu")
        account.say(
            "减轻处罚",
            "需要低于法定下限的，须有法定减轻情形并写明评估",
            MITIGATION_ARTICLE,
        )
        return low
    if heavier and not lighter:
        account.say("建议数额", f"{yuan(high)} 元：有从重情形，取该档上限", "", "blu")
        return high
    middle = max(low, (low + high) // 2 // YUAN * YUAN)
    why = "从轻、从重情形并存，取该档中间" if lighter else "没有从轻、从重情形，取该档中间"
    account.say("建议数额", f"{yuan(middle)} 元：{why}", "", "blu")
    return middle


def yuan(fen: int) -> str:
    """Fen in yuan, without decimals where there are none."""
    return f"{fen // YUAN:,}" if fen % YUAN == 0 else f"{fen // YUAN:,}.{fen % YUAN:02d}"


def percent(rate: int) -> str:
    """Basis points as a percentage, exactly."""
    whole, part = divmod(rate, YUAN)
    return f"{whole}%" if part == 0 else f"{whole}.{part:02d}".rstrip("0") + "%"
