from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_due_unit"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="standing",
            field=models.CharField(blank=True, max_length=60, verbose_name="停止计算的期限"),
        ),
        migrations.AddField(
            model_name="casetask",
            name="standing",
            field=models.CharField(blank=True, max_length=60, verbose_name="停止计算的期限"),
        ),
    ]
