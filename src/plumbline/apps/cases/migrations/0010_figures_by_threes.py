import django.contrib.postgres.fields
from django.db import migrations, models

from plumbline.platform.scope.rows import ScopedView


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_attached_requests")]

    operations = [
        # PostgreSQL changes no column that a view shows. The index is made in the next step, after the rows are filled.
        migrations.RunSQL("DROP VIEW case_index", migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="case", name="cases_bigrams"),
        migrations.AlterField(
            model_name="case",
            name="bigrams",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=3),
                default=list,
                editable=False,
                size=None,
                verbose_name="检索字与双字",
            ),
        ),
        ScopedView(
            "case_index",
            table="cases",
            column="agency_id",
            columns="id, agency_id, stage, origin, procedure, due_on, last_event_at, searched, bigrams",
        ),
    ]
