"""Pages of enforcement subjects: the register with what waits, and one subject with its history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.apps.agencies.contract import PublicChange, keeps_the_district, names_and_states
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.filters import id_in
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.paging import by_id
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.ui.components import Figure, Tag
from plumbline.platform.verdicts.models import StoredVerdict

from . import actions
from .forms import ChangeForm, EndForm, ReaffirmForm, StepForm, bases_text
from .models import STAGE_ZH, STATE_ZH, CleanupEntry, CleanupRound, Kind, Subject, SubjectBasis
from .policies import may_change_subject, may_keep_subjects, may_publish_subject, may_reaffirm_basis
from .watching import asking, watched

PAGE = 50
TAGS = {
    "published": Tag("已公布", "grn"),
    "unpublished": Tag(STATE_ZH["unpublished"], "amb"),
    "ended": Tag("已终止", "gry", "–"),
    "not_yet": Tag("尚未确认", "gry"),
}


@login_required
@require_safe
def subjects(request: HttpRequest) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    current = Subject.objects.filter(valid_to=None)
    text, kind, state = (request.GET.get(name, "").strip() for name in ("q", "kind", "state"))
    rows = Subject.objects.filter(valid_to__lt=today) if state == "ended" else current
    if text:
        rows = rows.filter(Q(name__contains=text) | Q(code__iexact=text) | Q(scope__contains=text))
    if kind in Kind.values:
        rows = rows.filter(kind=kind)
    if state in {"published", "unpublished"}:
        rows = rows.filter(published_on__isnull=state == "unpublished")
    waiting = asking()
    if state == "asking":
        rows = rows.filter(pk__in=[each.subject.pk for each in waiting])
    rows = rows.select_related("agency").prefetch_related("bases", "posts")
    part = by_id(rows, after=request.GET.get("after", ""), size=PAGE)
    unstated = Agency.objects.filter(enforces=True, subject_ended_on=None).exclude(
        code__in=current.values("code")
    )
    posts = [post for row in part.rows for post in row.posts.all()]
    context = {
        "here": "subjects",
        "figures": [
            Figure("现行主体", str(current.count()), "?", "个"),
            Figure("已确认未公布", str(current.filter(published_on=None).count()), "?state=unpublished", "个"),
            Figure("依据待确认", str(len({w.subject.pk for w in waiting})), "?state=asking", "个", "red" if waiting else ""),
            Figure("名录变动待公开", str(PublicChange.objects.filter(published_on=None).count()),
                   "/lists/officers/changes?state=waiting", "项"),
        ],
        "rounds": list(CleanupRound.objects.filter(published_on=None)),
        "stages": STAGE_ZH,
        "rows": [(row, TAGS[row.state_on(today)], sum(bool(p.officers) for p in row.posts.all())) for row in part.rows],
        "posts": len(posts),
        "next": part.next_key,
        "kinds": Kind.choices,
        "unstated": list(unstated) if not (text or kind or state) else [],
        "may_keep": bool(may_keep_subjects(actor)),
        "filtered": bool(text or kind or state),
    }  # fmt: skip
    return render(request, "subjects/subjects.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def subject(request: HttpRequest, pk: int) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    row = get_object_or_404(Subject.objects.select_related("agency", "round"), pk=pk)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    first = {
        "name": row.name, "scope": row.scope, "area": row.area, "responsible": row.responsible, "phone": row.phone,
        "bases": bases_text([{"law": b.law, "article": b.article, "level": b.level} for b in row.bases.all()]),
    }  # fmt: skip
    change = ChangeForm(request.POST if do == "change" else None, prefix="c", initial=first)
    end = EndForm(request.POST if do == "end" else None, prefix="e")
    reaffirm = ReaffirmForm(request.POST if do == "reaffirm" else None, prefix="r")
    publish = StepForm(request.POST if do == "publish" else None, prefix="p")
    form = {"publish": publish, "change": change, "end": end, "reaffirm": reaffirm}.get(do)
    if form is not None and form.is_valid():
        try:
            after = _carry_out(actor, row, do, form.cleaned_data, request.POST.get("basis", ""))
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, f"{row.name}：已登记。")
            return redirect("subject", pk=after.pk)
    numbers = {number for post in row.posts.all() for number in post.officers}
    told = StoredVerdict.objects.unscoped("主体登记的规则结论").filter(
        rule="ESR-17-subject-officer", matter_id=f"SUBJ-{row.code}"
    )
    context = {
        "here": "subjects",
        "row": row,
        "tag": TAGS[row.state_on(today)],
        "bases": watched(list(row.bases.all())),
        "posts": [(post, names_and_states(post.officers, today)) for post in row.posts.all()],
        "holders": len(numbers),
        "history": Subject.objects.filter(code=row.code).order_by("confirmed_on", "pk"),
        "changes": PublicChange.objects.filter(about=row.code).order_by("changed_on", "pk"),
        "verdict": told.order_by("-pk").first(),
        "may_change": may_change_subject(actor, row),
        "may_reaffirm": bool(may_reaffirm_basis(actor, row)),
        "publish": publish,
        "may_publish": bool(may_publish_subject(actor, row)),
        "change": change,
        "end": end,
        "reaffirm": reaffirm,
        "chosen": request.POST.get("basis", ""),
    }
    return render(request, "subjects/subject.html", context, status=422 if do else 200)


def _carry_out(actor: Actor, row: Subject, do: str, typed: dict[str, Any], basis: str) -> Subject:
    if do == "change":
        names = ("name", "scope", "area", "responsible", "phone", "bases")
        state = actions.NewState(**{name: typed[name] for name in names})
        return actions.change_subject(
            actor=actor, subject=row, on=typed["on"], reason=typed["reason"], document=typed["document"], state=state
        )  # fmt: skip
    if do == "publish":
        actions.publish_subject(actor=actor, subject=row, **typed)
        return row
    if do == "end":
        actions.end_subject(actor=actor, subject=row, **typed)
        return row
    found = get_object_or_404(SubjectBasis, subject=row, pk=id_in(basis))
    actions.reaffirm_basis(actor=actor, subject=row, basis=found, reason=typed["reason"])
    return row


@login_required
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    entries = CleanupEntry.objects.visible_to(actor).select_related("round", "agency")
    today = clock.today()
    own = (
        []
        if keeps_the_district(actor)
        else [(e, e.state_on(today)) for e in entries.order_by("-round__opened_on")]
    )
    context = {
        "here": "rounds",
        "rows": [(each, STAGE_ZH[each.stage]) for each in CleanupRound.objects.all()],
        "own": own,
        "may_keep": bool(may_keep_subjects(actor)),
    }
    return render(request, "subjects/rounds.html", context)
