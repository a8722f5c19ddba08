from django.db import migrations, models

from plumbline.platform.scope.rows import ScopedView


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_violation_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="StatedViolation",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("matter_id", models.CharField(max_length=100)),
                ("act", models.JSONField()),
                ("in_contract", models.BooleanField()),
            ],
            options={
                "verbose_name": "所涉违法行为",
                "db_table": "events_violations",
                "managed": False,
            },
        ),
        ScopedView(
            "events_violations",
            table="events",
            column="agency_code",
            columns="seq, matter_id, data #> '{violation,act}' AS act, in_contract",
            where="data ? 'violation'",
        ),
    ]
