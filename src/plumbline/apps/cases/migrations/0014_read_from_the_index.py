from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_initials_filled"),
        ("identity", "0002_one_time_password_and_session_generation"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="case",
            name="cases_closed",
        ),
        migrations.RemoveIndex(
            model_name="casetask",
            name="case_tasks_due",
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_on__isnull", False)),
                fields=["agency", "closed_on"],
                include=("id", "filed_on", "opened_on"),
                name="cases_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["id"], include=("agency",), name="cases_agency_of"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["agency", "matter_id"], include=("id",), name="cases_of_agency"),
        ),
        migrations.AddIndex(
            model_name="casetask",
            index=models.Index(
                fields=["agency", "capability", "due_on", "id"],
                include=("holders", "post", "title", "kind"),
                name="case_tasks_mine",
            ),
        ),
    ]
