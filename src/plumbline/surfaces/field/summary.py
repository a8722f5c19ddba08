"""A record in a few lines, for the second officer who confirms it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from plumbline.apps.inspections.contract import CheckPoint, Handling, Inspection, Signing, Target

WORDS = {"y": "符合", "n": "不符合", "u": "未查"}


def summary_of(document: dict[str, Any]) -> list[str]:
    """What was done, to whom, with which result; nothing that the confirming officer has not seen on the spot."""
    body = document["body"]
    if document["kind"] == "spot_penalty":
        return [
            f"{body['number']}",
            *(f"{each['label']}：{each['text']}" for each in body["paper"] if each["label"]),
        ]
    counts = Counter(each["answer"] for each in body["answers"])
    problems = [each["point"] for each in body["answers"] if each["answer"] == "n"]
    texts = CheckPoint.objects.filter(pk__in=problems).values_list("text", flat=True)
    return [
        f"检查对象：{_target_of(body)}",
        "检查项：" + "，".join(f"{WORDS[key]} {counts[key]}" for key in "ynu"),
        *(f"不符合：{text}" for text in texts),
        f"结论：{body['conclusion']}",
        f"处理：{dict(Handling.choices).get(body['handling'], body['handling'])}",
        f"当事人：{dict(Signing.choices).get(body['signing'], body['signing'])}",
    ]


def _target_of(body: dict[str, Any]) -> str:
    if body.get("matter"):
        found = (
            Inspection.objects.unscoped("待本人确认")
            .filter(matter_id=body["matter"])
            .select_related("target")
            .first()
        )
        return found.target.name if found else ""
    row = Target.objects.filter(credit_code=body.get("target", "")).first()
    return row.name if row else str(body.get("target", ""))
