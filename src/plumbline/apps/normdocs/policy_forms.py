"""Forms that only major policy decisions have; what they share with documents stands in ``forms``."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.apps.cases.contract import YesNoField
from plumbline.platform import clock
from plumbline.platform.ui.forms import LabelledForm

from .choices import Kind
from .forms import BeginForm, DeclarationForm, date_box

POLICY_ORDER = ("title", "agency", "maker", "joint", "plan", "basis", "affects_rights", "business_related", "specialised", "risky", "secret", "necessity")  # fmt: skip


class PolicyDeclarationForm(DeclarationForm):
    """What the drafting unit says of a decision: it settles which parts of the procedure are due."""

    specialised = YesNoField(
        label="专业性、技术性较强", help_text="是的，应当组织专家、专业机构论证（第十九条）。"
    )
    risky = YesNoField(
        label="可能对社会稳定、公共安全等造成不利影响", help_text="是的，应当组织风险评估（第二十二条）。"
    )
    field_order = POLICY_ORDER

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["sets"]
        self.fields["business_related"].label = "涉及市场主体经济活动"
        self.fields[
            "business_related"
        ].help_text = "是的，提交讨论的材料应当有公平竞争审查的情况（第二十九条）。"
        self.fields["secret"].label = "依法不予公开"
        self.fields["necessity"].label = "要解决的问题、理由和可行性"


class DeclarePolicyAnewForm(PolicyDeclarationForm):
    reason = forms.CharField(label="更正的理由", max_length=200)


class BeginPolicyForm(PolicyDeclarationForm, BeginForm):
    """A new decision: whose, what about, which unit prepares it."""

    kind = Kind.POLICY
    field_order = POLICY_ORDER  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (
            ("title", "决策事项"),
            ("agency", "承办单位"),
            ("maker", "决策机关"),
            ("joint", "配合的单位"),
            ("plan", "决策事项目录"),
            ("basis", "有关的法律、法规、规章和政策"),
        ):
            self.fields[name].label = label
        self.fields["maker"].help_text = "作出决策的人民政府；部门、乡镇参照办理的选本单位。"
        self.fields["joint"].help_text = "两个以上单位承办的，牵头的为承办单位。"


class PublishPolicyForm(LabelledForm):
    """What is settled when a decision is published."""

    effective_from = forms.DateField(label="施行日", widget=date_box())
    number = forms.CharField(label="文号", max_length=80, required=False, help_text="以文件公布的填写。")
    executor = forms.CharField(label="执行单位", max_length=200, help_text="由决策机关明确（第三十四条）。")
    channels = forms.CharField(
        label="公布的途径",
        max_length=300,
        help_text="政府公报、政府网站，以及在本行政区域内发行的报纸等（第三十二条）。",
    )
    adopted = forms.CharField(
        label="公众意见、专家论证意见的采纳情况",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="公众普遍关心或者专业性、技术性较强的，应当说明；随决策一并公布。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effective_from"].initial = clock.today()


class PublishCatalogueForm(LabelledForm):
    approval = forms.CharField(
        label="同级党委同意的情况",
        max_length=200,
        help_text="写明日期或者文号；目录经同级党委同意后公布（第三条）。",
    )
