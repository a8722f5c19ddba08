"""The two pages that papers of a matter need: putting a file in, and taking one out with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from plumbline.platform.ui.acting import form_page
from plumbline.platform.ui.forms import ReasonForm

from .papers import PaperForm


def putting_in(
    request: HttpRequest, *, add: Callable[..., Any], back: str, crumbs: Sequence[tuple[str, str]]
) -> HttpResponse:
    """``add(title=, upload=)`` keeps the file; what is wrong is said at its field, else the page goes ``back``."""
    form = PaperForm(request.POST, request.FILES)
    return form_page(
        request,
        form=form,
        act=lambda: add(title=form.cleaned_data["title"], upload=form.cleaned_data["file"]),
        title="收入材料",
        button="收入材料",
        done=lambda paper: f"“{paper.title}”已收入材料。",
        back=back,
        crumbs=crumbs,
    )


def taking_out(
    request: HttpRequest,
    *,
    paper: Any,
    take_out: Callable[..., None],
    back: str,
    crumbs: Sequence[tuple[str, str]],
) -> HttpResponse:
    """Asks for the reason, then ``take_out(reason=)``; a refusal stands above the form."""
    form = ReasonForm(request.POST or None)
    return form_page(
        request,
        form=form,
        act=lambda: take_out(reason=form.cleaned_data["reason"]),
        title=f"撤下：{paper.title}",
        button="撤下",
        done=f"“{paper.title}”已撤下，原件仍然保存。",
        back=back,
        crumbs=crumbs,
        note=f"{paper.name}，{paper.by_label}收入。撤下后不再列出，原件和理由仍然保存。",
    )
