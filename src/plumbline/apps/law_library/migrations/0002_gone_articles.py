"""An article that is no longer in the text is marked, not kept in silence."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("law_library", "0001_initial")]
    operations = [
        migrations.AddField(
            "loadedarticle", "gone_at", models.DateTimeField("不再见于文本的时刻", null=True)
        ),
    ]
