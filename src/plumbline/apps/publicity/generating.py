"""The public text of one result on one channel: filled from data by rule; what no rule shows does not get here."""

from __future__ import annotations

import re
from typing import Any

from plumbline.apps.cases.contract import public_facts
from plumbline.apps.inspections.contract import public_result
from plumbline.vocabulary import Event, load_vocabulary

from .channels import OURS
from .models import Publication
from .redaction import field, redact_text, trade_name


def facts_of(matter_id: str, kind: str = "penalty") -> dict[str, Any]:
    """What is known inside of a matter, names included so that they can be taken out."""
    return public_result(matter_id) if kind == "inspection" else public_facts(matter_id)


def generate(row: Publication, decision: Event, facts: dict[str, Any] | None = None) -> None:
    """Fill the public fields from data by rule; what no rule shows does not get here."""
    facts = facts_of(row.matter_id, row.kind) if facts is None else facts
    kind = row.party_kind or "natural_person"
    masks = []
    party = facts.get("party_name", "") or ""
    where = row.channel
    row.party_name, mask = field("party_name", kind, party or "（未报送名称）", channel=where)
    masks += [mask] if mask and party else []
    row.party_name = row.party_name if party else "（未报送名称）"
    row.credit_code, mask = field("credit_code", kind, facts.get("credit_code", "") or "", channel=where)
    masks += [mask] if mask else []
    row.legal_representative, mask = field(
        "legal_representative", kind, facts.get("legal_representative", "") or "", channel=where
    )
    masks += [mask] if mask and where != OURS else []
    in_full = kind != "natural_person" or bool(trade_name(party))
    hidden = _hidden(facts, kind)
    shown = [row.party_name] if in_full and party else []
    title = redact_text(facts.get("title", "") or "", names=hidden, shown=shown)
    text = redact_text(facts.get("facts", "") or facts.get("title", ""), names=hidden, shown=shown)
    row.violation, row.facts = title.text[:200], text.text
    masks += [*title.masks, *text.masks]
    row.doubts = list(dict.fromkeys([*title.doubts, *text.doubts]))
    # A party called an organisation whose name is as short as a person's may be a person after all.
    row.doubts += [party] if kind != "natural_person" and 0 < len(party) <= 3 else []
    row.doubtful = bool(row.doubts)
    row.number = facts.get("number", "")  # until the decision's paper is signed
    _result(row, decision, facts, hidden)
    row.masks = [{"category": m.category, "basis": m.basis} for m in masks]
    row.make_findable()


def _result(row: Publication, decision: Event, facts: dict[str, Any], hidden: list[str]) -> None:
    """What was decided: kinds and fine of a penalty, else a conclusion in words."""
    words = load_vocabulary()
    row.basis = [{"law": b["law"], "article": b["article"]} for b in decision.data.get("basis", ())]
    row.basis = row.basis or list(facts.get("basis", ()))
    if row.act == "penalty":
        penalty = decision.data.get("penalty") or {}
        row.kinds, row.fine_fen = penalty.get("kinds", []), penalty.get("fine")
        row.procedure = decision.data.get("procedure", "")
    elif row.act == "execution":
        thing = words.label("execution_object", decision.data.get("object", ""))
        row.conclusion = f"决定强制执行：{thing}"
    elif row.act == "inspection":
        row.conclusion = redact_text(str(facts.get("conclusion", "")), names=hidden).text[:300]
    else:
        act = words.label("act", row.act)
        row.conclusion = f"{act}：{words.label('outcome', decision.data.get('outcome', ''))}"


def hidden_names(row: Publication) -> list[str]:
    """The persons known in a publication's matter who are never shown."""
    return _hidden(facts_of(row.matter_id, row.kind), row.party_kind or "natural_person")


def _hidden(facts: dict[str, Any], kind: str) -> list[str]:
    party = facts.get("party_name", "") or ""
    names = [facts.get("legal_representative", ""), *facts.get("people", ())]
    if kind == "natural_person":
        # 「阳逻老街烧烤店（经营者：李明）」: the shop is shown, its operator is not.
        operator = (
            re.search(r"[（(](?:经营者|负责人|业主)?[:：]?(.+?)[）)]", party) if trade_name(party) else None
        )
        names += [operator.group(1)] if operator else [] if trade_name(party) else [party]
    return [each for each in names if each]
