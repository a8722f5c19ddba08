"""The register of targets is an app of its own: the table stays where it is, only its owner changes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0003_compulsion"),
        ("targets", "0001_taken_over"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="inspection",
                    name="target",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="targets.target",
                        verbose_name="检查对象",
                    ),
                ),
                migrations.DeleteModel(name="Target"),
            ]
        ),
    ]
