from __future__ import annotations

from django import forms

from plumbline.platform.ui.forms import LabelledForm


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


class RevokeForm(LabelledForm):
    on = day_field("注销日", help_text="自该日起不能再使用")
    reason = forms.CharField(label="理由", max_length=200)
