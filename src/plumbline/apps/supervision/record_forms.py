"""Forms of the records, and of what follows an instrument."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.forms import LabelledForm, NamedChoice, NamedChoices
from plumbline.vocabulary import load_vocabulary

from .actions.records import COMMISSION, PAPERS
from .forms import ManyFiles, ManyFilesInput, _day, _long
from .models import RECORDS, InstrumentKind, ResultUse


class RecordForm(LabelledForm):
    """One form for all five kinds: each shows the fields it needs."""

    to = NamedChoice(Agency.objects.none(), named="name", label="收文机关", empty_label="请选择")
    title = forms.CharField(label="标题", max_length=200)
    facts = _long("事实", rows=5)
    demands = _long("要求", rows=4)
    level = forms.ChoiceField(label="涉嫌的程度", choices=[])
    respond_by = _day("报送期限", "由本文书确定")
    files: Any = ManyFiles(
        label="纠正的证据", required=False, widget=ManyFilesInput(attrs={"multiple": True}),
        help_text="照片、PDF、Word、Excel；当场纠正必须附",
    )  # fmt: skip
    copied = NamedChoices(Agency.objects.none(), label="抄送", required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clue = kind == InstrumentKind.CLUE
        known = Agency.objects.order_by("level", "code")
        whom = known.filter(kind=COMMISSION) if clue else known.exclude(kind=COMMISSION)
        self.fields["to"].queryset = whom  # type: ignore[attr-defined]
        self.fields["copied"].queryset = known.filter(enforces=True)  # type: ignore[attr-defined]
        levels = load_vocabulary().enums["misconduct_level"].items()
        self.fields["level"].choices = [("", "请选择"), *levels]  # type: ignore[attr-defined]
        self.fields["demands"].label = PAPERS[kind].asks
        for name, wanted in {
            "level": clue,
            "respond_by": kind not in RECORDS,
            "files": kind == InstrumentKind.ON_SPOT,
            "copied": kind == InstrumentKind.CIRCULAR,
        }.items():
            if not wanted:
                del self.fields[name]


class UseForm(LabelledForm):
    kind = forms.ChoiceField(
        label="用途", choices=[("", "请选择"), *(ResultUse._meta.get_field("kind").choices or [])]
    )
    points = forms.IntegerField(label="考核扣分", required=False, help_text="计入考核的才填")
    note = forms.CharField(label="说明", required=False, max_length=200)

    def clean_points(self) -> int:
        return int(self.cleaned_data.get("points") or 0)


class SummaryForm(LabelledForm):
    summary = _long(
        "公开摘要", rows=4, help_text="查明的问题和纠正的情况；不写当事人和执法人员的姓名，公开在门户"
    )


class WithdrawSummaryForm(LabelledForm):
    reason = forms.CharField(label="撤回的理由", max_length=200)
