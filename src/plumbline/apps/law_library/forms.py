from __future__ import annotations

from typing import Any

from django import forms

from plumbline.platform.ui.forms import LabelledForm
from plumbline.vocabulary import load_vocabulary

from .models import PARAMETERS_ZH

LARGEST = 3 * 1024 * 1024
MOST = 200


class ReaffirmForm(LabelledForm):
    reason = forms.CharField(
        label="理由",
        help_text="写明新旧文字比较后，为什么引用处不需要修改；需要修改的不要勾选，报告系统管理员。",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One or more files, each checked by itself."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, (list, tuple)) else [data]
        kept = [super(ManyFilesField, self).clean(each, initial) for each in given] or [super().clean(None)]
        if len(kept) > MOST:
            raise forms.ValidationError(f"一次最多 {MOST} 个文件。请分批装载。")
        for each in kept:
            if not each.name.lower().endswith(".md"):
                raise forms.ValidationError(f"{each.name} 不是 Markdown 文件（.md）。请转换后再装载。")
            if each.size > LARGEST:
                raise forms.ValidationError(f"{each.name} 超过 3 MB。请核对是不是法规文本。")
        return kept


class LoadForm(LabelledForm):
    files: Any = ManyFilesField(
        label="法规文本",
        help_text="Markdown 文件（.md），一部法规一个文件，每条一段，以“第几条”开头。可以一次选多个。",
        widget=ManyFiles(attrs={"accept": ".md,text/markdown"}),
    )
    superseded = forms.BooleanField(label="是已经被替代的旧法规", required=False)


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class ParameterForm(LabelledForm):
    """A value of one parameter; only the fields of its kind are asked."""

    domain = forms.ChoiceField(label="领域")
    party = forms.ChoiceField(label="当事人类别")
    amount = forms.DecimalField(label="数额（元）", min_value=0, max_digits=14, decimal_places=2)
    inclusive = forms.TypedChoiceField(
        label="到数",
        choices=(("1", "达到这个数额就要告知（以上）"), ("0", "超过这个数额才要告知")),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        initial="1",
    )
    hour = forms.CharField(label="时刻", max_length=5, help_text="24 小时制，时和分，例如 22:00")
    source = forms.CharField(label="规定这个数值的文件名称", max_length=200, help_text="全称，不加书名号")
    article = forms.CharField(label="条款", max_length=60, required=False, help_text="例如 第五条第一款")
    level = forms.ChoiceField(label="效力层级")
    valid_from = day_field("生效", help_text="文件规定的施行日期，从这一天起用这个数值判断")
    valid_to = day_field("失效", required=False, help_text="最后一天；仍有效的留空")

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = load_vocabulary()
        for field, enum in (("domain", "domain"), ("party", "threshold_party"), ("level", "basis_level")):
            self.fields[field].choices = [("", "请选择"), *words.enums[enum].items()]  # type: ignore[attr-defined]
        for field in (
            ("hour",) if name == "hearing_threshold" else ("domain", "party", "amount", "inclusive", "level")
        ):
            del self.fields[field]
        assert name in PARAMETERS_ZH


class ThresholdForm(LabelledForm):
    """A standard from which on an offence has to go to the police, as its text says it."""

    crime = forms.CharField(label="罪名", max_length=80, help_text="与刑法的罪名一致，例如 污染环境罪")
    domain = forms.ChoiceField(label="领域")
    measure = forms.CharField(
        label="衡量的是什么", max_length=80, help_text="一条标准一种衡量，例如 违法所得数额、致人重伤"
    )
    amount = forms.DecimalField(
        label="数额（元）",
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
        help_text="以金额衡量的填写；不以金额衡量的留空",
    )
    standard = forms.CharField(
        label="标准",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="用自己的话写明达到什么程度应当移送，不抄录原文",
    )
    source = forms.CharField(
        label="规定这个标准的文件名称", max_length=200, help_text="全称和文号，不加书名号"
    )
    article = forms.CharField(label="条款", max_length=60, help_text="例如 第三条第一项")
    valid_from = day_field("生效", help_text="文件规定的施行日期，从这一天起可以选用")
    valid_to = day_field("失效", required=False, help_text="最后一天；仍有效的留空")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = load_vocabulary().enums["domain"].items()
        self.fields["domain"].choices = [("", "请选择"), *options]  # type: ignore[attr-defined]


class WithdrawForm(LabelledForm):
    reason = forms.CharField(label="理由", max_length=300, help_text="例如：数额录错，应为十万元")
