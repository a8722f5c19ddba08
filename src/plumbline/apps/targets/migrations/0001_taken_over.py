"""The table of targets as inspections made it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("inspections", "0003_compulsion")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Target",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "credit_code",
                            models.CharField(max_length=18, unique=True, verbose_name="统一社会信用代码"),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="名称")),
                        (
                            "kind",
                            models.CharField(default="legal_person", max_length=30, verbose_name="类别"),
                        ),
                        ("trade", models.CharField(blank=True, max_length=60, verbose_name="行业")),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="住所")),
                        (
                            "legal_representative",
                            models.CharField(blank=True, max_length=60, verbose_name="法定代表人（负责人）"),
                        ),
                        (
                            "division_code",
                            models.CharField(
                                blank=True, db_index=True, max_length=12, verbose_name="行政区划代码"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "检查对象",
                        "db_table": "inspection_targets",
                        "ordering": ["name"],
                    },
                ),
            ]
        ),
    ]
