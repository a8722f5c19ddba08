from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("verdicts", "0002_ended_and_closed"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="storedverdict",
            name="verdicts_ended",
        ),
        migrations.AddIndex(
            model_name="storedverdict",
            index=models.Index(
                condition=models.Q(("days_limit__isnull", False), ("verdict__in", ["met", "breached"])),
                fields=["agency_code", "due_on"],
                include=("matter_id", "verdict"),
                name="verdicts_ended",
            ),
        ),
    ]
