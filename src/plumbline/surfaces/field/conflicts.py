"""Two records of one visit: where they differ, and how the choice of a person is carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plumbline.apps.inspections.contract import Handling, Inspection, Signing

from .models import FieldRecord

ANSWERS = {"y": "符合", "n": "不符合", "u": "未查"}


@dataclass(frozen=True)
class Difference:
    """One field: the value that is kept now and the one that was sent. ``options`` are the values it may take."""

    key: str
    label: str
    kept: str
    sent: str
    options: tuple[str, ...] = ()


def differences(row: FieldRecord) -> list[Difference]:
    """Every field on which the record and what was filed before it differ, in words."""
    inspection = _inspection(row)
    body = row.record["body"]
    sent = {each["point"]: each for each in body["answers"]}
    found = []
    for answer in inspection.answers.select_related("point"):
        other = sent.get(answer.point_id, {"answer": "u"})
        found.append(
            Difference(
                f"point{answer.point_id}", answer.point.text, ANSWERS[answer.answer], ANSWERS[other["answer"]],
                tuple(ANSWERS.values()),
            )
        )  # fmt: skip
        note = other.get("note", "")
        found.append(Difference(f"note{answer.point_id}", f"{answer.point.text}（说明）", answer.note, note))
    found += [
        Difference("conclusion", "结论", inspection.conclusion, body["conclusion"]),
        Difference(
            "handling", "处理", Handling(inspection.handling).label, Handling(body["handling"]).label,
            tuple(each.label for each in Handling),
        ),
        Difference(
            "signing", "当事人签名", Signing(inspection.signing).label, Signing(body["signing"]).label,
            tuple(each.label for each in Signing),
        ),
    ]  # fmt: skip
    return [each for each in found if each.kept.strip() != each.sent.strip()]


def settle(row: FieldRecord, found: Sequence[Difference], choices: Mapping[str, str]) -> None:
    """Write what was chosen. The result follows from the answers again."""
    from plumbline.apps.inspections.contract import amend_inspection

    answers, notes, fields = {}, {}, {}
    words = {value: key for key, value in ANSWERS.items()}
    for each in found:
        chosen = choices[each.key].strip()
        if each.key.startswith("point"):
            answers[int(each.key[5:])] = words[chosen]
        elif each.key.startswith("note"):
            notes[int(each.key[4:])] = chosen
        elif each.key == "handling":
            fields["handling"] = next(h.value for h in Handling if h.label == chosen)
        elif each.key == "signing":
            fields["signing"] = next(s.value for s in Signing if s.label == chosen)
        else:
            fields[each.key] = chosen
    amend_inspection(_inspection(row), answers=answers, notes=notes, fields=fields)


def _inspection(row: FieldRecord) -> Inspection:
    return Inspection.objects.unscoped("处理两份记录的不一致").get(matter_id=row.matter_id)
