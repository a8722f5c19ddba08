"""Forms of questions and shared answers."""

from __future__ import annotations

from typing import Any

from django import forms

from plumbline.apps.cases.contract import items_of
from plumbline.apps.coordination.contract import agency_field, files, long_text
from plumbline.apps.law_library.contract import ArticleLines
from plumbline.apps.powers.contract import item_on
from plumbline.platform import clock
from plumbline.platform.ui.forms import LabelledForm

from .models import Did, Question
from .namelessness import without_names
from .policies import answering_bodies


class AskForm(LabelledForm):
    """``agency`` asks; where no body is chosen, the department that gave the item is asked."""

    title = forms.CharField(
        label="问题", max_length=120, help_text="一句话，例如：宅基地上搭建简易棚，由谁认定是否需要审批"
    )
    about = forms.CharField(
        label="所涉案件", required=False, max_length=60, help_text="本机关的案号；与具体案件无关的不填"
    )
    item = forms.ChoiceField(label="所涉事项", required=False)
    to = agency_field(
        "向哪个机关咨询",
        answering_bodies(),
        "选了事项而不选机关的，发给把该事项赋予街道的部门",
        required=False,
    )
    text = long_text(
        "情况和拿不准的地方", rows=6, help_text="已经查明什么，对哪一条、哪一步拿不准，本机关的初步意见"
    )
    files = files("附件")  # type: ignore[assignment]

    def __init__(self, *args: Any, agency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [
            (each["item"], f"{each['item']} {each['violation']}") for each in items_of(agency, clock.today())
        ]
        self.fields["item"].choices = [("", "与具体事项无关"), *held]  # type: ignore[attr-defined]
        self.fields["to"].queryset = answering_bodies().exclude(code=agency)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        item = item_on(told.get("item") or "", clock.today()) if told.get("item") else None
        if told.get("to") is None and "to" not in self.errors:
            given = item.agency if item is not None else None
            if given is not None and self.fields["to"].queryset.filter(code=given.code).exists():  # type: ignore[attr-defined]
                told["to"] = given
            else:
                self.add_error("to", "请选择向哪个机关咨询。说不准归谁的，选区司法局，由其答复或者转办。")
        told["domain"] = item.domain if item is not None else ""
        return told


class AnswerForm(LabelledForm):
    text = long_text("答复", rows=8, help_text="能不能、由谁、怎么办；分情形的逐项写")
    listed = forms.MultipleChoiceField(
        label="依据的条款：该事项清单上的", required=False, widget=forms.CheckboxSelectMultiple
    )
    basis = ArticleLines(
        label="依据的条款：其他",
        required=False,
        help_text="一行一条，例如 《行政处罚法》第二十四条；条文可以在“法规库”查到",
    )
    papers = forms.CharField(
        label="其他依据", required=False, max_length=300, help_text="没有条款可引的，写明文件名称和文号"
    )
    files = files("附件")  # type: ignore[assignment]

    def __init__(self, *args: Any, row: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = item_on(row.item_code, clock.today()) if row.item_code else None
        cited = [f"《{each['law']}》{each['article']}" for each in (item.basis if item is not None else ())]
        if cited:
            self.fields["listed"].choices = [(each, each) for each in cited]  # type: ignore[attr-defined]
        else:
            del self.fields["listed"]
            self.fields["basis"].label = "依据的条款"

    def clean(self) -> dict[str, Any]:
        """What was ticked and what was written are one list."""
        told = super().clean() or {}
        lines = ArticleLines(required=False)
        ticked = [each for line in told.pop("listed", ()) for each in lines.clean(line)]
        if "basis" in told:
            told["basis"] = [*ticked, *(each for each in told["basis"] if each not in ticked)]
        return told


class AskBackForm(LabelledForm):
    text = long_text("需要补充什么", help_text="写明缺哪些事实、材料。补充以前，本机关没有期限在走")


class HandOnForm(LabelledForm):
    to = agency_field("转给", answering_bodies())
    text = long_text("为什么由对方答复")

    def __init__(self, *args: Any, row: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = answering_bodies().exclude(code__in=[row.agency_id, row.to_id])
        self.fields["to"].queryset = others  # type: ignore[attr-defined]


class SupplyForm(LabelledForm):
    text = long_text("补充的情况", rows=5)
    files = files("附件")  # type: ignore[assignment]


class ConfirmForm(LabelledForm):
    text = long_text("说明", rows=2, required=False, help_text="可以不填；怎么用上的，写一句")


class AskOnForm(LabelledForm):
    text = long_text("还有什么没有说清", rows=5)
    files = files("附件")  # type: ignore[assignment]


class WithdrawForm(LabelledForm):
    text = long_text("撤回的理由", rows=2)


class ShareForm(LabelledForm):
    """Begins with the question and the answer, what was recognised as a name already taken out."""

    title = forms.CharField(label="标题", max_length=120)
    asked = long_text("问的是什么", rows=5, help_text="写情形，不写哪个街道、哪一件案件、谁")
    answered = long_text("答复", rows=8)
    papers = forms.CharField(
        label="其他依据",
        required=False,
        max_length=300,
        help_text="引用的条款自动带上；这里写其他文件，不写姓名、名称",
    )
    last = forms.IntegerField(required=False, widget=forms.HiddenInput)
    weighed = forms.BooleanField(label="可能是姓名或者个人情况的文字已逐处看过，可以共享", required=False)

    def __init__(self, *args: Any, row: Question, **kwargs: Any) -> None:
        first, last = row.sayings.first(), row.sayings.filter(did=Did.ANSWERED).last()
        kwargs["initial"] = {
            "title": without_names(row, row.title),
            "asked": without_names(row, first.text if first else ""),
            "answered": without_names(row, last.text if last else ""),
            "papers": without_names(row, last.papers if last else ""),
            "last": last.pk if last else None,
        }
        super().__init__(*args, **kwargs)


class UnshareForm(LabelledForm):
    reason = forms.CharField(
        label="停止共享的理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例如依据的条款已经修改。各机关查到这一条时会看到",
    )
