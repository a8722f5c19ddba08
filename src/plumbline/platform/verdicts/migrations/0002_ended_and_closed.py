from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("verdicts", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="storedverdict",
            index=models.Index(
                condition=models.Q(("days_limit__isnull", False), ("verdict__in", ["met", "breached"])),
                fields=["agency_code", "due_on"],
                name="verdicts_ended",
            ),
        ),
    ]
