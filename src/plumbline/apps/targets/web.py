"""Pages of the register of targets: the list, one target with its history and traces, entering, changing, merging."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform.actions import InputFault
from plumbline.platform.events.access import keep_access
from plumbline.platform.filters import id_in
from plumbline.platform.identity.actor import Actor
from plumbline.platform.paging import by_id
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.ui.components import Tag

from . import actions
from .forms import MergeForm, TargetForm
from .models import Kind, Life, Target
from .policies import may_keep_targets, may_merge_targets, may_read_targets, targets_read_by
from .queries import current, duplicates, matching, traces_of

PAGE = 50
TAGS = {
    Life.ACTIVE: Tag("存续", "grn"),
    Life.DEREGISTERED: Tag("注销", "gry", "–"),
    Life.REVOKED: Tag("吊销", "amb"),
}


def _target(actor: Actor, pk: int) -> Target:
    may_read_targets(actor).demand()
    row = targets_read_by(actor, Target.objects.select_related("merged_into")).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@login_required
@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    may_read_targets(actor).demand()
    text, kind, life, tag = (request.GET.get(name, "").strip() for name in ("q", "kind", "life", "tag"))
    rows = targets_read_by(actor, current())
    if text:
        rows = matching(rows, text)
    if kind in Kind.values:
        rows = rows.filter(kind=kind)
    if life in Life.values:
        rows = rows.filter(life=life)
    if tag:
        rows = rows.filter(tags__contains=[tag])
    total = rows.count()
    part = by_id(rows, after=request.GET.get("after", ""), size=PAGE)
    context = {
        "rows": [(row, TAGS[Life(row.life)]) for row in part.rows],
        "next": part.next_key,
        "total": total,
        "kinds": Kind.choices,
        "lives": Life.choices,
        "filtered": bool(text or kind or life or tag),
        "may_keep": bool(may_keep_targets(actor)),
        "doubles": len(duplicates()) if may_merge_targets(actor) else 0,
    }
    return render(request, "targets/targets.html", context)


@login_required
@require_safe
def target(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    row = _target(actor, pk)
    if row.merged_into_id is not None:
        messages.info(request, f"“{row.name}”已并入本对象。")
        return redirect("target", pk=row.merged_into_id)
    if row.kind == Kind.NATURAL_PERSON:
        keep_access(actor=actor, kind="read", action="targets.target", subject=row, reason="查看自然人登记")
    context = {
        "row": row,
        "tag": TAGS[Life(row.life)],
        "versions": _differences(row),
        "traces": traces_of(actor, row),
        "merged": row.merged.all(),
        "may_keep": may_keep_targets(actor),
    }
    return render(request, "targets/target.html", context)


NAMES = {
    "kind": "类别", "name": "名称", "trade": "行业", "address": "住所", "legal_representative": "法定代表人（负责人）",
    "division_code": "行政区划代码", "life": "登记状态", "life_on": "注销、吊销日", "tags": "监管标签",
}  # fmt: skip


def _differences(row: Target) -> list[tuple[Any, list[tuple[str, str, str]]]]:
    """Each version, newest first, with what it says otherwise than the one before."""
    found: list[tuple[Any, list[tuple[str, str, str]]]] = []
    before: dict[str, Any] = {}
    for version in row.versions.all():
        changed = [
            (label, _said(name, before.get(name)), _said(name, version.values.get(name)))
            for name, label in NAMES.items()
            if before and before.get(name) != version.values.get(name)
        ]
        found.append((version, changed))
        before = version.values
    return found[::-1]


def _said(name: str, value: Any) -> str:
    words = {"kind": dict(Kind.choices), "life": dict(Life.choices)}.get(name)
    if words is not None:
        return str(words.get(value, value))
    return "、".join(value) if isinstance(value, list) else str(value or "（空）")


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    may_keep_targets(actor).demand()
    form = TargetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_target(actor=actor, values=form.values(), reason=form.cleaned_data["reason"])
        except InputFault as fault:
            put_faults(form, fault)
        else:
            messages.success(request, f"已登记{row.name}。")
            return redirect("target", pk=row.pk)
    return render(
        request, "targets/edit.html", {"form": form, "row": None}, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    may_keep_targets(actor).demand()
    row = _target(actor, pk)
    first = {name: getattr(row, name) for name in actions.FIELDS} | {"tags": "、".join(row.tags)}
    form = TargetForm(request.POST or None, initial=first, known=True)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_target(
                actor=actor, target=row, values=form.values(), reason=form.cleaned_data["reason"]
            )
        except InputFault as fault:
            put_faults(form, fault)
        else:
            messages.success(request, f"{row.name}已更新，以前的内容保留在历史中。")
            return redirect("target", pk=row.pk)
    return render(
        request, "targets/edit.html", {"form": form, "row": row}, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def doubles(request: HttpRequest) -> HttpResponse:
    """Rows that may be one party, side by side; each group is merged with a reason, or left."""
    actor = actor_of(request)
    may_merge_targets(actor).demand()
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep, drop = (
            Target.objects.filter(pk=id_in(request.POST.get(name, ""))).first() for name in ("keep", "drop")
        )
        if keep is None or drop is None:
            form.add_error(None, "请选择保留的对象。")
        else:
            try:
                actions.merge_targets(actor=actor, keep=keep, drop=drop, reason=form.cleaned_data["reason"])
            except InputFault as fault:
                for words in fault.faults.values():
                    form.add_error(None, words)
            else:
                messages.success(request, f"“{drop.name}”已并入“{keep.name}”，双方的历史都保留。")
                return redirect("target-doubles")
    context = {"groups": duplicates(), "form": form}
    return render(request, "targets/doubles.html", context, status=422 if form.errors else 200)
