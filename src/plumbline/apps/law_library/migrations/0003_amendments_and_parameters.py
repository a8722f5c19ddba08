"""Former wordings, versions and confirmations; hearing amounts move from the power lists to the local parameters."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def take_over_thresholds(apps: Any, schema_editor: Any) -> None:
    """The amounts that were kept with the power lists, with the source they had."""
    from django.utils import timezone

    kept = set()
    for row in apps.get_model("powers", "HearingThreshold").objects.order_by("pk"):
        key = (row.domain, row.party, row.valid_from)
        if key in kept:
            continue
        kept.add(key)
        basis = row.basis or {}
        apps.get_model("law_library", "LocalParameter").objects.create(
            name="hearing_threshold",
            domain=row.domain,
            party=row.party,
            amount=row.amount,
            inclusive=row.inclusive,
            source=basis.get("law") or "原登记没有出处",
            article=basis.get("article", ""),
            level=basis.get("level", ""),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            by_label="升级时迁入",
            entered_at=timezone.now(),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("law_library", "0002_gone_articles"),
        ("powers", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="loadedstatute",
            name="adopted",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="通过、公布、修订"),
        ),
        migrations.CreateModel(
            name="FormerWording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("effective", models.CharField(blank=True, max_length=200, verbose_name="所在文本的施行")),
                ("replaced_at", models.DateTimeField(verbose_name="被替换的时刻")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former",
                        to="law_library.loadedarticle",
                    ),
                ),
            ],
            options={
                "db_table": "law_former_wordings",
                "ordering": ["-replaced_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="StatuteVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("adopted", models.CharField(blank=True, max_length=200, verbose_name="通过、公布、修订")),
                ("effective", models.CharField(blank=True, max_length=200, verbose_name="施行")),
                ("sha256", models.CharField(max_length=64, verbose_name="全文指纹")),
                ("articles", models.IntegerField(verbose_name="条数")),
                ("changed", models.IntegerField(verbose_name="文字有变化的条数")),
                ("loaded_at", models.DateTimeField(verbose_name="装载时刻")),
                ("by_label", models.CharField(max_length=60, verbose_name="装载人")),
                (
                    "statute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="law_library.loadedstatute",
                    ),
                ),
            ],
            options={
                "db_table": "law_versions",
                "ordering": ["-loaded_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="LocalParameter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="参数")),
                ("domain", models.CharField(blank=True, max_length=40, verbose_name="领域")),
                ("party", models.CharField(blank=True, max_length=30, verbose_name="当事人类别")),
                ("amount", models.BigIntegerField(null=True, verbose_name="数额（分）")),
                ("inclusive", models.BooleanField(default=True, verbose_name="达到即须告知")),
                ("hour", models.CharField(blank=True, max_length=5, verbose_name="时刻")),
                ("source", models.CharField(max_length=200, verbose_name="文件名称")),
                ("article", models.CharField(blank=True, max_length=60, verbose_name="条款")),
                ("level", models.CharField(blank=True, max_length=40, verbose_name="效力层级")),
                ("valid_from", models.DateField(verbose_name="生效")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="失效")),
                ("illustrative", models.BooleanField(default=False, verbose_name="示例")),
                ("followed_until", models.DateField(null=True, verbose_name="被接替者原来的失效")),
                ("by_label", models.CharField(max_length=60, verbose_name="登记人")),
                ("entered_at", models.DateTimeField(verbose_name="登记时刻")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤销时刻")),
                ("withdrawn_by", models.CharField(blank=True, max_length=60, verbose_name="撤销人")),
                ("withdrawn_why", models.CharField(blank=True, max_length=300, verbose_name="撤销理由")),
                (
                    "by_person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="law_library.localparameter",
                        verbose_name="接替",
                    ),
                ),
            ],
            options={
                "db_table": "local_parameters",
                "ordering": ["name", "domain", "party", "-valid_from", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="parameter_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("name", "domain", "party", "valid_from"),
                        name="parameter_once_per_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reaffirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("law", models.CharField(max_length=200, verbose_name="法规")),
                ("article", models.CharField(max_length=40, verbose_name="条")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="所读文字的指纹")),
                ("citer", models.CharField(max_length=120, verbose_name="引用处")),
                ("label", models.CharField(max_length=200, verbose_name="引用处名称")),
                ("reason", models.TextField(verbose_name="理由")),
                ("by_label", models.CharField(max_length=60, verbose_name="确认人")),
                ("at", models.DateTimeField(verbose_name="确认时刻")),
                (
                    "by_person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "law_reaffirmations",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("law", "article", "sha256", "citer"), name="reaffirmed_once"
                    )
                ],
            },
        ),
        migrations.RunPython(take_over_thresholds, migrations.RunPython.noop),
    ]
