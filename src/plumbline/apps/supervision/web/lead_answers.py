"""Answers to sources outside the platform: what still has to go back to the hotline and others, as a list and a workbook."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.ui.downloads import as_file
from plumbline.platform.workbooks import list_book

from .. import actions
from ..lead_forms import AnsweredForm
from ..lead_models import Lead, Source
from ..lead_queries import to_answer
from ..policies import SUPERVISING

MOST = 200
HEADINGS = ("来源", "编号", "标题", "收到日期", "要求答复", "办结日期", "结论", "答复内容")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest) -> HttpResponse:
    """What is over here and not answered back yet, the most pressing first; picked ones are marked as answered at once."""
    actor = actor_of(request)
    if actor.reach(*SUPERVISING) == frozenset():
        raise PermissionDenied
    rows = to_answer(actor)
    if (source := request.GET.get("source", "")) in Source.values:
        rows = rows.filter(source=source)
    if request.method == "GET" and request.GET.get("as") == "xlsx":
        return _workbook(actor, list(rows), source)
    form = AnsweredForm(request.POST or None, initial={"on": clock.today()})
    picked = request.POST.getlist("pick")
    if request.method == "POST" and not picked:
        form.add_error(None, "没有勾选。请在表里勾选已经回复的线索。")
    elif request.method == "POST" and form.is_valid() and _marked(actor, rows, picked, form):
        messages.success(request, f"{len(picked)} 条已登记回复来源。")
        return redirect("lead-answers")
    context = {
        "rows": rows[:MOST],
        "total": rows.count(),
        "form": form,
        "picked": picked,
        "source": source,
        "sources": Source.choices,
        "today": clock.today(),
    }
    return render(request, "supervision/lead_answers.html", context)


def _marked(actor: Actor, rows: object, picked: list[str], form: AnsweredForm) -> bool:
    """All of the picked ones or none."""
    try:
        with transaction.atomic():
            for lead in Lead.objects.visible_to(actor).filter(matter_id__in=picked):
                actions.answer_source(actor=actor, lead=lead, **form.cleaned_data)
    except InputFault as fault:
        put_faults(form, fault)
        return False
    except Refusal as refusal:
        form.add_error(None, f"{refusal} 勾选的各条都没有登记。")
        return False
    return True


def _workbook(actor: Actor, rows: list[Lead], source: str) -> HttpResponse:
    held = {True: "属实", False: "不属实", None: "不属于监督事项"}
    content = list_book(
        title="待回复",
        headings=HEADINGS,
        rows=(
            (
                lead.get_source_display(), lead.source_ref, lead.title, lead.received_on.isoformat(),
                lead.answer_by.isoformat() if lead.answer_by else f"未登记期限（收到已 {lead.days_since} 日）",
                lead.ended_at.astimezone(clock.CHINA).date().isoformat() if lead.ended_at else "",
                held[lead.substantiated], lead.feedback or lead.assessment,
            )
            for lead in rows
        ),
        actor=actor,
        content="已经办结、还没有回复来源的线索，供回填工单",
        filtered=Source(source).label if source else "全部来源",
        widths={2: 30, 7: 60},
    )  # fmt: skip
    return as_file(content, f"answers-{clock.today():%Y%m%d}.xlsx")
