"""Forms of normative documents. A step's form is casework's, built from its declaration."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from plumbline.apps.cases.contract import StepForm, YesNoField
from plumbline.apps.law_library.contract import ArticleLines
from plumbline.packs.normdoc.words import CLEANUPS, DRAFT, FORBIDDEN
from plumbline.packs.procedures import Ask
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.forms import LabelledForm
from plumbline.vocabulary import load_vocabulary

from .choices import Handling, Kind, NoticeKind, PaperKind
from .kinds import NORM, Words
from .models import NormDoc, PlanItem
from .validity import COMING, IN_FORCE, with_validity


def date_box() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NormStepForm(StepForm):
    """A step's form; dates that can be proposed are."""

    def _initial(self, ask: Ask) -> Any:
        return None


class BasisField(ArticleLines):
    """What a document rests on."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "制定依据")
        super().__init__(**kwargs)


def basis_lines(doc: NormDoc) -> str:
    return "\n".join(f"《{each['law']}》{each['article']}" for each in doc.basis)


class DeclarationForm(LabelledForm):
    """What the maker says of a document."""

    affects_rights = YesNoField(label="涉及公民、法人、其他组织的权利义务")
    business_related = YesNoField(
        label="与市场主体生产经营密切相关",
        help_text="是的，公开征求意见不少于三十日，并经公平竞争审查和合法性审查。",
    )
    secret = YesNoField(label="依法需要保密", initial="false")
    sets = forms.MultipleChoiceField(
        label="文件设定的事项",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="没有设定的不选。行政处罚、行政强制、行政许可不得由规范性文件设定，选中的不能保存。",
    )
    necessity = forms.CharField(
        label="制定的必要性", max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = load_vocabulary().enums["document_sets"].items()
        self.fields["sets"].choices = [  # type: ignore[attr-defined]
            (value, f"{label}（不得设定，{FORBIDDEN[value].basis}）" if value in FORBIDDEN else label)
            for value, label in options
        ]


class DeclareAnewForm(DeclarationForm):
    reason = forms.CharField(label="更正的理由", max_length=200)


class BeginForm(DeclarationForm):
    """A new document: in whose name, what, on which basis."""

    title = forms.CharField(label="文件名称", max_length=200)
    agency = forms.ChoiceField(label="起草单位")
    maker = forms.ChoiceField(label="制定机关", help_text="以谁的名义制发。")
    joint = forms.CharField(label="联合制定机关", max_length=300, required=False)
    plan = forms.ChoiceField(label="制定计划", required=False)
    basis = BasisField()

    field_order = ("title", "agency", "maker", "joint", "plan", "basis", "affects_rights", "business_related", "secret", "sets", "necessity")  # fmt: skip

    kind: str = Kind.NORM

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = actor.reach(DRAFT)
        own = Agency.objects.exclude(level="city").exclude(kind__in=["group", "coordination"])
        units = own if reach is None else own.filter(pk__in=reach)
        units = units.order_by("code")
        makers = own.filter(Q(pk__in=[each.pk for each in units]) | Q(kind="government", level="district"))
        self.fields["agency"].choices = [(each.code, each.name) for each in units]  # type: ignore[attr-defined]
        self.fields["maker"].choices = [("", "请选择"), *((m.code, m.name) for m in makers)]  # type: ignore[attr-defined]
        plans = PlanItem.objects.visible_to(actor).filter(kind=self.kind, dropped="", documents=None)
        self.fields["plan"].choices = [  # type: ignore[attr-defined]
            ("", "目录以外" if self.kind == Kind.POLICY else "计划外"),
            *((str(each.pk), f"{each.year} 年：{each.title}") for each in plans[:100]),
        ]
        self.fields["agency"].initial = actor.agency_code


class TextForm(LabelledForm):
    text = forms.CharField(
        label="正文",
        required=False,
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text="每条以“第一条”开头，没有条文的以“一、”开头。也可以只上传 Word 文件，由平台读出正文。",
    )
    file = forms.FileField(
        label="文件", required=False, help_text="docx 会读出正文；PDF 只作为附件保存，正文请粘贴。"
    )
    note = forms.CharField(label="这一版改了什么", max_length=200, required=False)


class PaperForm(LabelledForm):
    kind = forms.ChoiceField(label="材料类别", choices=PaperKind.choices)
    title = forms.CharField(label="名称", max_length=100, required=False)
    file = forms.FileField(label="文件", help_text="PDF、Word、Excel、照片；不收含宏的文件。")


class PublishForm(LabelledForm):
    """What is decided at publication; the numbers are given by the register."""

    effective_from = forms.DateField(label="施行日", widget=date_box())
    valid_to = forms.DateField(
        label="有效期止", widget=date_box(), required=False, help_text="最后一个有效的日子。"
    )
    no_term_reason = forms.CharField(label="不设有效期的理由", max_length=300, required=False)
    transition = forms.CharField(
        label="适应调整期",
        max_length=300,
        required=False,
        help_text="涉企文件公布当日施行的，说明为什么不需要留出适应期。",
    )
    repeals = forms.MultipleChoiceField(
        label="同时废止的文件", required=False, widget=forms.CheckboxSelectMultiple
    )
    amends = forms.MultipleChoiceField(
        label="修改的文件", required=False, widget=forms.CheckboxSelectMultiple
    )
    changes_note = forms.CharField(label="修改、废止的说明", max_length=200, required=False)

    def __init__(self, *args: Any, doc: NormDoc, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        rows: Any = NormDoc.objects.unscoped("公布时修改或者废止的文件").exclude(pk=doc.pk)
        rows = rows.filter(
            with_validity(IN_FORCE, today) | with_validity(COMING, today), maker=doc.maker_id, kind=Kind.NORM
        )
        options = [(str(each.pk), f"{each.title}（{each.number or each.register_no}）") for each in rows]
        for name in ("repeals", "amends"):
            if options:
                self.fields[name].choices = options  # type: ignore[attr-defined]
            else:
                del self.fields[name]
        if not options:
            del self.fields["changes_note"]
        if not doc.declared.get("business_related"):
            del self.fields["transition"]
        self.fields["effective_from"].initial = today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        both = set(cleaned.get("repeals") or ()) & set(cleaned.get("amends") or ())
        if both:
            self.add_error("amends", "同一件文件不能既修改又废止。")
        return cleaned

    @property
    def changes(self) -> dict[int, str]:
        cleaned = self.cleaned_data
        found = {int(pk): "repeals" for pk in cleaned.get("repeals") or ()}
        return found | {int(pk): "amends" for pk in cleaned.get("amends") or ()}


class CommentForm(LabelledForm):
    """The public's form: only the opinion is needed."""

    article = forms.ChoiceField(label="针对哪一条", required=False)
    text = forms.CharField(label="您的意见", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    name = forms.CharField(
        label="姓名或者单位",
        max_length=60,
        required=False,
        help_text="可以不填；只有起草单位看得到，不公布。",
    )
    contact = forms.CharField(
        label="联系方式", max_length=120, required=False, help_text="可以不填；只用于向您核实，不公布。"
    )

    def __init__(self, *args: Any, articles: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = [each["number"] for each in articles if each["number"]]
        self.fields["article"].choices = [("", "全文"), *((n, n) for n in numbers)]  # type: ignore[attr-defined]


class AnswerCommentForm(LabelledForm):
    handling = forms.ChoiceField(
        label="处理", choices=[each for each in Handling.choices if each[0]], widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label="答复", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class NoticeForm(LabelledForm):
    kind = forms.ChoiceField(label="来文", choices=[("", "请选择"), *NoticeKind.choices])
    sender = forms.CharField(label="来文机关", max_length=100)
    number = forms.CharField(label="来文号", max_length=80, required=False)
    clauses = forms.CharField(label="涉及的条款", max_length=200)
    received_on = forms.DateField(label="收到日期", widget=date_box())


class AnswerNoticeForm(LabelledForm):
    answered_on = forms.DateField(label="答复日期", widget=date_box())
    answer = forms.CharField(label="答复内容", max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))


class BasisCheckForm(LabelledForm):
    conclusion = forms.ChoiceField(
        label="结论",
        choices=[("stands", "文件仍然成立"), *CLEANUPS[1:]],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="新依据是哪一条，文件内容是否仍然相符。",
    )  # fmt: skip


class BasisForm(LabelledForm):
    basis = BasisField()


class CleanupForm(LabelledForm):
    title = forms.CharField(label="清理名称", max_length=200)
    reason = forms.CharField(label="缘由和范围", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = forms.DateField(label="各单位报送意见的截止日", widget=date_box())


class CleanupItemForm(LabelledForm):
    conclusion = forms.ChoiceField(label="清理意见", choices=[("", "请选择"), *CLEANUPS])
    reason = forms.CharField(label="理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class SummaryForm(LabelledForm):
    summary = forms.CharField(
        label="清理结果说明", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="随清理结果一并公布。",
    )  # fmt: skip


class ReasonForm(LabelledForm):
    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class PlanForm(LabelledForm):
    year = forms.IntegerField(label="年度")
    title = forms.CharField(label="文件名称", max_length=200)
    agency = forms.ChoiceField(label="起草单位")
    due_month = forms.ChoiceField(label="完成月份", choices=[(str(n), f"{n} 月") for n in range(1, 13)])
    reason = forms.CharField(label="制定理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, words: Words = NORM, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if words.kind == Kind.POLICY:
            for name, label in (("title", "决策事项"), ("agency", "承办单位"), ("reason", "列入的理由")):
                self.fields[name].label = label
        units = (
            Agency.objects.exclude(level="city").exclude(kind__in=["group", "coordination"]).order_by("code")
        )
        self.fields["agency"].choices = [("", "请选择"), *((u.code, u.name) for u in units)]  # type: ignore[attr-defined]
        today = clock.today()
        self.fields["year"].initial = today.year
        self.fields["due_month"].initial = str(today.month)


def last_day_of_month(year: int, month: int) -> date:
    """The day by which an entry of the plan is due."""
    first = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(first.toordinal() - 1)
