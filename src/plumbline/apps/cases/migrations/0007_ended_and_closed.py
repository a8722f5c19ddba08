from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_case_index"),
        ("identity", "0002_one_time_password_and_session_generation"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_on__isnull", False)),
                fields=["agency", "closed_on"],
                name="cases_closed",
            ),
        ),
    ]
