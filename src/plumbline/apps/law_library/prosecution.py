"""From where on an offence has to go to the police: the standards that the library holds, as they stand on a day.

The provisions on transfers point to judicial interpretations and filing standards (第三条) that are no part of the register of
rules; each number is entered by the post that keeps the law, with its text and article. What nobody entered is not known. One
standard is the provisions' own and has no number: in intellectual property a reasonable suspicion is enough (第三条第二款).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from plumbline.lawbook import rule_facts
from plumbline.platform.actions import InputFault, action
from plumbline.platform.identity.actor import Actor
from plumbline.vocabulary import load_vocabulary

from .actions import keep_event
from .events import THRESHOLD_SET, THRESHOLD_WITHDRAWN
from .following import enter, withdraw
from .models import CrimeThreshold
from .policies import BASIS_THRESHOLDS, may_set_threshold, may_withdraw_threshold

RULE = "TSC-3-must-transfer"
SUSPICION = "suspicion"


@dataclass(frozen=True)
class Standard:
    """One standard as of a day. ``ref`` names it for good; ``amount`` in fen where it is a sum of money."""

    ref: str
    crime: str
    measure: str
    standard: str
    source: str
    article: str
    amount: int | None = None
    domain: str = ""
    url: str = ""

    @property
    def label(self) -> str:
        number = f"{self.amount / 100:,.0f} 元" if self.amount is not None else ""
        return f"{self.crime}：{self.measure}{number}（{self.source}{self.article}）"


def standards_on(day: date, domain: str = "") -> list[Standard]:
    """The standards in force on a day; those of ``domain`` first."""
    rows = (
        CrimeThreshold.objects.filter(withdrawn_at=None, valid_from__lte=day)
        .exclude(valid_to__lt=day)
        .order_by("crime", "measure")
    )
    found = [
        Standard(
            ref=str(row.pk), crime=row.crime, measure=row.measure, standard=row.standard, amount=row.amount,
            source=f"《{row.source}》", article=row.article, domain=row.domain, url=f"/law/thresholds/{row.pk}",
        )
        for row in rows
    ]  # fmt: skip
    found.sort(key=lambda each: each.domain != domain)
    return [*found, *_of_the_provisions(day)]


def _of_the_provisions(day: date) -> list[Standard]:
    facts = rule_facts()[RULE]
    if not facts.in_force(day):
        return []
    return [
        Standard(
            ref=SUSPICION,
            crime="知识产权领域的犯罪",
            measure="合理嫌疑",
            standard="根据收集的证据和查明的事实认为有犯罪的合理嫌疑，需要公安机关进一步取证的，即应移送，不要求达到数额",
            source=f"《{facts.law}》",
            article=f"{facts.article}第二款",
            url=f"/law/rules/{RULE}",
        )
    ]


def standard_on(ref: str, day: date) -> Standard | None:
    """The standard ``ref`` if it was in force on that day."""
    return next((each for each in standards_on(day) if each.ref == ref), None)


def empty_domains(day: date) -> list[str]:
    """Fields of law for which nobody has entered a standard that is in force."""
    there = {each.domain for each in standards_on(day)}
    return [domain for domain in load_vocabulary().enums["domain"] if domain not in there]


@dataclass(frozen=True)
class NewThreshold:
    """A standard as it is entered; the amount in fen."""

    crime: str
    domain: str
    measure: str
    standard: str
    source: str
    article: str
    valid_from: date
    amount: int | None = None
    valid_to: date | None = None


@action(
    "law_library.set_crime_threshold",
    policy=may_set_threshold,
    records=(THRESHOLD_SET,),
    basis=BASIS_THRESHOLDS,
)
def set_crime_threshold(*, actor: Actor, value: NewThreshold) -> CrimeThreshold:
    """Enter a standard with the text it stands in; the one in force before ends on the day before (规定第三条)."""
    _check(value)
    before = _predecessor(value)
    given = {name: said.strip() if isinstance(said, str) else said for name, said in vars(value).items()}
    row = enter(CrimeThreshold, given, actor=actor, before=before)
    told = {"threshold": row.pk, "label": str(row), "amount": row.amount, "source": row.source_zh}
    keep_event(actor, f"THRESHOLD-{row.pk}", THRESHOLD_SET, told | {"valid_from": row.valid_from.isoformat()})
    return row


@action(
    "law_library.withdraw_crime_threshold",
    policy=may_withdraw_threshold,
    on="threshold",
    records=(THRESHOLD_WITHDRAWN,),
    basis=BASIS_THRESHOLDS,
)
def withdraw_crime_threshold(*, actor: Actor, threshold: CrimeThreshold, reason: str) -> None:
    """Take back what was entered by mistake; what it followed runs on. Notes made by it keep what they read (规定第三条)."""
    row = withdraw(CrimeThreshold, threshold.pk, actor=actor, reason=reason, noun="标准", effect="不能再选用")
    told = {"threshold": row.pk, "label": str(row), "reason": row.withdrawn_why}
    keep_event(actor, f"THRESHOLD-{row.pk}", THRESHOLD_WITHDRAWN, told)


def _check(value: NewThreshold) -> None:
    faults = {
        name: sentence
        for name, said, sentence in (
            ("crime", value.crime, "请填写罪名，与刑法的罪名一致。"),
            ("measure", value.measure, "请填写衡量的是什么，例如 违法所得数额、造成的后果。"),
            ("standard", value.standard, "请用自己的话写明达到什么程度应当移送。"),
            ("source", value.source, "请填写规定这个标准的文件名称。没有出处的标准不能登记。"),
            ("article", value.article, "请填写条款。没有条款的标准不能登记。"),
        )
        if not said.strip()
    }
    if value.domain not in load_vocabulary().enums["domain"]:
        faults["domain"] = "请选择“领域”。"
    if value.amount is not None and value.amount <= 0:
        faults["amount"] = "“数额”应当大于零，单位是元；不以数额衡量的留空。"
    if value.valid_to is not None and value.valid_to < value.valid_from:
        faults["valid_to"] = "“失效”早于“生效”。请改为同日或者之后的日期，仍有效的留空。"
    if faults:
        raise InputFault(faults)


def _predecessor(value: NewThreshold) -> CrimeThreshold | None:
    rows: Any = CrimeThreshold.objects.select_for_update().filter(
        crime=value.crime.strip(), domain=value.domain, measure=value.measure.strip(), withdrawn_at=None
    )
    for row in rows:
        if row.valid_from >= value.valid_from and (
            value.valid_to is None or row.valid_from <= value.valid_to
        ):
            raise InputFault(
                {"valid_from": f"自 {row.valid_from} 起已登记“{row}”。请改“生效”，或者先撤销那一条。"}
            )
    running = [
        r
        for r in rows
        if r.valid_from < value.valid_from and (r.valid_to is None or r.valid_to >= value.valid_from)
    ]
    return running[0] if running else None
