"""What is written of a guiding case, and what its reviewer fills in."""

from __future__ import annotations

import re

from django import forms

from plumbline.platform.ui.forms import LabelledForm
from plumbline.vocabulary import load_vocabulary

from .actions import Content
from .models import GuidingCase

ARTICLE = re.compile(r"《?([^《》]{2,60}?)》?\s*(第[零一二三四五六七八九十百千]+条.{0,40})")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CaseForm(LabelledForm):
    """Everything may be left for later except the title; what is missing is asked for at the handing in."""

    source = forms.CharField(
        label="来源决定",
        required=False,
        max_length=200,
        help_text="已在本平台公示的处罚决定：文号或者公开网址。本区以外的案例不填",
    )
    title = forms.CharField(
        label="标题",
        max_length=120,
        help_text="写事由和结论，不写当事人名称，例如：首次轻微未按规定分类投放垃圾不予处罚案",
    )
    topic = forms.ChoiceField(label="领域", required=False)
    gist = forms.CharField(
        label="要旨",
        required=False,
        max_length=1000,
        widget=_area(3),
        help_text="一两句话：遇到什么情形，应当怎么办",
    )
    facts = forms.CharField(
        label="基本案情",
        required=False,
        max_length=6000,
        widget=_area(8),
        help_text="不写姓名、名称、证号、住址；写“当事人”“某公司”",
    )
    outcome = forms.CharField(label="处理结果", required=False, max_length=2000, widget=_area(3))
    law = forms.CharField(
        label="适用的法律",
        required=False,
        max_length=2000,
        widget=_area(3),
        help_text="每行一条，例如：行政处罚法 第三十三条",
    )
    guidance = forms.CharField(
        label="指导意义",
        required=False,
        max_length=4000,
        widget=_area(5),
        help_text="同类案件应当照什么办，什么情形不能照办",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        words = load_vocabulary().enums["domain"]
        self.fields["topic"].choices = [("", "请选择"), *words.items()]  # type: ignore[attr-defined]

    def clean_law(self) -> list[tuple[str, str]]:
        """Lines as pairs of a law and its article."""
        found, wrong = [], []
        for line in filter(None, (each.strip() for each in self.cleaned_data["law"].splitlines())):
            match = ARTICLE.fullmatch(line)
            found += [(match[1].strip(), match[2].strip())] if match else []
            wrong += [] if match else [line]
        if wrong:
            raise forms.ValidationError(f"“{wrong[0]}”没有写明条款。请写法规名称和第几条，条数用汉字。")
        return found

    def content(self) -> Content:
        given = {name: value for name, value in self.cleaned_data.items() if name != "source"}
        return Content(**given)


def initial_of(case: GuidingCase) -> dict[str, str]:
    told = {name: getattr(case, name) for name in ("title", "topic", "gist", "facts", "outcome", "guidance")}
    source = case.source.number or case.source.public_id if case.source else ""
    return told | {
        "law": "\n".join(f"{each['law']} {each['article']}" for each in case.law),
        "source": source,
    }


class ReviewForm(LabelledForm):
    note = forms.CharField(
        label="审核意见", required=False, max_length=500, widget=_area(3), help_text="退回的，写明要改的地方"
    )
    weighed = forms.BooleanField(label="上面的文字已逐处看过，可以公开", required=False)


class ReasonForm(LabelledForm):
    reason = forms.CharField(label="理由", max_length=300, widget=_area(2))
