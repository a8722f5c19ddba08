from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_ended_and_closed"),
        ("identity", "0002_one_time_password_and_session_generation"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("origin", "imported")),
                fields=["-last_event_at", "-id"],
                name="cases_imported",
            ),
        ),
    ]
