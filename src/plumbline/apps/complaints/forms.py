"""The forms of complaints: one question a page for the public, and those of the hands it passes through."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.forms import LabelledForm

from .models import Kind


def _enforcing() -> Any:
    return Agency.objects.filter(enforces=True).order_by("level", "code")


class KindForm(LabelledForm):
    kind = forms.ChoiceField(
        label="您要反映哪一类事情",
        choices=[
            (Kind.CONDUCT, "投诉执法行为：执法人员、执法机关做得不对，或者该管的不管"),
            (Kind.VIOLATION, "举报违法行为：有单位或者个人在违法，希望有人来查"),
        ],
        widget=forms.RadioSelect,
    )


class WhereForm(LabelledForm):
    concerned = forms.ModelChoiceField(
        _enforcing(), label="涉及哪个机关", required=False, empty_label="不清楚，或者不涉及执法机关"
    )
    place = forms.CharField(
        label="在什么地方", required=False, max_length=120, help_text="街道、路名、门牌或者附近的标志"
    )
    happened = forms.CharField(
        label="什么时候", required=False, max_length=60, help_text="例如 2026年11月20日下午，或者每天夜里"
    )
    reference = forms.CharField(
        label="文书文号或者执法证号",
        required=False,
        max_length=80,
        help_text="手里有文书、看到过执法证的填，没有就空着",
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("concerned") and not (found.get("place") or "").strip():
            self.add_error("place", "请至少说明涉及哪个机关，或者在什么地方。")
        return found


class WhatForm(LabelledForm):
    text = forms.CharField(
        label="发生了什么",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text="按先后写：谁、做了什么、有什么证据。不要写自己的姓名、电话和住址，后面会单独问。",
    )


class WishForm(LabelledForm):
    wish = forms.CharField(
        label="您希望怎么处理",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="可以不填",
    )


class WhoForm(LabelledForm):
    name = forms.CharField(
        label="姓名", required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact = forms.CharField(
        label="电话或者其他联系方式",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )


class CodeForm(LabelledForm):
    code = forms.CharField(
        label="查询码",
        max_length=60,
        help_text="20 位数字，空格可以不打",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )


class SupplementForm(LabelledForm):
    text = forms.CharField(
        label="补充内容或者回答",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="只有办理人员看到，不转给涉及的机关。不要写自己的姓名、电话和住址",
    )


class AcceptForm(LabelledForm):
    told = forms.CharField(
        label="告知内容",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="受理情况、处理途径和程序；反映人凭查询码可以看到",
    )
    dealt_under_31_6 = forms.TypedChoiceField(
        label="是否属于信访工作条例第三十一条第六项的事项（六十日内办结）",
        choices=[("yes", "是"), ("no", "不是")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class ElsewhereForm(LabelledForm):
    told = forms.CharField(
        label="告知内容",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明应向哪个机关提出，或者可以走行政复议、行政诉讼；反映人凭查询码可以看到",
    )


class ReferForm(LabelledForm):
    to = forms.ModelChoiceField(_enforcing(), label="转给哪个机关")
    note = forms.CharField(
        label="办理要求",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="反映人后来补充的不随单子转去；需要的，把要点写在这里，不要写是谁说的",
    )
    respond_by = forms.DateField(label="答复期限", widget=forms.DateInput(attrs={"type": "date"}))


class AskForm(LabelledForm):
    text = forms.CharField(label="要询问的内容", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ConcludeForm(LabelledForm):
    answer = forms.CharField(
        label="办理结果",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="查明的情况、处理结果、依据；反映人凭查询码可以看到",
    )


class PassOnForm(LabelledForm):
    title = forms.CharField(
        label="反映的问题",
        max_length=120,
        help_text="一句话，例如：十日内三次检查同一店铺；不写反映人是谁",
    )


class ReplyForm(LabelledForm):
    text = forms.CharField(
        label="核查情况和处理意见",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="只报给区司法局，不直接给反映人看",
    )


class OpeningForm(LabelledForm):
    reason = forms.CharField(
        label="为什么要知道反映人是谁", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class GrantForm(LabelledForm):
    passphrase = forms.CharField(
        label="您的保管口令", widget=forms.PasswordInput(attrs={"autocomplete": "off"}), strip=False
    )


class DenyForm(LabelledForm):
    answer = forms.CharField(label="不同意的理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class KeyForm(LabelledForm):
    passphrase = forms.CharField(
        label="保管口令",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 12 个字符，一句只有自己知道的话。系统不保存口令，忘了就打不开",
    )
    again = forms.CharField(
        label="再输一次", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
