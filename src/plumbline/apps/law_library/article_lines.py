"""A form field for articles that something rests on, one a line, and how such an article is kept."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from plumbline.law.texts import article_number, citations_in

_LINE = re.compile(r"^《?(.+?)》?\s*(第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)")


class ArticleLines(forms.CharField):
    """One article a line: 《行政处罚法》第十六条. Cleans to a list of law and article."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "一行一条，例如 《优化营商环境条例》第六十四条。")
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, **kwargs)

    def clean(self, value: Any) -> list[dict[str, str]]:
        typed = super().clean(value)
        found: dict[tuple[str, str], None] = {}
        for line in filter(None, (each.strip(" 　；;。") for each in typed.splitlines())):
            one = _LINE.match(line)
            cited = citations_in(line) if line.count("条") > 1 else ()
            if cited:
                found |= dict.fromkeys(cited)
            elif one:
                found[one.group(1).strip(), article_number(one.group(2))] = None
            else:
                raise forms.ValidationError(
                    f"“{line[:30]}”没有写明是哪部法规的哪一条。请写成 《法规名称》第几条。"
                )
        return [{"law": law, "article": article} for law, article in found]
