"""The page of one step, of a case or of a matter beside one: what a press on it comes to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from plumbline.packs.procedures import Step
from plumbline.platform.actions import InputFault, Refusal

from .forms import StepForm
from .models import StepRequest


def step_posted(
    request: HttpRequest,
    form: StepForm,
    declared: Step,
    *,
    base: str,
    take: Callable[..., Any],
    save: Callable[..., Any] | None = None,
    drop: Callable[[], Any] | None = None,
    tick_off: Callable[[], Any] | None = None,
) -> HttpResponse | None:
    """The way on to ``base``, or None where the form is to be shown, with what was wrong at its fields.

    ``take(data=, details=, occurred_at=)`` records the step or submits it; ``save`` (with ``occurred=`` as text) and ``drop``
    keep and forget its draft, where there are drafts; ``tick_off`` settles the remarks that were ticked, once the rest is done.
    """
    if request.method != "POST":
        return None
    if drop is not None and "drop" in request.POST:
        drop()
        messages.success(request, "草稿已删除。")
        return redirect(base)
    if save is not None and "draft" in request.POST:
        # A draft may have holes: what can be read is kept, the rest is asked again later.
        form.is_valid()
        data, details, occurred = form.taken()
        try:
            save(data=data, details=details, occurred=str(occurred))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            if tick_off is not None:
                tick_off()
            then = "提交" if declared.approval else "登记"
            messages.success(request, f"“{declared.label}”的草稿已保存，尚未{then}。")
        return redirect(base)
    if not form.is_valid():
        return None
    data, details, occurred = form.taken()
    try:
        taken = take(data=data, details=details, occurred_at=occurred)
    except (InputFault, Refusal) as fault:
        form.add_faults(fault)
        return None
    if tick_off is not None:
        tick_off()
    messages.success(
        request,
        f"“{declared.label}”已提交，等待机关负责人审批。审批人打开之前可以撤回。"
        if isinstance(taken, StepRequest)
        else f"已登记“{declared.label}”。",
    )
    return redirect(base)


def put_between(known: BaseForm, form: StepForm, fault: InputFault | Refusal) -> None:
    """On a page that begins a matter by its first step: each fault at the form that has its field, the rest at the step's."""
    if isinstance(fault, Refusal):
        form.add_faults(fault)
        return
    for name, sentence in fault.faults.items():
        if name in known.fields:
            known.add_error(name, sentence)
        else:
            form.add_faults(InputFault({name: sentence}))
