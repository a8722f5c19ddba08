"""``plumbline manage verdict_counts``: how many stored verdicts of each kind, by rule. Numbers alone, nothing of a case."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count

from plumbline.platform.verdicts.models import StoredVerdict, VerdictKind


class Command(BaseCommand):
    help = "按规则列出存档结论的数目"

    def handle(self, *args: Any, **options: Any) -> None:
        rows = StoredVerdict.objects.unscoped("按规则统计存档结论").values_list("rule", "verdict")
        by_rule: dict[str, Counter[str]] = {}
        for rule, verdict, number in rows.annotate(number=Count("pk")):
            by_rule.setdefault(rule, Counter())[verdict] = number
        total: Counter[str] = sum(by_rule.values(), Counter())
        self.stdout.write("\t".join(["规则", "合计", *VerdictKind.labels]))
        for name, counts in [*sorted(by_rule.items()), (f"{len(by_rule)} 条规则", total)]:
            numbers = (counts[verdict] for verdict in VerdictKind.values)
            self.stdout.write("\t".join([name, str(counts.total()), *map(str, numbers)]))
