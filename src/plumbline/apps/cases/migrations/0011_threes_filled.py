import django.contrib.postgres.indexes
from django.db import migrations, models

# Characters and pairs were kept from the beginning; figures and letters by threes join them.
WITH_THREES = """
    UPDATE cases SET bigrams = (
        SELECT array_agg(DISTINCT gram ORDER BY gram) FROM (
            SELECT unnest(bigrams)::text COLLATE "C" UNION ALL
            SELECT substr(run[1], at, 3) COLLATE "C"
            FROM regexp_matches(searched, '[0-9a-z]{3,}', 'g') AS run, generate_series(1, length(run[1]) - 2) AS at
        ) AS every(gram)
    ) WHERE searched <> ''"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_figures_by_threes")]

    operations = [
        migrations.RunSQL(WITH_THREES, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(fields=["bigrams"], name="cases_bigrams"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("procedure", "summary")),
                fields=["-last_event_at", "-id"],
                name="cases_summary",
            ),
        ),
    ]
