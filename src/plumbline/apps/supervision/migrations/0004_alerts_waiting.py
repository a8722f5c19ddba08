from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0002_one_time_password_and_session_generation"),
        ("supervision", "0003_extensions_and_stopped_alerts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(fields=["state", "agency"], name="alerts_waiting"),
        ),
    ]
