import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ListText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.CharField(max_length=40, verbose_name="清单")),
                ("row", models.BigIntegerField(verbose_name="行")),
                ("stamp", models.BigIntegerField(verbose_name="行的版次")),
                ("text", models.TextField(verbose_name="各栏文字")),
                (
                    "grams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3), size=None, verbose_name="检索字组"
                    ),
                ),
            ],
            options={
                "db_table": "list_texts",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["grams"], name="list_texts_grams")
                ],
                "constraints": [models.UniqueConstraint(fields=("register", "row"), name="list_text_once")],
            },
        ),
    ]
