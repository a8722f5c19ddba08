"""The hearing amounts stand among the local parameters of the law library now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("powers", "0001_initial"),
        ("law_library", "0003_amendments_and_parameters"),
    ]

    operations = [
        migrations.DeleteModel(
            name="HearingThreshold",
        ),
    ]
