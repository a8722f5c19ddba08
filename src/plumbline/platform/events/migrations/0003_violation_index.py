import django.db.models.fields.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_access_agency_and_newest"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="storedevent",
            index=models.Index(
                django.db.models.fields.json.KeyTransform(
                    "act", django.db.models.fields.json.KeyTransform("violation", "data")
                ),
                condition=models.Q(("data__has_key", "violation")),
                name="events_violation",
            ),
        ),
    ]
