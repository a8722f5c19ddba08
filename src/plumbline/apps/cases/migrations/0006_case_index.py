import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models

from plumbline.platform.scope.rows import ScopedView

# Pairs were kept from the beginning; single Chinese characters join them.
WITH_CHARACTERS = """
    UPDATE cases SET bigrams = (
        SELECT array_agg(DISTINCT gram ORDER BY gram) FROM (
            SELECT unnest(bigrams) UNION ALL
            SELECT c FROM regexp_split_to_table(searched, '') AS c
            WHERE ascii(c) BETWEEN 13312 AND 40959 OR ascii(c) BETWEEN 131072 AND 205743
        ) AS every(gram)
    ) WHERE searched <> ''"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_linked_cases"),
        ("identity", "0002_one_time_password_and_session_generation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseIndexRow",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("clue", "线索核查"),
                            ("filed", "调查取证"),
                            ("notice", "告知申辩"),
                            ("hearing", "听证"),
                            ("review", "法制审核"),
                            ("discussion", "集体讨论"),
                            ("decided", "待送达"),
                            ("served", "执行"),
                            ("closed", "已结案"),
                            ("archived", "已归档"),
                            ("not_filed", "不予立案"),
                            ("transferred", "已移送"),
                            ("terminated", "终止调查"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("own", "本平台办理"), ("imported", "外部系统报送")], max_length=20
                    ),
                ),
                ("procedure", models.CharField(max_length=20)),
                ("due_on", models.DateField(null=True)),
                ("last_event_at", models.DateTimeField(null=True)),
                ("searched", models.TextField()),
                (
                    "bigrams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), size=None
                    ),
                ),
            ],
            options={
                "verbose_name": "案件索引",
                "db_table": "case_index",
                "managed": False,
            },
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="cases_agency_stage",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="cases_due",
        ),
        migrations.AlterField(
            model_name="case",
            name="bigrams",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=2),
                default=list,
                editable=False,
                size=None,
                verbose_name="检索字与双字",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["agency", "-last_event_at", "-id"], name="cases_agency_recent"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["stage", "-last_event_at", "-id"], name="cases_stage_recent"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["agency", "stage", "-last_event_at", "-id"], name="cases_agency_stage"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("due_on__isnull", False)), fields=["due_on", "agency"], name="cases_due"
            ),
        ),
        migrations.AddIndex(
            model_name="caseofficer",
            index=models.Index(
                condition=models.Q(("to_on", None)), fields=["number", "case"], name="case_officers_now"
            ),
        ),
        migrations.RunSQL(WITH_CHARACTERS, migrations.RunSQL.noop),
        ScopedView(
            "case_index",
            table="cases",
            column="agency_id",
            columns="id, agency_id, stage, origin, procedure, due_on, last_event_at, searched, bigrams",
        ),
    ]
