"""Forms of officers and certificates."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.forms import LabelledForm

from .actions import Score
from .models import ExamResult
from .settings import SETTINGS, setting_on


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class SuspendForm(LabelledForm):
    from_on = day_field("暂扣起")
    to_on = day_field("暂扣止", required=False, help_text="不填表示至另行恢复")
    reason = forms.CharField(label="理由", max_length=200)


class RestoreForm(LabelledForm):
    on = day_field("恢复使用之日", help_text="暂扣到前一日为止")
    reason = forms.CharField(label="理由", max_length=200)


class RevokeForm(LabelledForm):
    on = day_field("注销日", help_text="自该日起不能再使用；退休、调离执法岗位、吊销也在这里办理")
    reason = forms.CharField(label="理由", max_length=200)


class MoveForm(LabelledForm):
    to = forms.ModelChoiceField(label="调入机关", queryset=Agency.objects.none(), empty_label="请选择")
    on = day_field("调动日", help_text="自该日起只能代表调入机关执法")
    reason = forms.CharField(label="理由", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Agency.objects.filter(enforces=True).order_by("name")  # type: ignore[attr-defined]


class RenewForm(LabelledForm):
    from_on = day_field("新的有效期起")
    to_on = day_field("新的有效期止", required=False, help_text="证件没有载明的，不填")
    reason = forms.CharField(label="理由和依据", max_length=200)


class CheckForm(LabelledForm):
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    on = day_field("年检日")
    passed = forms.TypedChoiceField(
        label="结果", choices=[("", "请选择"), ("1", "合格"), ("0", "不合格")], coerce=lambda v: v == "1"
    )
    note = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = clock.today().year


class ExamForm(LabelledForm):
    title = forms.CharField(label="考试名称", max_length=120)
    held_on = day_field("考试日期")
    organiser = forms.CharField(label="组织机关", max_length=120)
    scores = forms.CharField(
        label="成绩表",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="每行一人：机关编码、人员编号、姓名、成绩、合格或不合格，用逗号、制表符或空格分开；可以从表格中整块粘贴。",
    )

    def clean_scores(self) -> list[Score]:
        found, faults = [], []
        for number, line in enumerate(self.cleaned_data["scores"].splitlines(), 1):
            if line.strip():
                try:
                    found.append(_score(line))
                except ValueError as fault:
                    faults.append(f"第 {number} 行：{fault}")
        if faults:
            raise forms.ValidationError(faults[:10])
        return found


def _score(line: str) -> Score:
    cells = [cell for cell in line.replace("，", ",").replace("\t", ",").replace(" ", ",").split(",") if cell]
    if len(cells) != 5:
        raise ValueError(f"有 {len(cells)} 列，应当是 5 列。请照说明补齐。")
    agency, staff, name, score, passed = cells
    if passed not in {"合格", "不合格"}:
        raise ValueError(f"“{passed}”应当写合格或者不合格。")
    whole, _, part = score.partition(".")
    if not whole.isdecimal() or (part and not part.isdecimal()) or len(part) > 1:
        raise ValueError(f"成绩“{score}”应当是数字，最多一位小数。")
    return Score(agency, name, staff, int(whole) * 10 + int(part or 0), passed == "合格")


class ApplyForm(LabelledForm):
    result = forms.ModelChoiceField(
        label="考试合格人员", queryset=ExamResult.objects.none(), empty_label="请选择"
    )
    field = forms.CharField(label="执法领域", max_length=60)
    area = forms.CharField(label="执法区域", max_length=60, initial="武汉市新洲区")

    def __init__(self, *args: Any, results: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["result"]
        choice.queryset = results  # type: ignore[attr-defined]
        choice.label_from_instance = lambda row: f"{row.name} {row.staff_number}（{row.exam}）"  # type: ignore[attr-defined]


class IssueForm(LabelledForm):
    number = forms.CharField(label="执法证号", max_length=40)
    issued_on = day_field("制发日")
    valid_from = day_field("有效期起")
    valid_to = day_field("有效期止", required=False, help_text="证件没有载明的，不填")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["issued_on"].initial = self.fields["valid_from"].initial = today
        years = setting_on("certificate_years", today)
        if years is not None:
            last = today.replace(year=today.year + years.value, day=min(today.day, 28))
            self.fields["valid_to"].initial = last
            self.fields["valid_to"].help_text = f"按{years.source}预填，以证件载明的为准"


class RefuseForm(LabelledForm):
    reason = forms.CharField(label="不予制发的理由", max_length=200)


class SettingForm(LabelledForm):
    name = forms.ChoiceField(label="参数")
    value = forms.IntegerField(label="数值", min_value=1, max_value=999)
    source = forms.CharField(
        label="依据文件", max_length=200, help_text="名称和文号。没有文件的，参数保持未启用。"
    )
    valid_from = day_field("生效")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [  # type: ignore[attr-defined]
            ("", "请选择"),
            *((each.name, f"{each.label}（{each.unit}）") for each in SETTINGS.values()),
        ]


class PhotoForm(LabelledForm):
    file = forms.FileField(label="照片", help_text="JPG 或 PNG，正面免冠，竖版 3 比 4；超出的部分从中间裁切")
