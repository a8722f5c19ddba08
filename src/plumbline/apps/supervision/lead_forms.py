"""Forms of leads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from plumbline.platform.identity.models import Agency, Person
from plumbline.platform.ui.forms import LabelledForm, NamedChoice

from .actions.leads import RULE_ALERT
from .conducts import conducts
from .forms import ManyFiles, ManyFilesInput, _day, _long
from .lead_models import Source
from .settings import SETTINGS

#: What a person registers by hand; the others come from their own pages of the platform.
BY_HAND = [each for each in Source.choices if each[0] not in {Source.VISIT, Source.PLAN}]


class AgencyField(NamedChoice):
    def __init__(self, *, required: bool = True, label: str = "涉及的机关", help_text: str = "") -> None:
        super().__init__(
            Agency.objects.filter(enforces=True).order_by("level", "code"),
            named="name",
            label=label,
            required=required,
            empty_label="请选择" if required else "还不清楚",
            help_text=help_text,
        )


class NewLeadForm(LabelledForm):
    source = forms.ChoiceField(label="来源", choices=[("", "请选择"), *BY_HAND])
    source_ref = forms.CharField(
        label="来源编号",
        required=False,
        max_length=100,
        help_text="工单编号、评查编号、文号；热线和案卷评查必填，同一编号只登记一次",
    )
    received_on = _day("收到日")
    title = forms.CharField(label="标题", max_length=200)
    facts = _long("反映的情况", rows=6, help_text="不写反映人的姓名、电话和身份证号")
    concerned = AgencyField(required=False)
    about = forms.CharField(
        label="涉及的案件或事项",
        required=False,
        max_length=100,
        help_text="案号或者事项号；不清楚的不填。案卷评查的填被评查的案卷",
    )
    answer_by = _day("要求答复的日期", "工单、交办写明在哪一天以前答复的，照填；每一步的期限都不晚于它")
    files: Any = ManyFiles(
        label="来源材料", required=False, widget=ManyFilesInput(attrs={"multiple": True}),
        help_text="工单、评分表、函件等，照片、PDF、Word、Excel；遮去反映人的姓名和电话",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer_by"].required = False


class ListForm(LabelledForm):
    upload = forms.FileField(
        label="线索清单（.xlsx 或者 .csv）", help_text="用本页的模板填写，一行一条；核对以后再选一次文件登记"
    )
    source = forms.ChoiceField(
        label="来源",
        choices=[
            (each.value, each.label)
            for each in (
                Source.HOTLINE,
                Source.ENTERPRISE,
                Source.MEDIA,
                Source.SOCIETY,
                Source.EVALUATION,
                Source.ASSIGNED,
            )
        ],
    )


class AssessForm(LabelledForm):
    concerned = AgencyField(help_text="向哪个机关核查")
    conduct = forms.ChoiceField(label="问题类型", choices=[])
    assessment = _long("研判意见", rows=3, help_text="反映的是什么问题，为什么属于监督事项")
    owner = NamedChoice(Person.objects.none(), named="display_name", label="责任人", empty_label=None)
    due_on = _day("核查期限", "按本单位设定算出，可以改")

    def __init__(self, *args: Any, people: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conduct"].choices = [("", "请选择"), *conducts().items()]  # type: ignore[attr-defined]
        self.fields["owner"].queryset = Person.objects.filter(pk__in=list(people))  # type: ignore[attr-defined]


class DismissForm(LabelledForm):
    assessment = _long(
        "为什么不属于监督事项", rows=3, help_text="应当向谁提出；争议符合受理条件的，引导申请复议或者诉讼"
    )


class AssignForm(LabelledForm):
    owner = NamedChoice(Person.objects.none(), named="display_name", label="责任人", empty_label=None)
    due_on = _day("办理期限")
    reason = _long("改派或者改期的理由", rows=2)

    def __init__(self, *args: Any, people: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Person.objects.filter(pk__in=list(people))  # type: ignore[attr-defined]


class ReferForm(LabelledForm):
    text = _long("请对方核查什么", rows=4)
    respond_by = _day("答复期限")


class VerifyForm(LabelledForm):
    substantiated = forms.ChoiceField(
        label="核查结论", choices=[("", "请选择"), ("1", "属实"), ("0", "不属实")]
    )
    text = _long("核查的经过、证据和结论", rows=4)

    def __init__(self, *args: Any, joined: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if joined:
            self.fields["rule_alert"] = forms.ChoiceField(
                label="不属实的，规则预警怎么办", choices=list(RULE_ALERT.items()), required=False,
                help_text="误报计入这条规则的误报率",
            )  # fmt: skip


class FeedBackForm(LabelledForm):
    text = _long("反馈内容", rows=3, help_text="查明了什么，怎么处理的；会告知来源")


class AnswerDayForm(LabelledForm):
    answer_by = _day("要求答复的日期")
    how = forms.CharField(
        label="日期从哪里来", max_length=200, help_text="例如：12345 平台工单页面；来电核实"
    )


class AnsweredForm(LabelledForm):
    on = _day("回复日")
    how = forms.CharField(
        label="怎样回复的", max_length=200, help_text="例如：12345 平台办结回单；回复函文号"
    )


class MergeForm(LabelledForm):
    into = forms.CharField(label="并入哪一条", max_length=60, help_text="线索编号")
    reason = _long("为什么是同一件事", rows=2)


class JoinForm(LabelledForm):
    alert = forms.TypedChoiceField(label="并入哪条预警", choices=[], coerce=int)
    reason = _long(
        "为什么是同一件事", rows=2, help_text="期限取最早的一个，答复一次告知全部来源；制发文书以前可以撤销"
    )

    def __init__(self, *args: Any, offered: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alert"].choices = [("", "请选择"), *offered]  # type: ignore[attr-defined]


class PartForm(LabelledForm):
    reason = _long("为什么不是同一件事", rows=2)


class SettingForm(LabelledForm):
    name = forms.ChoiceField(label="参数", choices=[(each.name, each.label) for each in SETTINGS.values()])
    value = forms.IntegerField(label="数值")
    valid_from = _day("起用日")
    reason = forms.CharField(label="依据或者理由", max_length=200)
