"""Versions of an agency's list, the difference between any two, and going back to an earlier one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.lists import remembering
from plumbline.platform.lists.comparing import cells_of
from plumbline.platform.ui.acting import actor_of, put_faults

from ..actions import restore_version
from ..forms import ReasonForm
from ..policies import may_keep
from ..versions import between_versions, counted, open_revision, published
from .asking import agency_of, list_of, number_of


@login_required
def versions(request: HttpRequest, key: str) -> HttpResponse:
    """The published versions with who, when, why and how much; two of them to compare."""
    register = list_of(key)
    agency = agency_of(request, register)
    found = published(key, agency.code)
    today = clock.today()
    in_force = next((each.number for each in found if each.effective_on and each.effective_on <= today), None)
    context = {
        "register": register,
        "agency": agency,
        "versions": [(each, counted_rows(each)) for each in found],
        "in_force": in_force,
        "today": today,
        "may": bool(may_keep(actor_of(request), agency.code)),
        "open": open_revision(key, agency.code),
    }
    return render(request, "registers/versions.html", context)


def counted_rows(version: object) -> dict[str, int]:
    counts = {"add": 0, "change": 0, "end": 0}
    for kind in version.rows.values_list("kind", flat=True):  # type: ignore[attr-defined]
        counts[kind] += 1
    return counts


@login_required
def difference(request: HttpRequest, key: str) -> HttpResponse:
    """What was added, changed and ended from one version to another; 0 is what was there before the first."""
    register = list_of(key)
    agency = agency_of(request, register)
    known = {0, *(each.number for each in published(key, agency.code))}
    older, newer = number_of(request, "from"), number_of(request, "to", max(each or 0 for each in known))
    if not {older, newer} <= known:
        raise Http404
    with remembering():
        changes = between_versions(key, agency.code, older, newer)
        context = {
            "register": register,
            "agency": agency,
            "older": older,
            "newer": newer,
            "changes": [(each, cells_of(register, each)) for each in changes[:500]],
            "total": len(changes),
            "counts": counted(changes),
            "known": sorted(each or 0 for each in known),
        }
    return render(request, "registers/difference.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """A draft that brings an earlier version back."""
    register, actor = list_of(key), actor_of(request)
    agency = agency_of(request, register)
    may_keep(actor, agency.code).demand()
    number = number_of(request, "number")
    found = published(key, agency.code)
    latest = found[0].number if found else 0
    if not latest or number >= latest:
        raise Http404
    form = ReasonForm(
        request.POST or None, initial={"reason": f"恢复到第 {number} 版的内容。" if number else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            revision = restore_version(
                actor=actor,
                register=key,
                agency=agency.code,
                number=number,
                reason=form.cleaned_data["reason"],
            )
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            return redirect("register-revision", pk=revision.pk)
    with remembering():
        changes = between_versions(key, agency.code, latest, number)
        shown = [(each, cells_of(register, each)) for each in changes[:100]]
    context = {
        "register": register, "agency": agency, "number": number, "latest": latest, "form": form,
        "changes": shown, "total": len(changes), "counts": counted(changes),
    }  # fmt: skip
    return render(request, "registers/restore.html", context)
