"""Loading texts, confirming citations anew, entering and withdrawing local parameters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.conf import settings

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.verdicts.registers import registers_changed
from plumbline.vocabulary import load_vocabulary

from .amending import pending_on, read_hash
from .events import CITATIONS_REAFFIRMED, LAW, PARAMETER_SET, PARAMETER_WITHDRAWN, TEXTS_LOADED
from .following import enter, withdraw
from .loading import Loading, TextFile, load_files
from .models import LoadedArticle, LocalParameter, Reaffirmation
from .parameters import HOURS, owe_judging
from .policies import (
    BASIS_PARAMETERS,
    BASIS_TEXTS,
    may_load_texts,
    may_reaffirm,
    may_set_parameter,
    may_withdraw_parameter,
)


@action("law_library.load_texts", policy=may_load_texts, records=(TEXTS_LOADED,), basis=BASIS_TEXTS)
def load_texts(*, actor: Actor, files: Sequence[TextFile]) -> Loading:
    """Load statute texts (行政处罚法第四条：处罚依照现行有效的法律、法规、规章). Raises UnreadableTexts and writes nothing
    when a file cannot be read; what was reworded is kept beside the new text and its citations wait for a person."""
    done = load_files(files, by=actor.label)
    told = {"statutes": done.statutes, "articles": done.articles}
    keep_event(
        actor, "LAW-TEXTS", TEXTS_LOADED, told | {"changed": list(done.changed), "gone": list(done.gone)}
    )
    return done


@action(
    "law_library.reaffirm_citations",
    policy=may_reaffirm,
    on="article",
    records=(CITATIONS_REAFFIRMED,),
    basis=BASIS_TEXTS,
)
def reaffirm_citations(
    *, actor: Actor, article: LoadedArticle, refs: Collection[str], reason: str
) -> list[Reaffirmation]:
    """Confirm that what cites a changed article still stands under its new text (行政处罚法第四条).

    Only for the wording as it is loaded now: a later change asks anew. ``refs`` name citers that wait on the article.
    """
    if not reason.strip():
        raise InputFault({"reason": "请写明理由：新旧文字比较后，为什么引用处不需要修改。"})
    on = pending_on(LoadedArticle.objects.select_for_update().get(pk=article.pk))
    chosen = [citer for citer in (on.waiting if on else ()) if citer.ref in refs]
    if not chosen:
        raise InputFault({"refs": "请至少选择一处待重新确认的引用。已经确认过的不必再选。"})
    place = {"law": article.statute.short_title, "article": article.number, "sha256": read_hash(article)}
    made = Reaffirmation.objects.bulk_create(
        Reaffirmation(
            **place,
            citer=citer.ref,
            label=citer.label[:200],
            reason=reason.strip(),
            by_person_id=actor.person_id,
            by_label=actor.label[:60],
            at=clock.now(),
        )
        for citer in chosen
    )
    data = place | {"citers": [citer.ref for citer in chosen], "reason": reason.strip()}
    keep_event(actor, f"LAW-{article.statute_id}-{article.number}", CITATIONS_REAFFIRMED, data)
    return made


@dataclass(frozen=True)
class NewParameter:
    """A value as it is entered; amounts in fen, hours as HH:MM."""

    name: str
    source: str
    valid_from: date
    valid_to: date | None = None
    domain: str = ""
    party: str = ""
    amount: int | None = None
    inclusive: bool = True
    hour: str = ""
    article: str = ""
    level: str = ""


@action(
    "law_library.set_parameter", policy=may_set_parameter, records=(PARAMETER_SET,), basis=BASIS_PARAMETERS
)
def set_parameter(*, actor: Actor, value: NewParameter) -> tuple[LocalParameter, int]:
    """Enter a local number with its source and days (行政处罚法第六十三条、行政强制法第四十三条 leave it to the place).

    The value in force before ends on the day before. Returns the row and how many matters are judged anew.
    """
    _check(value)
    before = _predecessor(value)
    row = enter(LocalParameter, vars(value), actor=actor, before=before)
    told = {"parameter": row.pk, "label": row.label, "value": row.value_zh, "source": row.source_zh}
    told |= {
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
    }
    keep_event(actor, f"PARAMETER-{row.pk}", PARAMETER_SET, told)
    registers_changed()
    return row, owe_judging(row.name)


@action(
    "law_library.withdraw_parameter",
    policy=may_withdraw_parameter,
    on="parameter",
    records=(PARAMETER_WITHDRAWN,),
    basis=BASIS_PARAMETERS,
)
def withdraw_parameter(*, actor: Actor, parameter: LocalParameter, reason: str) -> int:
    """Take back a value that was entered by mistake; the one it replaced runs on as before. Nothing is deleted.

    A value that ceased to apply is not withdrawn but followed by a new one (行政处罚法第三十七条 still asks for it).
    """
    row = withdraw(
        LocalParameter, parameter.pk, actor=actor, reason=reason, noun="参数", effect="不再参与判断"
    )
    told = {"parameter": row.pk, "label": row.label, "value": row.value_zh, "reason": reason.strip()}
    keep_event(actor, f"PARAMETER-{row.pk}", PARAMETER_WITHDRAWN, told)
    registers_changed()
    return owe_judging(row.name)


def _check(value: NewParameter) -> None:
    faults: dict[str, str] = {}
    words = load_vocabulary()
    if value.name in HOURS:
        try:
            wrong = len(value.hour) != 5 or time.fromisoformat(value.hour).tzinfo is not None
        except ValueError:
            wrong = True
        if wrong:
            faults["hour"] = "“时刻”应当写成时和分，例如 22:00。"
    elif value.name == "hearing_threshold":
        if value.domain not in words.enums["domain"]:
            faults["domain"] = "请选择“领域”。"
        if value.party not in words.enums["threshold_party"]:
            faults["party"] = "请选择“当事人类别”。"
        if value.amount is None or value.amount <= 0:
            faults["amount"] = "“数额”应当大于零，单位是元。"
        if value.level not in words.enums["basis_level"]:
            faults["level"] = "请选择“效力层级”。"
    else:
        faults["name"] = "没有这种参数。请从列表中选择。"
    if not value.source.strip():
        faults["source"] = "请填写规定这个数值的文件名称。没有出处的数值不能参与判断。"
    if value.valid_to is not None and value.valid_to < value.valid_from:
        faults["valid_to"] = "“失效”早于“生效”。请改为同日或者之后的日期，仍有效的留空。"
    if faults:
        raise InputFault(faults)


def _predecessor(value: NewParameter) -> LocalParameter | None:
    """The value that this one follows; one that begins later may not lie inside its days."""
    rows = LocalParameter.objects.select_for_update().filter(
        name=value.name, domain=value.domain, party=value.party, withdrawn_at=None
    )
    for row in rows:
        ends = value.valid_to
        if row.valid_from >= value.valid_from and (ends is None or row.valid_from <= ends):
            raise InputFault(
                {"valid_from": f"自 {row.valid_from} 起已登记 {row.value_zh}。请改“生效”，或者先撤销那一条。"}
            )
    running = [
        row
        for row in rows
        if row.valid_from < value.valid_from and (row.valid_to is None or row.valid_to >= value.valid_from)
    ]
    return running[0] if running else None


def keep_event(actor: Actor, matter: str, activity: str, data: dict[str, Any]) -> None:
    """Record an activity of the library; its matters belong to the district's own government."""
    # An administrator sees no agency's rows, and the database hands a new row back only to whoever may see it.
    with whole_district():
        record(
            actor=actor,
            matter=matter,
            kind=LAW,
            activity=activity,
            agency=settings.PLUMBLINE_DISTRICT["agency"],
            data=data,
        )
