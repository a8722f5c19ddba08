"""Forms of supervision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from plumbline.platform.ui.forms import LabelledForm, dress

from .models import Alert
from .naming import breach_of, matter_named


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _long(label: str, *, rows: int = 4, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AskForm(LabelledForm):
    text = _long("要核实的事实", rows=3)
    respond_by = _day("答复期限")


class ReasonForm(LabelledForm):
    reason = _long("理由", rows=3)


#: What an alert that had joined another one was, when that one is decided.
OUTCOMES = {
    "instrument": "属实，写进同一份文书",
    "explained": "解释属实",
    "false_alarm": "误报，计入这条规则的误报率",
    "apart": "不是同一个问题，退回单独处置",
}


class WithJoined(LabelledForm):
    """Asks of every alert that had joined the one decided what it was; cleans to ``outcomes`` by number."""

    held = False

    def __init__(self, *args: Any, joined: Sequence[Alert] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(key, label) for key, label in OUTCOMES.items() if self.held or key != "instrument"]
        self.joined = {f"joined_{alert.pk}": alert.pk for alert in joined}
        for name, alert in zip(self.joined, joined, strict=True):
            self.fields[name] = dress(
                forms.ChoiceField(
                    label=f"并入的预警 {alert.pk}：{breach_of(alert)}",
                    choices=[("", "请选择"), *offered],
                    help_text="每条规则各按自己的结果计入准确率",
                )
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told["outcomes"] = {pk: told.pop(name) for name, pk in self.joined.items() if name in told}
        return told


class DecideForm(WithJoined):
    reason = _long("理由", rows=3)


class MergeAlertForm(LabelledForm):
    into = forms.TypedChoiceField(label="并入哪一条", choices=[], coerce=int)
    reason = _long("为什么是同一个问题", rows=2, help_text="处置以前可以撤销")

    def __init__(self, *args: Any, offered: Sequence[Alert], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = [
            (each.pk, f"预警 {each.pk} · {breach_of(each)} · {each.law}{each.article}") for each in offered
        ]
        self.fields["into"].choices = [("", "请选择"), *near]  # type: ignore[attr-defined]


class PartAlertForm(LabelledForm):
    reason = _long("为什么不是同一个问题", rows=2)


class AnswerForm(LabelledForm):
    answer = _long("核实结果", rows=4)


class IssueForm(WithJoined):
    held = True
    title = forms.CharField(label="标题", max_length=200)
    facts = _long("事实", rows=5)
    demands = _long("要求", rows=4)
    respond_by = _day("报送期限", "条例没有规定统一期限，由本文书确定，必须填写")

    def __init__(self, *args: Any, others: Any, numbers: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if others.exists():
            self.fields["also"] = AlsoField(others, numbers)


class AlsoField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Further alerts of the same agency that go into one instrument."""

    def __init__(self, queryset: Any, numbers: dict[str, str]) -> None:
        super().__init__(
            queryset,
            label="一并督办",
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="同一机关的其他预警，勾选的写进同一份文书；同一案件的已经勾上",
        )
        self.numbers = numbers

    def label_from_instance(self, obj: Any) -> str:
        due = f"，期限 {obj.due_on}" if obj.due_on else ""
        about = matter_named(obj.matter_id, self.numbers)
        return f"{breach_of(obj)} · {about}{due}"


class DecisionForm(LabelledForm):
    facts = _long("事实", rows=5)
    demands = _long("决定事项", rows=4)
    respond_by = _day("执行和报送期限")


class EscalateForm(LabelledForm):
    ground = forms.ChoiceField(label="报请的情形", choices=[], widget=forms.RadioSelect)
    text = _long("理由和处理建议", rows=3)

    def __init__(self, *args: Any, late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unmet = [("unmet", "未按要求履职、纠正")] if late else []
        self.fields["ground"].choices = [*unmet, ("major", "涉及重大问题")]  # type: ignore[attr-defined]
        self.fields["ground"].initial = unmet[0][0] if unmet else "major"


class DeclineForm(LabelledForm):
    text = _long("不制发决定书的理由和下一步要求", rows=3)
    respond_by = _day("再次报送期限")


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class ManyFiles(forms.FileField):
    widget = ManyFilesInput

    def clean(self, data: object, initial: object = None) -> list[object]:
        return data if isinstance(data, list) else [data] if data else []


class ReplyForm(LabelledForm):
    text = _long("纠正情况", rows=5, help_text="做了什么、何时完成、如何防止再次发生")
    files: Any = ManyFiles(
        label="纠正证据",
        required=False,
        help_text="照片、PDF、Word、Excel；可以一次选多个",
        widget=ManyFilesInput(attrs={"multiple": True}),
    )


class ObjectForm(LabelledForm):
    text = _long("异议和理由", rows=4)


class ReviewForm(LabelledForm):
    checked_how = forms.ChoiceField(
        label="怎么核验的",
        choices=[
            ("", "请选择"), ("papers", "核对纠正材料"), ("onsite", "现场核查"), ("data", "平台记录已纠正"),
        ],
        help_text="没有证据的不能销号",
    )  # fmt: skip
    text = _long("审核意见", rows=3, help_text="现场核查的，写明何时、何地、看到什么")
    result_use = forms.CharField(
        label="结果运用", required=False, max_length=200, help_text="例如：计入年度考核、通报、不另运用"
    )


class RefuseForm(LabelledForm):
    text = _long("哪里没有纠正到位", rows=3)
    respond_by = _day("再次报送期限", "不改的，仍按现在的期限")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["respond_by"].required = False


class ExtensionForm(LabelledForm):
    until = _day("申请延至", "应晚于现在的报送期限；须在期限届满以前提出")
    reason = _long("延期理由", rows=3, help_text="为什么不能按期报送，已经办到哪一步")


class ExtensionDecisionForm(LabelledForm):
    granted = forms.ChoiceField(
        label="是否准予",
        choices=[("", "请选择"), ("1", "准予延期"), ("0", "不准延期，仍按原期限")],
    )
    until = _day("准予延至", "可以短于申请的日期；不准的不用填")
    answer = _long("理由", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].required = False


class ObjectionAnswerForm(LabelledForm):
    sustained = forms.ChoiceField(
        label="复核结论",
        choices=[("", "请选择"), ("1", "异议成立，终止本文书"), ("0", "异议不成立，继续办理")],
    )
    answer = _long("复核结果和理由", rows=3)
