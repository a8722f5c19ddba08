"""The two pages that papers of a matter need: putting a file in, and taking one out with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.ui.forms import ReasonForm

from .papers import PaperForm


def putting_in(
    request: HttpRequest, *, add: Callable[..., Any], back: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    """``add(title=, upload=)`` keeps the file; what is wrong is said at its field, else the page goes ``back``."""
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            paper = add(title=form.cleaned_data["title"], upload=form.cleaned_data["file"])
        except InputFault as fault:
            for name, sentence in fault.faults.items():
                form.add_error(name, sentence)
        else:
            messages.success(request, f"“{paper.title}”已收入材料。")
            return redirect(back)
    told = {"form": form, "title": "收入材料", "button": "收入材料", "multipart": True}
    return render(request, template, context | told, status=422)


def taking_out(
    request: HttpRequest,
    *,
    paper: Any,
    take_out: Callable[..., None],
    back: str,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Asks for the reason, then ``take_out(reason=)``; a refusal is said on the page that it goes ``back`` to."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            take_out(reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"“{paper.title}”已撤下，原件仍然保存。")
        return redirect(back)
    note = f"{paper.name}，{paper.by_label}收入。撤下后不再列出，原件和理由仍然保存。"
    told = {"form": form, "title": f"撤下：{paper.title}", "button": "撤下", "note": note}
    return render(request, template, context | told, status=422 if form.errors else 200)
