"""Forms of the security administrator."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.platform import clock
from plumbline.platform.identity.capabilities import ADMINISTRATOR_POWERS, CAPABILITIES
from plumbline.platform.identity.models import Agency, Post, Scope
from plumbline.platform.ui.forms import LabelledForm
from plumbline.vocabulary import load_vocabulary


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=widget,
        initial=clock.today if required else None,
    )


class PersonForm(LabelledForm):
    login_name = forms.CharField(
        label="登录名",
        max_length=39,
        help_text="小写字母、数字、点、横线，例如 zhou.wei",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    display_name = forms.CharField(label="姓名", max_length=40)
    staff_number = forms.CharField(label="工作人员编号", max_length=40, required=False)
    certificate_number = forms.CharField(
        label="执法证号", max_length=40, required=False, help_text="持证人员填写；办案记录以它指认经办人"
    )


class ReasonForm(LabelledForm):
    reason = forms.CharField(label="停用理由", max_length=200, help_text="例如：调离、退休、账号被盗用")


class PostChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A post by its agency and title, grouped by agency."""

    def __init__(self) -> None:
        super().__init__(Post.objects.select_related("agency").order_by("agency_id", "pk"), label="岗位")

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.agency}·{obj.title}"


class TenureForm(LabelledForm):
    post = PostChoice()
    from_on = day_field("任职起")
    to_on = day_field("任职止", required=False, help_text="含当日；不填表示至另行免去")


class DeputyForm(LabelledForm):
    post = PostChoice()
    from_on = day_field("代理起")
    to_on = day_field("代理止", help_text="含当日，到期自动失效")
    reason = forms.CharField(label="代理事由", max_length=200)


class PowerForm(LabelledForm):
    power = forms.ChoiceField(label="管理员", choices=list(ADMINISTRATOR_POWERS.items()))
    from_on = day_field("任命起")
    to_on = day_field("任命止", required=False, help_text="含当日；不填表示至另行结束")


class EndForm(LabelledForm):
    on = day_field("最后一日", help_text="填昨天，即刻失效")


class PostRightsForm(LabelledForm):
    capabilities = forms.MultipleChoiceField(
        label="权能",
        choices=list(CAPABILITIES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="一项都不选，岗位只能看公共页面",
    )
    scope = forms.ChoiceField(label="范围", choices=Scope.choices)


class PostChangeForm(PostRightsForm):
    reason = forms.CharField(label="变更理由", max_length=200)


class PostForm(PostRightsForm):
    agency = forms.ModelChoiceField(Agency.objects.order_by("code"), label="单位")
    title = forms.CharField(label="岗位名称", max_length=60, help_text="例如：执法队员、法制审核员")
    role = forms.ChoiceField(label="办案记录中的角色")

    field_order = ("agency", "title", "role", "scope", "capabilities")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = list(load_vocabulary().enums["role"].items())  # type: ignore[attr-defined]
