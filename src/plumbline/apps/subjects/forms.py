"""Forms of enforcement subjects and clean-up rounds."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.forms import LabelledForm
from plumbline.vocabulary import load_vocabulary

from .models import Ending, Kind

_CITATION = re.compile(
    r"《?([^《》，,第]{2,60})》?(第[一二三四五六七八九十百零〇\d]+条[^，,]*)(?:[，,\s]+(.+))?"
)


def _day(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


def levels() -> dict[str, str]:
    """The levels of a basis by their Chinese names: only law, regulation and rule make a subject."""
    words = load_vocabulary().enums["basis_level"]
    return {zh: level for level, zh in words.items() if level != "normative_document"}


class BasesField(forms.CharField):
    """Citations, one a line: 《行政处罚法》第二十四条，法律."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = "每行一条，例如：《行政处罚法》第二十四条，法律。层级写法律、行政法规、地方性法规、部门规章或者地方政府规章。"
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), help_text=help_text, **kwargs)

    def clean(self, value: Any) -> list[tuple[str, str, str]]:
        found, faults = [], []
        for number, line in enumerate(str(super().clean(value)).splitlines(), 1):
            if not (line := line.strip()):
                continue
            cited = _CITATION.fullmatch(line.rstrip("。；;"))
            level = levels().get((cited[3] or "").strip(), "") if cited else ""
            if cited is None:
                faults.append(f"第 {number} 行没有写明法规和条款。请写成“《行政处罚法》第二十四条，法律”。")
            elif not level:
                faults.append(
                    f"第 {number} 行没有写明层级，或者层级不能作为主体资格依据。请在条款后写法律、行政法规等。"
                )
            else:
                found.append((cited[1].strip(), cited[2].strip(), level))
        if faults:
            raise forms.ValidationError(faults)
        return found


class PostsField(forms.CharField):
    """Posts, one a line: 现场执法岗，A，检查和调查取证."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = "每行一个岗位：名称，类别（A 或 B），职责。例如：现场执法岗，A，检查和调查取证。"
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), help_text=help_text, **kwargs)

    def clean(self, value: Any) -> list[tuple[str, str, str]]:
        found: list[tuple[str, str, str]] = []
        faults = []
        for number, line in enumerate(str(super().clean(value)).splitlines(), 1):
            if not line.strip():
                continue
            cells = [cell.strip() for cell in re.split(r"[，,\t]", line, maxsplit=2)]
            if len(cells) < 2 or cells[1].upper() not in {"A", "B"}:
                faults.append(f"第 {number} 行没有写明岗位类别。请写成“现场执法岗，A，检查和调查取证”。")
            elif cells[0] in {each[0] for each in found}:
                faults.append(f"第 {number} 行的岗位“{cells[0]}”已经写过。")
            else:
                found.append((cells[0], cells[1].upper(), cells[2] if len(cells) > 2 else ""))
        if faults:
            raise forms.ValidationError(faults)
        return found


def bases_text(bases: Any) -> str:
    """The lines that the form shows for kept citations."""
    words = load_vocabulary().enums["basis_level"]
    return "\n".join(f"《{b['law']}》{b['article']}，{words.get(b['level'], '')}" for b in bases)


def posts_text(posts: Any) -> str:
    return "\n".join(f"{p['title']}，{p['post_class']}，{p['duty']}" for p in posts)


class RoundForm(LabelledForm):
    title = forms.CharField(label="清理名称", max_length=120)
    basis = forms.CharField(
        label="依据", max_length=200, initial="新政办[2022]14号 二(二)2；行政执法监督条例第十七条"
    )
    asks = forms.CharField(
        label="清理要求", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = _day("报送期限")
    agencies = forms.MultipleChoiceField(
        label="参加清理的机关", widget=forms.CheckboxSelectMultiple, help_text="默认全选，不参加的去掉。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Agency.objects.filter(enforces=True, subject_ended_on=None).order_by("level", "code")
        choices = [(row.code, row.short_name) for row in rows]
        self.fields["agencies"].choices = choices  # type: ignore[attr-defined]
        self.fields["agencies"].initial = [code for code, _ in choices]


class RowForm(LabelledForm):
    """One subject as the agency states it. The code is asked for only where an entrusted organisation is added."""

    code = forms.CharField(
        label="受委托组织的编码", max_length=50, help_text="统一社会信用代码，或者本区使用的编码"
    )
    kind = forms.ChoiceField(label="主体类别", choices=[("", "请选择"), *Kind.choices])
    name = forms.CharField(label="主体名称", max_length=120)
    bases = BasesField(label="主体资格依据")
    scope = forms.CharField(
        label="执法范围", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="执法事项或者领域，与权责清单一致",
    )  # fmt: skip
    area = forms.CharField(label="执法区域", max_length=120)
    responsible = forms.CharField(label="负责人", max_length=40)
    phone = forms.CharField(label="公开电话", max_length=40, help_text="对外公布，请填办公电话")
    posts = PostsField(label="执法岗位")
    entrusted_powers = forms.CharField(
        label="委托书载明的事项和权限", max_length=500, required=False, help_text="受委托组织填写"
    )
    entrusted_from = _day("委托期限起", "受委托组织填写", required=False)
    entrusted_to = _day(
        "委托期限止", "受委托组织填写；委托书应当载明期限（行政处罚法第二十条）", required=False
    )

    def __init__(self, *args: Any, known: bool, entrusted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["code"]
        if not entrusted:
            for name in ("entrusted_powers", "entrusted_from", "entrusted_to"):
                del self.fields[name]
            self.fields["kind"].choices = [  # type: ignore[attr-defined]
                ("", "请选择"),
                *(each for each in Kind.choices if each[0] != Kind.ENTRUSTED),
            ]
        else:
            del self.fields["kind"]


class StepForm(LabelledForm):
    """The day and the paper of a step between the bureau and the government."""

    on = _day("日期")
    number = forms.CharField(label="文号", max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today()


class LeaveOutForm(LabelledForm):
    reason = forms.CharField(label="不列入本次的理由", max_length=200)


class ChangeForm(LabelledForm):
    on = _day("变更日")
    reason = forms.CharField(label="理由", max_length=200)
    document = forms.CharField(label="依据文件的文号", max_length=80)
    name = forms.CharField(label="主体名称", max_length=120)
    bases = BasesField(label="主体资格依据")
    scope = forms.CharField(label="执法范围", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    area = forms.CharField(label="执法区域", max_length=120)
    responsible = forms.CharField(label="负责人", max_length=40)
    phone = forms.CharField(label="公开电话", max_length=40)


class EndForm(LabelledForm):
    ended_as = forms.ChoiceField(
        label="方式",
        choices=[("", "请选择"), (Ending.MERGED, "合并"), (Ending.ABOLISHED, "撤销")],
    )
    on = _day("生效日", "自该日起不再是执法主体")
    successor = forms.ChoiceField(label="承继机关", required=False, help_text="合并的必须选择")
    reason = forms.CharField(label="理由和依据文件", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Agency.objects.filter(enforces=True, subject_ended_on=None).order_by("name")
        self.fields["successor"].choices = [("", "没有"), *((r.code, r.name) for r in rows)]  # type: ignore[attr-defined]


class ReaffirmForm(LabelledForm):
    reason = forms.CharField(label="确认理由", max_length=200)
