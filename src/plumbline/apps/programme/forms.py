"""Forms of the programme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.forms import LabelledForm, NamedChoices, dress

from .models import Directive, Merit, Paper, Programme, Progress, Share
from .reading import TaskLine

FILES = "PDF、Word、Excel、照片；不收含宏的文件。"


def date_box() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def text_box(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReportForm(LabelledForm):
    """What a unit reports on one of its tasks."""

    round = forms.TypedChoiceField(label="哪一次时限", coerce=int)
    state = forms.ChoiceField(
        label="进展", choices=Progress.State.choices, widget=forms.RadioSelect, initial="doing"
    )
    text = forms.CharField(
        label="进展情况",
        max_length=500,
        widget=text_box(),
        help_text="做了什么、做到哪一步；受阻的写明原因。",
    )
    next_step = forms.CharField(label="下一步", max_length=200, required=False)
    expected_on = forms.DateField(
        label="承诺完成日", widget=date_box(), required=False, help_text="还没有完成的，写明预计哪一天完成。"
    )
    title = forms.CharField(
        label="成果名称", max_length=100, required=False, help_text="同名的成果作为新的版本，以前的版本保留。"
    )
    file = forms.FileField(label="成果文件", required=False, help_text=f"报告完成的必须附上。{FILES}")

    def __init__(self, *args: Any, rounds: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].choices = list(rounds)  # type: ignore[attr-defined]
        if len(rounds) == 1:
            self.fields["round"].widget = forms.HiddenInput()
            self.fields["round"].initial = rounds[0][0]


class AnswerForm(LabelledForm):
    """Confirm or return."""

    accept = forms.ChoiceField(
        label="处理", choices=(("yes", "确认"), ("no", "退回补正")), widget=forms.RadioSelect, error_messages={"required": "请选择确认或者退回补正。"}
    )  # fmt: skip
    opinion = forms.CharField(
        label="意见",
        max_length=300,
        required=False,
        widget=text_box(),
        help_text="退回的必须写明要补充或者更正什么。",
    )
    redo_by = forms.DateField(
        label="补正期限", widget=date_box(), required=False, help_text="退回的必须填写。"
    )

    @property
    def accepted(self) -> bool:
        return bool(self.cleaned_data["accept"] == "yes")


class ReviewForm(AnswerForm):
    """Confirm or return a report; of a deliverable whose contents the plan names, each is ticked."""

    def __init__(self, *args: Any, elements: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if elements:
            self.fields["elements"] = forms.MultipleChoiceField(
                label="成果中有的要素", choices=[(each, each) for each in elements], required=False,
                widget=forms.CheckboxSelectMultiple, help_text="方案要求的要素，逐项核对；齐全才能确认。",
            )  # fmt: skip
            self.order_fields(["elements", "accept", "opinion", "redo_by"])


class VerdictForm(AnswerForm):
    """Accept or return, without a day of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["redo_by"]
        self.fields["accept"].choices = (("yes", "通过"), ("no", "退回"))  # type: ignore[attr-defined]


class PeopleForm(LabelledForm):
    department = forms.CharField(label="责任部门", max_length=60, help_text="例如 综合执法中心。")
    person = forms.CharField(label="责任人", max_length=40)
    position = forms.CharField(label="职务", max_length=40, required=False)


class SettleForm(LabelledForm):
    decision = forms.CharField(label="怎样办理", max_length=300, widget=text_box())


class DeadlineForm(LabelledForm):
    """Further days for a task's deadlines, one a line."""

    due = forms.CharField(
        label="新的时限",
        widget=text_box(2),
        help_text="一行一个日期，例如 2022-09-15；原来有几次时限就写几行。",
    )
    reason = forms.CharField(label="依据或者理由", max_length=200)

    def clean_due(self) -> list[Any]:
        found = []
        for line in filter(None, (each.strip() for each in self.cleaned_data["due"].splitlines())):
            try:
                found.append(forms.DateField().clean(line))
            except forms.ValidationError:
                raise forms.ValidationError(f"“{line}”不是有效的日期。请按 2022-09-15 的样式填写。") from None
        return found


class DirectiveForm(LabelledForm):
    """What the leading group decided or did, with what it gives units to do."""

    kind = forms.ChoiceField(label="种类", choices=Directive.Kind.choices)
    title = forms.CharField(label="标题", max_length=120, help_text="例如 领导小组第二次会议。")
    on = forms.DateField(label="日期", widget=date_box())
    text = forms.CharField(
        label="内容",
        max_length=2000,
        widget=text_box(4),
        help_text="研究了什么、决定了什么；调研的写明发现的新情况、新问题。",
    )
    file = forms.FileField(label="纪要或者其他文件", required=False, help_text=FILES)
    demand = forms.CharField(
        label="交办事项", max_length=300, required=False, widget=text_box(2), help_text="没有交办的不填。"
    )
    due_on = forms.DateField(label="办理期限", widget=date_box(), required=False)
    units = NamedChoices(label="办理单位", queryset=Agency.objects.none(), required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shares = Share.objects.unscoped("参加方案的单位").filter(task__programme=programme, until_on=None)
        self.fields["units"].queryset = Agency.objects.filter(pk__in=shares.values("agency"))  # type: ignore[attr-defined]
        self.fields["on"].initial = programme.today()

    def clean_units(self) -> list[str]:
        return [row.pk for row in self.cleaned_data["units"]]


class MeritForm(LabelledForm):
    agency = forms.ModelChoiceField(label="单位", queryset=Agency.objects.none())
    kind = forms.ChoiceField(label="种类", choices=Merit.Kind.choices)
    person = forms.CharField(label="个人", max_length=40, required=False, help_text="只记单位的留空。")
    points = forms.DecimalField(
        label="分值",
        max_digits=4,
        decimal_places=1,
        required=False,
        help_text="加分填正数，扣分填负数；优先推荐的留空。",
    )
    task = forms.ChoiceField(label="涉及的任务", required=False)
    reason = forms.CharField(label="事由", max_length=300, widget=text_box())
    basis = forms.CharField(label="依据", max_length=120, help_text="例如 领导小组会议纪要的文号。")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = {code for group in programme.groups.values() for code in group}
        self.fields["agency"].queryset = Agency.objects.filter(code__in=codes)  # type: ignore[attr-defined]
        tasks = [(t.code, t.code) for t in programme.tasks.all()]
        self.fields["task"].choices = [("", "—"), *tasks]  # type: ignore[attr-defined]


class ReasonForm(LabelledForm):
    reason = forms.CharField(label="理由", max_length=200, widget=text_box())


class SelfCheckForm(LabelledForm):
    """A score and words for each task of the unit, and a summary."""

    def __init__(self, *args: Any, lines: Sequence[TaskLine], answers: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            told = answers.get(line.code, {})
            most = line.term.points
            self.fields[f"score-{line.code}"] = dress(forms.IntegerField(
                label=f"{line.code} 自评分（满分 {most}）", min_value=0, max_value=most, required=False, initial=told.get("score")
            ))  # fmt: skip
            self.fields[f"words-{line.code}"] = dress(forms.CharField(
                label=f"{line.code} 做法和问题", max_length=300, required=False, widget=text_box(2), initial=told.get("words", "")
            ))  # fmt: skip
        self.fields["summary"] = dress(
            forms.CharField(label="自查小结", max_length=1000, required=False, widget=text_box(4))
        )

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        return {
            line.code: {
                "score": self.cleaned_data[f"score-{line.code}"],
                "words": self.cleaned_data[f"words-{line.code}"],
            }
            for line in self.lines
        }

    def rows(self) -> list[tuple[TaskLine, Any, Any]]:
        return [(line, self[f"score-{line.code}"], self[f"words-{line.code}"]) for line in self.lines]


class AcceptanceForm(LabelledForm):
    """What 市司法局 found on a task."""

    inspectors = forms.CharField(label="验收人员", max_length=100)
    score = forms.IntegerField(label="得分", min_value=0)
    finding = forms.CharField(
        label="验收意见", max_length=500, required=False, widget=text_box(), help_text="扣分的必须写明事实。"
    )
    units = forms.MultipleChoiceField(label="负责整改的单位", required=False, widget=NamedChoices.widget)
    demand = forms.CharField(label="整改要求", max_length=300, required=False, widget=text_box(2))
    due_on = forms.DateField(label="整改期限", widget=date_box(), required=False)

    def __init__(self, *args: Any, line: TaskLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"].label = f"得分（满分 {line.term.points}）"
        units = [(u.share.agency_id, u.share.agency.short_name) for u in line.units]
        self.fields["units"].choices = units  # type: ignore[attr-defined]


class ProofForm(LabelledForm):
    text = forms.CharField(label="整改情况", max_length=500, widget=text_box())
    file = forms.FileField(label="整改证明", help_text=FILES)


class PaperForm(LabelledForm):
    """Which report to begin."""

    kind = forms.ChoiceField(
        label="报告", choices=Paper.Kind.choices, widget=forms.RadioSelect, initial="month"
    )
    period = forms.CharField(
        label="月份",
        max_length=7,
        required=False,
        widget=forms.TextInput(attrs={"type": "month"}),
        help_text="月报写明哪一个月，例如 2022-08。",
    )


class PaperTextForm(LabelledForm):
    """The parts of a report."""

    def __init__(self, *args: Any, parts: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in parts.items():
            self.fields[key] = dress(
                forms.CharField(label=label, max_length=20_000, required=False, widget=text_box(7))
            )


class PlanFileForm(LabelledForm):
    file = forms.FileField(label="方案文件", help_text="从本页下载模板填写，.xlsx。")
