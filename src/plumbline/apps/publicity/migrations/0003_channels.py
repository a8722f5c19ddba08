"""A publication for each decision and channel; 双公示 files; what agencies always show. Rows so far are the government site's."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now

from plumbline.platform.scope.rows import EnableRowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0002_one_time_password_and_session_generation"),
        ("publicity", "0002_searching_and_doubts"),
    ]

    operations = [
        migrations.CreateModel(
            name="CreditFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agency_credit_code", models.CharField(max_length=18, verbose_name="机关统一社会信用代码")),
                ("persons", models.BooleanField(default=False, verbose_name="含自然人")),
                ("first", models.DateField(verbose_name="决定日起")),
                ("last", models.DateField(verbose_name="决定日止")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="生成时刻")),
                ("made_label", models.CharField(max_length=60)),
                ("sent_on", models.DateField(null=True, verbose_name="报送日")),
                ("sent_to", models.CharField(blank=True, max_length=80, verbose_name="报送到")),
                ("receipt", models.CharField(blank=True, max_length=80, verbose_name="回执号")),
            ],
            options={
                "verbose_name": "双公示报送",
                "db_table": "credit_files",
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="CreditRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("decision_event", models.CharField(max_length=100)),
                ("matter_id", models.CharField(max_length=100)),
                ("values", models.JSONField(default=dict, verbose_name="各项")),
                ("faults", models.JSONField(default=list, verbose_name="问题")),
                ("refused", models.CharField(blank=True, max_length=300, verbose_name="退回理由")),
            ],
            options={
                "verbose_name": "双公示数据",
                "db_table": "credit_rows",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=20, verbose_name="主题")),
                ("text", models.TextField(verbose_name="内容")),
                ("published_on", models.DateField(verbose_name="公布日")),
                ("published_label", models.CharField(max_length=60)),
                ("replaced_on", models.DateField(null=True, verbose_name="被替换日")),
            ],
            options={
                "verbose_name": "事前公示",
                "db_table": "disclosures",
                "ordering": ["-published_on", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="publication",
            name="act",
            field=models.CharField(default="penalty", max_length=20, verbose_name="行为种类"),
        ),
        migrations.AddField(
            model_name="publication",
            name="change_reported_on",
            field=models.DateField(null=True, verbose_name="报送变更结果日"),
        ),
        migrations.AddField(
            model_name="publication",
            name="changed_at",
            field=models.DateTimeField(auto_now=True, db_default=Now(), verbose_name="最近变化"),
        ),
        migrations.AddField(
            model_name="publication",
            name="channel",
            field=models.CharField(default="government_site", max_length=20, verbose_name="渠道"),
        ),
        migrations.AddField(
            model_name="publication",
            name="conclusion",
            field=models.CharField(blank=True, max_length=300, verbose_name="结论"),
        ),
        migrations.AddField(
            model_name="publication",
            name="confirmed_on",
            field=models.DateField(null=True, verbose_name="核对该系统已停止或撤回日"),
        ),
        migrations.AddField(
            model_name="publication",
            name="kind",
            field=models.CharField(default="penalty", max_length=20, verbose_name="事项种类"),
        ),
        migrations.AddField(
            model_name="publication",
            name="legal_representative",
            field=models.CharField(blank=True, max_length=60, verbose_name="法定代表人"),
        ),
        migrations.AddField(
            model_name="publication",
            name="necessity",
            field=models.BooleanField(null=True, verbose_name="确有必要公示"),
        ),
        migrations.AddField(
            model_name="publication",
            name="procedure",
            field=models.CharField(blank=True, max_length=20, verbose_name="程序"),
        ),
        migrations.AddField(
            model_name="publication",
            name="receipt",
            field=models.CharField(blank=True, max_length=80, verbose_name="外部系统回执号"),
        ),
        migrations.AddField(
            model_name="publication",
            name="severity",
            field=models.CharField(blank=True, max_length=10, verbose_name="失信程度"),
        ),
        migrations.AddField(
            model_name="publication",
            name="take_down_on",
            field=models.DateField(null=True, verbose_name="停止公示日"),
        ),
        migrations.AddField(
            model_name="publication",
            name="taken_down_on",
            field=models.DateField(null=True, verbose_name="已停止公示日"),
        ),
        migrations.AddField(
            model_name="publication",
            name="term_chosen",
            field=models.CharField(blank=True, max_length=5, verbose_name="选定的公示期"),
        ),
        migrations.AddField(
            model_name="publicfeedback",
            name="answered_label",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="publicfeedback",
            name="due_on",
            field=models.DateField(null=True, verbose_name="答复期限"),
        ),
        migrations.AddField(
            model_name="publicfeedback",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("waiting", "待核对"),
                    ("right", "核对无误"),
                    ("corrected", "已更正"),
                    ("withdrawn", "已撤回"),
                ],
                default="waiting",
                max_length=10,
                verbose_name="处理",
            ),
        ),
        migrations.AlterField(
            model_name="publication",
            name="decision_event",
            field=models.CharField(max_length=100, verbose_name="决定事件"),
        ),
        migrations.AlterField(
            model_name="publication",
            name="due_on",
            field=models.DateField(null=True, verbose_name="公示期限"),
        ),
        migrations.AlterField(
            model_name="publication",
            name="state",
            field=models.CharField(
                choices=[
                    ("due", "待公示"),
                    ("second", "待第二人复核"),
                    ("published", "已公示"),
                    ("withdrawn", "已撤回"),
                    ("ended", "期满停止公示"),
                    ("withheld", "依法不予公示"),
                ],
                default="due",
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["changed_at"], name="publications_changed"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("state", "published")),
                fields=["take_down_on"],
                name="publications_ending",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                fields=("decision_event", "channel"), name="publication_once_per_channel"
            ),
        ),
        migrations.AddField(
            model_name="creditfile",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.agency",
                verbose_name="报送机关",
            ),
        ),
        migrations.AddField(
            model_name="creditfile",
            name="corrects",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="publicity.creditfile",
            ),
        ),
        migrations.AddField(
            model_name="creditrow",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.agency"
            ),
        ),
        migrations.AddField(
            model_name="creditrow",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="publicity.creditfile"
            ),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.agency",
                verbose_name="机关",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_on", None)),
                fields=("agency", "topic"),
                name="disclosure_one_in_force",
            ),
        ),
        migrations.RemoveIndex(
            model_name="publication",
            name="publications_recent",
        ),
        migrations.RemoveIndex(
            model_name="publication",
            name="publications_of_agency",
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("channel", "government_site"), ("state", "published")),
                fields=["-published_on", "-id"],
                include=("act",),
                name="publications_open",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("channel", "government_site"), ("state", "published")),
                fields=["agency", "-published_on", "-id"],
                include=("act",),
                name="publications_open_of_agency",
            ),
        ),
        EnableRowSecurity("credit_files", "agency_id"),
        EnableRowSecurity("credit_rows", "agency_id"),
    ]
