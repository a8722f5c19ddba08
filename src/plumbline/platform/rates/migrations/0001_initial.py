from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.CreateModel(
            name="RateCount",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField(db_index=True)),
                ("count", models.IntegerField()),
            ],
            options={"db_table": "rate_counts"},
        ),
    ]
