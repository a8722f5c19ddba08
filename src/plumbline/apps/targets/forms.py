"""The form of a target: one for entering and for changing."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.platform.ui.forms import LabelledForm

from .models import Kind, Life


class TargetForm(LabelledForm):
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *Kind.choices])
    credit_code = forms.CharField(
        label="统一社会信用代码", max_length=18, required=False, help_text="单位和个体工商户填写，十八位"
    )
    identity_number = forms.CharField(
        label="身份证号",
        max_length=18,
        required=False,
        help_text="只有自然人填写；不对外公开，不进入手机任务包",
    )
    name = forms.CharField(label="名称（姓名）", max_length=200)
    trade = forms.CharField(label="行业", max_length=60, required=False)
    address = forms.CharField(label="住所", max_length=200, required=False)
    legal_representative = forms.CharField(label="法定代表人（负责人）", max_length=60, required=False)
    division_code = forms.CharField(
        label="行政区划代码",
        max_length=12,
        required=False,
        help_text="所在街道、镇的代码，手机任务包按它带出",
    )
    life = forms.ChoiceField(label="登记状态", choices=Life.choices, initial=Life.ACTIVE)
    life_on = forms.DateField(
        label="注销、吊销日",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    tags = forms.CharField(
        label="监管标签", max_length=200, required=False, help_text="用顿号分开，例如：渣土运输、重点监管"
    )
    reason = forms.CharField(label="理由或来源", max_length=200, required=False)

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            for name in ("credit_code", "identity_number"):
                del self.fields[name]

    def clean_tags(self) -> list[str]:
        text = self.cleaned_data["tags"].replace("，", "、").replace(",", "、")
        return [tag.strip() for tag in text.split("、") if tag.strip()]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class MergeForm(LabelledForm):
    reason = forms.CharField(label="为什么是同一个对象", max_length=200)
