"""Publications are found by pairs of characters; what a second person has to weigh is named."""

from __future__ import annotations

from typing import Any

import django.contrib.postgres.fields
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import Q

from plumbline.platform.bigrams import bigrams_of, normal

BATCH = 2_000


def make_findable(apps: Any, schema_editor: Any) -> None:
    """In batches by key; a batch done twice gives the same."""
    rows = apps.get_model("publicity", "Publication").objects.order_by("pk")
    last = 0
    while batch := list(
        rows.filter(pk__gt=last).only("party_name", "credit_code", "violation", "number")[:BATCH]
    ):
        for row in batch:
            shown = (row.party_name, row.credit_code, row.violation, row.number)
            row.searched = normal(" ".join(each for each in shown if each))
            row.bigrams = bigrams_of(row.searched)
        rows.bulk_update(batch, ["searched", "bigrams"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("publicity", "0001_initial")]
    operations = [
        migrations.AddField("publication", "doubts", models.JSONField("须由人判断的文字", default=list)),
        migrations.AddField(
            "publication", "searched", models.TextField("可检索的公开文字", blank=True, default="")
        ),
        migrations.AlterField("publication", "searched", models.TextField("可检索的公开文字", blank=True)),
        migrations.AddField(
            "publication",
            "bigrams",
            django.contrib.postgres.fields.ArrayField(
                models.CharField(max_length=2),
                default=list,
                size=None,
                help_text="Overlapping pairs of characters of `searched`: the index for Chinese words of two characters.",
            ),
        ),
        migrations.RunPython(make_findable, migrations.RunPython.noop),
        migrations.RemoveIndex("publication", "publications_party"),
        migrations.RemoveIndex("publication", "publications_violation"),
        migrations.AddIndex(
            "publication",
            models.Index(
                fields=["agency", "-published_on", "-id"],
                name="publications_of_agency",
                condition=Q(state="published"),
            ),
        ),
        migrations.AddIndex(
            "publication",
            GinIndex(
                fields=["bigrams"],
                name="publications_bigrams",
                condition=Q(state="published"),
                fastupdate=False,
            ),
        ),
    ]
