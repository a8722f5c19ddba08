"""Forms of transfers, requests and disputes."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.apps.cases.contract import YesNoField, items_of
from plumbline.apps.powers.contract import items_in_force
from plumbline.packs.transfer.coordination import (
    METHODS,
    PARAMETERS,
    REFUSAL_GROUNDS,
    RETURN_GROUNDS,
    TRANSFER_GROUNDS,
    Ground,
)
from plumbline.platform import clock
from plumbline.platform.identity.models import Agency, Person
from plumbline.platform.ui.forms import LabelledForm, NamedChoice, NamedChoices

from .models import Coordination, Kind


def long_text(label: str, *, rows: int = 4, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def day(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    box = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=box, required=required)


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class ManyFiles(forms.FileField):
    widget = ManyFilesInput

    def clean(self, data: object, initial: object = None) -> list[object]:
        return data if isinstance(data, list) else [data] if data else []


def files(label: str, help_text: str = "照片、PDF、Word、Excel；可以一次选多个") -> ManyFiles:
    return ManyFiles(
        label=label, required=False, help_text=help_text, widget=ManyFilesInput(attrs={"multiple": True})
    )


def enforcing(*without: str) -> Any:
    return Agency.objects.filter(enforces=True).exclude(code__in=without).order_by("code")


def agency_field(label: str, queryset: Any, help_text: str = "", *, required: bool = True) -> NamedChoice:
    return NamedChoice(
        queryset=queryset, label=label, help_text=help_text, required=required, empty_label="请选择"
    )


def ground_field(label: str, grounds: tuple[Ground, ...]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", "请选择"), *((each.key, each.said) for each in grounds)]
    )


class TransferForm(LabelledForm):
    to = agency_field("接收机关", Agency.objects.none(), "负责人批准移送的机关")
    ground = ground_field("移送的法定理由", TRANSFER_GROUNDS)
    text = long_text("查明的情况和移送理由", rows=5)
    files: Any = files("另附的材料", "案件的记录、已签发的文书和证据会自动装入移送清单，这里只补充其他材料")

    def __init__(self, *args: Any, case: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = enforcing(case.agency_id)  # type: ignore[attr-defined]


class AcceptForm(LabelledForm):
    handler = forms.ModelChoiceField(queryset=Person.objects.none(), label="承办人", empty_label="请选择")
    item = forms.ChoiceField(label="按本机关的哪个事项办理")
    text = long_text("说明", rows=2, required=False)

    def __init__(self, *args: Any, row: Coordination, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        people = Person.objects.filter(
            tenures__post__agency_id=row.to_id, tenures__post__capabilities__contains=["cases.handle"], is_active=True
        )  # fmt: skip
        self.fields["handler"].queryset = people.distinct().order_by("pk")  # type: ignore[attr-defined]
        held = [(each["item"], f"{each['item']} {each['violation']}") for each in items_of(row.to_id, today)]
        self.fields["item"].choices = [("", "请选择"), *held]  # type: ignore[attr-defined]
        if row.item_code in dict(held):
            self.initial["item"] = row.item_code
        else:
            self.fields[
                "item"
            ].help_text = f"移送的事项 {row.item_code} 今天不在本机关的清单上：另选一项，或者以此退回"


class ReturnForm(LabelledForm):
    reason = ground_field("退回的法定理由", RETURN_GROUNDS)
    text = long_text("具体理由", help_text="依据哪一行清单、哪一项事实。材料不全的不能退回，请求会商。")


class RefuseForm(LabelledForm):
    reason = ground_field("法定理由", REFUSAL_GROUNDS)
    text = long_text("具体理由")


class SayForm(LabelledForm):
    text = long_text("意见")
    files: Any = files("材料")


class ConsultForm(LabelledForm):
    text = long_text("要会商什么，还需要什么材料")


class NoteForm(LabelledForm):
    text = long_text("说明", rows=3, required=False)


class ReasonForm(LabelledForm):
    text = long_text("理由", rows=3)


class TakeBackForm(LabelledForm):
    text = long_text("撤回的理由", rows=3, help_text="写入撤回函，接收机关能看到")


class AnswerForm(LabelledForm):
    text = long_text("办理情况和结果", rows=5)
    case_number = forms.CharField(
        label="据此办理的案件", required=False, max_length=100,
        help_text="本机关案件的案号，线索填编号；有了决定、不予立案或者结案，结果自动反馈给派单机关",
    )  # fmt: skip
    files: Any = files("材料")

    def __init__(self, *args: Any, row: Coordination, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row.kind == Kind.DISPATCH:
            self.initial["case_number"] = row.result_matter
        else:
            del self.fields["case_number"]


class PostponeForm(LabelledForm):
    until = day("延期至", "须在期限届满以前告知，应当晚于现在的期限")
    text = long_text("理由", rows=3)


class CheckForm(LabelledForm):
    passed = YesNoField(label="核查通过")
    text = long_text("核查意见", rows=3)
    respond_by = day("重新办理的期限", "核查不通过的填写", required=False)


class RequestForm(LabelledForm):
    """Any of the four kinds; several bodies only of joint enforcement and dispatch."""

    to = NamedChoices(
        queryset=Agency.objects.none(),
        label="发给",
        help_text="选几个机关就发几份，各自签收、各自答复",
    )
    title = forms.CharField(label="事由", max_length=200)
    text = long_text("请对方做什么，为什么", rows=5)
    respond_by = day("办理期限", "法律没有规定统一期限，由这份函载明")
    item = forms.ChoiceField(label="所涉事项", required=False)
    about = forms.CharField(
        label="所涉案号", required=False, max_length=100, help_text="本机关的案件，没有的不填"
    )
    files: Any = files("附件")

    def __init__(self, *args: Any, agency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = enforcing(agency)  # type: ignore[attr-defined]
        self.fields["item"].choices = item_choices("不涉及具体事项")  # type: ignore[attr-defined]


def item_choices(none: str) -> list[tuple[str, str]]:
    rows = items_in_force(clock.today()).order_by("item").values_list("item", "violation")
    return [("", none), *((item, f"{item} {violation}") for item, violation in dict(rows).items())]


class DisputeForm(LabelledForm):
    subject = forms.ChoiceField(
        label="争议的是",
        choices=[("jurisdiction", "案件由谁管辖"), ("duty", "监管职责由谁承担")],
        widget=forms.RadioSelect,
        initial="jurisdiction",
    )
    others = NamedChoices(queryset=Agency.objects.none(), label="与哪些机关")
    title = forms.CharField(label="争议事项", max_length=200)
    item = forms.ChoiceField(label="所涉事项", help_text="结果按事项和地点记下，查“谁有管辖权”时使用")
    division_code = forms.ChoiceField(label="地点", required=False)
    text = long_text("本机关的意见和依据", rows=5)

    def __init__(self, *args: Any, agency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"].queryset = enforcing(agency)  # type: ignore[attr-defined]
        self.fields["item"].choices = item_choices("请选择")  # type: ignore[attr-defined]
        places = Agency.objects.filter(level="street").exclude(division_code="").order_by("code")
        self.fields["division_code"].choices = [  # type: ignore[attr-defined]
            ("", "全区"),
            *places.values_list("division_code", "short_name"),
        ]


class TalkForm(LabelledForm):
    on = day("协商日期")
    people = forms.CharField(label="各方参加的人", max_length=200)
    text = long_text("各方意见和协商结果")
    agreed_on = agency_field(
        "协商一致，由谁承担", Agency.objects.none(), "没有一致的不选；选了以后由其他各方确认", required=False
    )

    def __init__(self, *args: Any, row: Coordination, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_on"].queryset = Agency.objects.filter(code__in=row.parties).order_by("code")  # type: ignore[attr-defined]


class ApplyForm(LabelledForm):
    text = long_text("请求协调的事项和本机关的意见", rows=5)


class OpinionForm(LabelledForm):
    agency = agency_field("由谁承担", Agency.objects.none(), "当日清单上有该事项的机关；监管职责不受此限")
    method = forms.ChoiceField(
        label="依据的原则", choices=list(METHODS.items()), widget=forms.RadioSelect, initial="list"
    )
    text = long_text("协调意见和理由", rows=5)

    def __init__(self, *args: Any, row: Coordination, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = enforcing()  # type: ignore[attr-defined]


class DecisionForm(LabelledForm):
    agency = agency_field("由谁承担", Agency.objects.none())
    text = long_text("决定和理由", rows=5)

    def __init__(self, *args: Any, row: Coordination, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = enforcing()  # type: ignore[attr-defined]
        self.initial.setdefault("agency", row.dispute.proposed_id)


class PositionForm(LabelledForm):
    agrees = YesNoField(label="同意由该机关承担")
    text = long_text("意见", rows=3, required=False, help_text="不同意的必须写明理由")


class EndParameterForm(LabelledForm):
    key = forms.ChoiceField(label="参数", choices=[(each.key, each.label) for each in PARAMETERS.values()])
    valid_from = day("自哪一天起停用", "还没有生效的，填它生效的那一天；此前按它计算的期限不变")
    source = forms.CharField(label="停用的理由和文件", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("valid_from", clock.today())


class ParameterForm(LabelledForm):
    key = forms.ChoiceField(label="参数", choices=[(each.key, each.label) for each in PARAMETERS.values()])
    value = forms.IntegerField(label="数值", min_value=1, max_value=365)
    source = forms.CharField(
        label="依据的文件和条款", max_length=200, help_text="没有文件的不能启用；页面上随期限一起显示"
    )
    valid_from = day("自哪一天起")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("valid_from", clock.today())
