# Terms that were moved, alerts that a challenge has stopped, and the date last warned of.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0002_one_time_password_and_session_generation"),
        ("supervision", "0002_alerts_row_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="延期理由")),
                ("before", models.DateField(verbose_name="申请时的期限")),
                ("until", models.DateField(verbose_name="申请延至")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by_label", models.CharField(max_length=60)),
                ("granted", models.BooleanField(null=True, verbose_name="准予延期")),
                ("granted_until", models.DateField(null=True, verbose_name="准予延至")),
                ("answer", models.TextField(blank=True, verbose_name="答复")),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_label", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "db_table": "instrument_extensions",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="instrument",
            name="warned_for",
            field=models.DateField(null=True, verbose_name="已提醒的期限"),
        ),
        migrations.AlterField(
            model_name="alert",
            name="state",
            field=models.CharField(
                choices=[
                    ("new", "待处置"),
                    ("verifying", "核实中"),
                    ("instrument", "已制发文书"),
                    ("explained", "解释属实"),
                    ("false_alarm", "误报"),
                    ("corrected", "已纠正"),
                    ("auto_cleared", "依据已作废，自动解除"),
                    ("stopped", "进入复议诉讼，不重复监督"),
                ],
                default="new",
                max_length=20,
                verbose_name="状态",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "stopped"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="alert_stopped_with_reason",
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="instrument",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="extensions",
                to="supervision.instrument",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at", None)), fields=("instrument",), name="extension_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("granted", True), _negated=True),
                    ("granted_until__gt", models.F("before")),
                    _connector="OR",
                ),
                name="extension_granted_later",
            ),
        ),
    ]
