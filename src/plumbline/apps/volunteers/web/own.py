"""A volunteer's own pages, made for a phone: invitations, records, feedback, learning. Nothing here names a party or a case.

A volunteer may see no agency's rows; what is the volunteer's own lies behind the second wall, so each look at it says so.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform import clock
from plumbline.platform.files.store import open_kept
from plumbline.platform.filters import id_in
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.ui.acting import actor_of

from ..actions import answer_invitation, mark_read, record_visit
from ..forms import DeclineForm, VisitForm
from ..models import ActivityKind, Invitation, InvitationState, Training, TrainingRecord, Visit, Volunteer
from ..policies import SERVE
from ..questions import SEEN, VISIT
from .acting import carry_out, demand_right

MOST = 60


def myself(actor: Actor) -> Volunteer | None:
    """The appointment of whoever is logged in; None while no account was linked to one."""
    demand_right(actor, SERVE)
    if actor.person_id is None:
        raise PermissionDenied
    return Volunteer.objects.unscoped("本人的聘任").filter(person_id=actor.person_id).first()


def my_visits(volunteer: Volunteer) -> list[Visit]:
    with whole_district():
        rows = Visit.objects.unscoped("本人的记录").select_related("concerned").filter(volunteer=volunteer)
        return list(rows.order_by("-recorded_at")[:MOST])


def _context(volunteer: Volunteer | None) -> dict[str, object]:
    today = clock.today()
    return {
        "me": volunteer,
        "serving": volunteer is not None and volunteer.is_in_office(today),
        "standing": volunteer.standing(today) if volunteer else "",
    }


@login_required
@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """What one is asked to come to, what one said yes to and has to record, and what is over."""
    me = myself(actor_of(request))
    now, today = clock.now(), clock.today()
    rows: list[Invitation] = []
    if me is not None:
        with whole_district():
            found = Invitation.objects.filter(volunteer=me).select_related("activity", "activity__concerned")
            done = Visit.objects.unscoped("是否已登记").filter(invitation=OuterRef("pk"))
            rows = list(found.annotate(done=Exists(done)).order_by("activity__starts_at")[:MOST])
    asked = [r for r in rows if r.state == InvitationState.SENT and r.activity.starts_at > now]
    yes = [r for r in rows if r.state == InvitationState.ACCEPTED and not r.done]  # type: ignore[attr-defined]
    day = {r.pk: r.activity.starts_at.astimezone(clock.CHINA).date() for r in yes}
    context = {
        "asked": asked,
        "to_record": [r for r in yes if day[r.pk] <= today],
        "coming": [r for r in yes if day[r.pk] > today],
        "over": [r for r in reversed(rows) if r not in asked and r not in yes][:20],
        "decline": DeclineForm(),
    }
    return render(request, "volunteers/own_invitations.html", context | _context(me))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """One invitation: yes by one press, no with the reason."""
    me = myself(actor_of(request))
    row = _mine(me, pk)
    form = DeclineForm(request.POST if "why" in request.POST else None)
    if request.method == "POST":
        accept = "accept" in request.POST
        why = request.POST.get("why", "")
        ready: dict[str, str] = dict(DeclineForm().fields["why"].choices)  # type: ignore[attr-defined]
        reason = request.POST.get("reason", "").strip() or ready.get(why, "")
        asked = None if accept else DeclineForm(request.POST)
        form = asked or form
        if carry_out(
            request,
            asked,
            lambda: answer_invitation(
                actor=actor_of(request), invitation=row, accept=accept, reason="" if accept else reason,
                conflict=why == "conflict",
            ),
            "已接受邀请。" if accept else "已答复不参加，按抽取的次序请下一位。",
        ):  # fmt: skip
            return redirect("volunteering")
        if accept:
            return redirect("volunteering")
    may = row.state == InvitationState.SENT and row.activity.starts_at > clock.now()
    return render(
        request, "volunteers/own_invitation.html", {"row": row, "form": form, "may": may} | _context(me)
    )


def _mine(me: Volunteer | None, pk: int) -> Invitation:
    if me is None:
        raise Http404
    rows = Invitation.objects.select_related("activity", "activity__concerned", "volunteer")
    return get_object_or_404(rows, pk=pk, volunteer=me)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The record of two minutes: taps, one text, one photo. Without an invitation it is a walk of one's own."""
    me = myself(actor_of(request))
    if me is None:
        raise Http404
    row = _mine(me, pk) if pk is not None else None
    kind = row.activity.kind if row else ActivityKind.ROUND.value
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = VisitForm(*posted, kind=kind, own=row is None)
    if request.method == "POST":
        with whole_district():
            made = carry_out(
                request,
                form,
                lambda: record_visit(
                    actor=actor_of(request), volunteer=me, invitation=row, answers=form.seen(),
                    observation=form.cleaned_data["observation"], text=form.cleaned_data["text"],
                    photo=form.cleaned_data.get("photo"), concerned=form.cleaned_data.get("concerned"),
                ),
                "已登记，谢谢您。",
            )  # fmt: skip
        if made:
            return redirect("volunteering-records")
    context = {
        "row": row,
        "form": form,
        "marks": [form[f"see_{key}"] for key, _ in VISIT[kind]],
    }
    return render(request, "volunteers/own_record.html", context | _context(me))


@login_required
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """What one has recorded."""
    me = myself(actor_of(request))
    words = dict(SEEN)
    rows = [
        (
            row,
            [
                (label, row.answers.get(key), words.get(row.answers.get(key, ""), ""))
                for key, label in VISIT[row.kind]
            ],
        )
        for row in (my_visits(me) if me else [])
    ]
    return render(request, "volunteers/own_records.html", {"rows": rows} | _context(me))


@login_required
@require_safe
def photo(request: HttpRequest, matter_id: str) -> FileResponse:
    """The photo of one's own record, as it was kept."""
    me = myself(actor_of(request))
    if me is None:
        raise Http404
    with whole_district():
        rows = Visit.objects.unscoped("本人的记录").filter(volunteer=me)
        row = get_object_or_404(rows, matter_id=matter_id)
    if not row.photo:
        raise Http404
    return FileResponse(open_kept(row.photo), content_type="image/jpeg")


@login_required
@require_safe
def feedback(request: HttpRequest) -> HttpResponse:
    """What became of what one reported, and what one was praised for."""
    me = myself(actor_of(request))
    rows = [row for row in (my_visits(me) if me else []) if row.observation or row.feedback]
    rows.sort(key=lambda row: (row.feedback_at is not None, row.feedback_at or row.recorded_at), reverse=True)
    praise = list(me.commendations.all()[:MOST]) if me else []
    return render(request, "volunteers/own_feedback.html", {"rows": rows, "praise": praise} | _context(me))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def learning(request: HttpRequest) -> HttpResponse:
    """Lessons, meetings and what one has done of them."""
    me = myself(actor_of(request))
    if request.method == "POST":
        if me is None:
            raise Http404
        pk = request.POST.get("training", "")
        training = get_object_or_404(Training, pk=id_in(pk))
        carry_out(
            request,
            None,
            lambda: mark_read(actor=actor_of(request), volunteer=me, training=training),
            "已登记学完。",
        )
        return redirect("volunteering-learning")
    trainings = list(Training.objects.filter(agency=me.agency_id)[:MOST]) if me else []
    done = dict(TrainingRecord.objects.filter(volunteer=me).values_list("training", "at")) if me else {}
    minutes = sum(each.minutes for each in trainings if each.pk in done)
    context = {"rows": [(each, done.get(each.pk)) for each in trainings], "minutes": minutes}
    return render(request, "volunteers/own_learning.html", context | _context(me))
