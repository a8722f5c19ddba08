"""Alerts name what went wrong in whose case: the second wall stands before them too."""

from django.db import migrations

from plumbline.platform.scope.rows import EnableRowSecurity


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]
    operations = [EnableRowSecurity("alerts", "agency_id")]
