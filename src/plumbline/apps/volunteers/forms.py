"""The forms of volunteers: those of the public, of the organ, and of a volunteer on a phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.forms import LabelledForm

from .models import ActivityKind
from .questions import RATED, RATING, SEEN, VISIT


def _enforcing() -> Any:
    return Agency.objects.filter(enforces=True).order_by("level", "code")


def _choices() -> list[tuple[str, str]]:
    return list(_enforcing().values_list("code", "short_name"))


def _day(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


def _text(label: str, rows: int = 4, most: int = 2000, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _conflicts(label: str, hint: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=_choices, widget=forms.CheckboxSelectMultiple, help_text=hint
    )


class RecruitmentForm(LabelledForm):
    title = forms.CharField(label="标题", max_length=120)
    text = _text("条件、职责和聘期", 8, 5000, help_text="报名的人先看到这一段")
    wanted = forms.IntegerField(label="名额", min_value=1, max_value=500)
    opens_on = _day("报名开始")
    closes_on = _day("报名截止", help_text="最后一日")
    keep_until = _day(
        "未通过的报名保存到",
        help_text="最后一日。公告写明；过了这一天，未通过的姓名、电话和自我介绍自动清除（个人信息保护法第十七条、第四十七条）",
    )


class ReasonForm(LabelledForm):
    reason = forms.CharField(label="理由", max_length=200)


class ApplyForm(LabelledForm):
    name = forms.CharField(
        label="姓名", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label="电话", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"})
    )
    employer = forms.CharField(label="工作单位", required=False, max_length=120)
    about = _text("自我介绍", 4, 1000, help_text="几句话：做什么工作，为什么想参加")
    conflicts = _conflicts(
        "本人或者近亲属在哪些机关工作，或者与哪些机关有利害关系",
        "勾选的机关，以后不会安排您去监督。没有的不勾",
    )
    conflict_words = forms.CharField(label="其他利害关系", required=False, max_length=300)
    declared = forms.BooleanField(
        label="以上利害关系已如实申报；没有勾选的，就是没有",
        error_messages={"required": "请确认已如实申报利害关系。没有利害关系的，也请确认。"},
    )


class CodeForm(LabelledForm):
    code = forms.CharField(
        label="查询码",
        max_length=60,
        help_text="20 位数字，空格可以不打",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )


class CertificateForm(LabelledForm):
    number = forms.CharField(
        label="聘书文号", max_length=60, help_text="印在聘书上，例如 新司义监聘〔2026〕1号"
    )


class DecideForm(LabelledForm):
    passed = forms.TypedChoiceField(
        label="审查结果",
        choices=[("yes", "通过"), ("no", "不通过")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    conflicts = _conflicts("审查中发现的、应当回避的机关", "与报名人自己申报的合在一起")
    answer = _text("审查意见", 3, 300, help_text="报名人凭查询码可以看到")


class AppointForm(LabelledForm):
    from_on = _day("聘期起")
    to_on = _day("聘期止", help_text="最后一日")


class RenewForm(LabelledForm):
    to_on = _day("新的截止日")


class AccountForm(LabelledForm):
    login_name = forms.CharField(label="登录名", max_length=40)


class ConflictsForm(LabelledForm):
    conflicts = _conflicts("应当回避的机关", "抽取时自动排除这些机关和它们下属的活动")


class CommendForm(LabelledForm):
    text = _text("表扬的事", 2, 300)


class ActivityForm(LabelledForm):
    kind = forms.ChoiceField(label="种类", choices=ActivityKind.choices)
    title = forms.CharField(label="活动", max_length=120, help_text="不写企业、个人的名称")
    concerned = forms.ModelChoiceField(_enforcing(), label="被监督的机关", empty_label="请选择")
    starts_at = forms.DateTimeField(
        label="时间",
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "“时间”不是有效的时刻。请按 2026-06-12T09:30 的样式填写。"},
    )
    place = forms.CharField(label="集合地点", max_length=120)
    wanted = forms.IntegerField(label="邀请人数", min_value=1, max_value=20, initial=1)


class TrainingForm(LabelledForm):
    title = forms.CharField(label="标题", max_length=120)
    text = _text("内容", 8, 8000)
    minutes = forms.IntegerField(label="时长（分钟）", min_value=1, max_value=2000)
    held_on = _day("集中培训的日期", required=False, help_text="自学内容不填")


class FeedbackForm(LabelledForm):
    text = _text("反馈给这位义务监督员", 4, 1000)


class MediaForm(LabelledForm):
    outlet = forms.CharField(label="媒体", max_length=80)
    title = forms.CharField(label="报道的标题", max_length=200)
    url = forms.URLField(label="网址", required=False, max_length=500, assume_scheme="https")
    published_on = _day("报道日期")
    concerned = forms.ModelChoiceField(
        _enforcing(), label="涉及的机关", required=False, empty_label="还不清楚"
    )
    summary = _text("反映的情况", 5, 3000, help_text="不写个人的姓名和电话")
    clipping = forms.FileField(label="剪报或者截图", required=False)


class DeclineForm(LabelledForm):
    why = forms.ChoiceField(
        label="为什么不参加",
        choices=[
            ("time", "时间不合适"),
            ("conflict", "与被监督的机关有利害关系，应当回避"),
            ("other", "其他"),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="说明", required=False, max_length=200)


class VisitForm(LabelledForm):
    """The questions of one kind of activity, each answered by a tap; then whether there is something to report."""

    def __init__(self, *args: Any, kind: str, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            self.fields["concerned"] = forms.ModelChoiceField(
                _enforcing(),
                label="走访的机关",
                empty_label="请选择",
                widget=forms.Select(attrs={"class": "in"}),
            )
        for key, label in VISIT[kind]:
            self.fields[f"see_{key}"] = forms.ChoiceField(
                label=label, choices=SEEN, required=False, widget=forms.RadioSelect
            )
        self.fields["observation"] = forms.TypedChoiceField(
            label="有没有情况要反映",
            choices=[("no", "没有"), ("yes", "有，请监督部门看一看")],
            coerce=lambda value: value == "yes",
            widget=forms.RadioSelect,
            error_messages={"required": "请选择有没有情况要反映。"},
        )
        self.fields["text"] = forms.CharField(
            label="情况",
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3, "class": "in"}),
            help_text="一两句话。不要写自己和当事人的姓名",
        )
        self.fields["photo"] = forms.FileField(
            label="照片",
            required=False,
            widget=forms.FileInput(attrs={"accept": "image/*", "class": "in"}),
            help_text="收下时去除拍摄的时间、地点和手机型号",
        )

    def seen(self) -> dict[str, str]:
        marks = {name: value for name, value in self.cleaned_data.items() if name.startswith("see_")}
        return {name.removeprefix("see_"): value for name, value in marks.items()}


class RatingForm(LabelledForm):
    code = forms.CharField(
        label="评价码",
        max_length=60,
        help_text="评价卡上的 20 位数字",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in RATING:
            self.fields[f"rate_{key}"] = forms.ChoiceField(
                label=label,
                choices=RATED,
                widget=forms.RadioSelect,
                error_messages={"required": f"还没有回答“{label}”。说不清的，请选“说不清”。"},
            )

    def given(self) -> dict[str, str]:
        return {key: self.cleaned_data[f"rate_{key}"] for key, _ in RATING}


class VisitsFilter(forms.Form):
    """Which records: of an agency, of a period, with some words. What cannot be read is left out, and said."""

    agency = forms.ModelChoiceField(
        label="机关", required=False, queryset=Agency.objects.order_by("level", "code"), empty_label="全部"
    )
    since = _day("自", required=False)
    until = _day("至", required=False)
    q = forms.CharField(label="查找", required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].label_from_instance = lambda row: row.short_name  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "in"

    def applied(self, rows: Any) -> Any:
        given = self.given
        if "agency" in given:
            rows = rows.filter(concerned=given["agency"])
        if "since" in given:
            rows = rows.filter(visited_on__gte=given["since"])
        if "until" in given:
            rows = rows.filter(visited_on__lte=given["until"])
        if "q" in given:
            rows = rows.filter(
                Q(text__icontains=given["q"])
                | Q(feedback__icontains=given["q"])
                | Q(matter_id__icontains=given["q"])
            )
        return rows

    @property
    def given(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def words(self) -> str:
        """The filter as it stands on an exported list."""
        told = {"agency": "机关", "since": "自", "until": "至", "q": "含"}
        return "；".join(
            f"{told[name]} {getattr(value, 'short_name', value)}" for name, value in self.given.items()
        )
