import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_approvals"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="cases.case",
                verbose_name="并入的主案",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="stage",
            field=models.CharField(
                choices=[
                    ("clue", "线索核查"),
                    ("filed", "调查取证"),
                    ("notice", "告知申辩"),
                    ("hearing", "听证"),
                    ("review", "法制审核"),
                    ("discussion", "集体讨论"),
                    ("decided", "待送达"),
                    ("served", "执行"),
                    ("closed", "已结案"),
                    ("archived", "已归档"),
                    ("not_filed", "不予立案"),
                    ("transferred", "已移送"),
                    ("terminated", "终止调查"),
                    ("revoked", "决定被撤销"),
                    ("merged", "并入他案"),
                ],
                default="clue",
                max_length=20,
                verbose_name="阶段",
            ),
        ),
    ]
