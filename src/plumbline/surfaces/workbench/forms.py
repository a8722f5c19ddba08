"""Forms of the workbench."""

from __future__ import annotations

from django import forms

from plumbline.platform.ui.forms import LabelledForm

from .models import FeedbackKind


class FeedbackForm(LabelledForm):
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *FeedbackKind.choices])
    text = forms.CharField(
        label="内容",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="请不要写案件当事人的个人信息：本页对内部人员公开。",
    )
    page = forms.CharField(label="哪个页面", max_length=200, required=False)


class AnswerForm(LabelledForm):
    text = forms.CharField(label="答复", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
