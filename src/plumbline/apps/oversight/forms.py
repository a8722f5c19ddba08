"""Forms of plans, measures, visits and reports."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.platform.identity.models import Agency, Person
from plumbline.platform.ui.forms import LabelledForm, NamedChoice, NamedChoices

from .asking import CHOICES, CONTENT, QUESTIONS
from .contents import contents
from .models import MeasureKind, NoticeWord, PlanKind, Way


def day(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip


def long(label: str, *, rows: int = 3, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=help_text, max_length=8000, widget=forms.Textarea(attrs={"rows": rows})
    )  # fmt: skip


def enforcing() -> Any:
    return Agency.objects.filter(enforces=True).order_by("level", "code")


class PlanForm(LabelledForm):
    kind = forms.ChoiceField(
        label="种类", choices=PlanKind.choices, widget=forms.RadioSelect, initial=PlanKind.ROUTINE,
        help_text="区一级可以开展日常监督和重点监督；专项监督由省级以上开展（监督条例第二十一条），区里登记为上级任务",
    )  # fmt: skip
    notice_word = forms.ChoiceField(
        label="试点通知里的用语", choices=NoticeWord.choices, required=False,
        help_text="通知所称“专项督查”“个案督办”，现在按上面的种类开展，两个名称都会显示",
    )  # fmt: skip
    title = forms.CharField(label="名称", max_length=200)
    reason = long("事由和依据", rows=3)
    scope = long("监督的范围和重点", rows=3)
    from_on = day("开始")
    until_on = day("结束")
    subjects = NamedChoices(enforcing(), label="被监督的机关")
    sent_by = forms.CharField(label="下达机关", required=False, max_length=100, help_text="上级任务才填")
    sent_number = forms.CharField(label="下达文号", required=False, max_length=100, help_text="上级任务才填")


class MemberForm(LabelledForm):
    person = NamedChoice(
        Person.objects.none(), named="display_name", label="人员", required=False, empty_label="平台以外的人"
    )
    name = forms.CharField(
        label="受邀人员姓名", required=False, max_length=60, help_text="人大代表、政协委员、专家等"
    )
    role = forms.CharField(label="身份", max_length=60, help_text="例如：组长、监督员、人大代表")
    why = forms.CharField(label="增加的理由", max_length=300)

    def __init__(self, *args: Any, people: Any, running: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not running:
            del self.fields["why"]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class EmptyForm(LabelledForm):
    pass


class WhyForm(LabelledForm):
    why = long("理由", rows=2)


class RaiseForm(LabelledForm):
    to = forms.CharField(label="提级到", max_length=100, help_text="例如：武汉市司法局")
    why = long("理由", rows=2)


class MeasureForm(LabelledForm):
    kind = forms.ChoiceField(label="措施", choices=[("", "请选择"), *MeasureKind.choices])
    agency = NamedChoice(Agency.objects.none(), label="对哪个机关", empty_label="请选择")
    text = long("要求什么或者做了什么", rows=3)
    taken_on = day("日期")
    place = forms.CharField(label="地点", required=False, max_length=120)
    respond_by = day("答复期限", "要求自查、说明情况、调阅资料的填写", required=False)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class ManyInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class ManyFilesField(forms.FileField):
    def __init__(self) -> None:
        super().__init__(
            label="材料", required=False, widget=ManyInput(attrs={"multiple": True}), help_text="照片、PDF、Word、Excel"
        )  # fmt: skip

    def clean(self, data: object, initial: object = None) -> list[object]:
        return data if isinstance(data, list) else [data] if data else []


class FindForm(LabelledForm):
    problem = forms.ChoiceField(
        label="有没有问题", choices=[("", "请选择"), ("0", "没有发现问题"), ("1", "有问题，转为线索")]
    )
    title = forms.CharField(
        label="是什么问题", required=False, max_length=200, help_text="有问题的填写，一句话"
    )
    found = long("查明的情况", rows=3)
    files: Any = ManyFilesField()


class AnswerForm(LabelledForm):
    answer = long("答复", rows=5, help_text="自查、说明的情况，提供了哪些资料")
    files: Any = ManyFilesField()


class ReportForm(LabelledForm):
    findings = long("查明的情况", rows=5)
    proposals = long("处理意见和建议", rows=4)


class EndForm(LabelledForm):
    conclusion = long("说明", rows=2)


class RoundForm(LabelledForm):
    title = forms.CharField(label="名称", max_length=120)
    closed_from = day("结案自")
    closed_to = day("结案至")
    agency = NamedChoice(enforcing(), label="只抽一个机关", required=False, empty_label="全部机关")
    size = forms.IntegerField(label="抽取件数", min_value=1)


class SeedForm(LabelledForm):
    seed = forms.CharField(
        label="公开的数值", max_length=120, help_text="范围确定以后才公布的数，例如当晚福彩 3D 的开奖号码"
    )
    seed_source = forms.CharField(label="公布在哪里、哪一天", max_length=200)


class AnswersForm(LabelledForm):
    """The questions of a visit; ``way`` and ``reached`` only where an official enters what was said."""

    def __init__(self, *args: Any, official: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if official:
            ways = [each for each in Way.choices if each[0] != Way.WEB]
            self.fields["way"] = forms.ChoiceField(label="方式", choices=[("", "请选择"), *ways])
            self.fields["reached"] = forms.ChoiceField(
                label="联系上了吗", choices=[("1", "联系上了"), ("0", "没有联系上")]
            )
        for question in QUESTIONS:
            self.fields[question.key] = forms.ChoiceField(
                label=question.text, choices=CHOICES, required=False, widget=forms.RadioSelect
            )
        self.fields["content"] = forms.ChoiceField(
            label="总的来说，您对这次执法满意吗？", choices=CONTENT, required=False, widget=forms.RadioSelect
        )
        self.fields["said"] = long("还想说什么", rows=3, required=False, help_text="不用写姓名和电话")


class CodeForm(LabelledForm):
    code = forms.CharField(label="回访码", max_length=40, help_text="印在回访通知上")


class WorkReportForm(LabelledForm):
    title = forms.CharField(label="标题", max_length=200)
    from_on = day("自")
    until_on = day("至")


class SignForm(LabelledForm):
    text = long("正文", rows=16)


class PointsForm(LabelledForm):
    points = forms.MultipleChoiceField(
        label="监督内容", required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: [
            (content.name, [(point.code, f"{point.text}：{point.how}") for point in content.points])
            for content in contents()
        ],
    )  # fmt: skip
