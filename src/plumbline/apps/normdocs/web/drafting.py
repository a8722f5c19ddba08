"""Beginning a document, its declaration, basis, texts and papers, and the notices about its legality."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.packs.normdoc.words import DRAFT
from plumbline.platform import clock
from plumbline.platform.filters import id_in
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.acting import actor_of, tried

from ..actions import (
    answer_notice,
    begin_document,
    change_basis,
    confirm_basis,
    declare_anew,
    keep_paper,
    keep_text,
    register_notice,
    withdraw_paper,
)
from ..actions.drafting import Declaration
from ..articles import as_rows, differences, typed_form
from ..basis import basis_states
from ..choices import Kind
from ..forms import (
    AnswerNoticeForm,
    BasisCheckForm,
    BasisForm,
    BeginForm,
    DeclareAnewForm,
    NoticeForm,
    PaperForm,
    ReasonForm,
    TextForm,
    basis_lines,
)
from ..kinds import words_of
from ..models import NormPaper, PlanItem, ReviewNotice
from ..policies import may_draft, may_keep_papers, may_work_on
from ..policy_forms import BeginPolicyForm, DeclarePolicyAnewForm
from .answering import document_of, small_form
from .showing import crumbs_of, kept_file


def _declaration(given: dict[str, Any]) -> Declaration:
    return Declaration(
        affects_rights=given["affects_rights"],
        business_related=given["business_related"],
        secret=given["secret"],
        sets=given.get("sets", ()),
        necessity=given["necessity"],
        specialised=given.get("specialised"),
        risky=given.get("risky"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, kind: str = Kind.NORM) -> HttpResponse:
    """A new document, or a new decision: what is declared settles the procedure."""
    actor, words = actor_of(request), words_of(kind)
    if not actor.can(DRAFT):
        raise Http404
    plans = PlanItem.objects.visible_to(actor).filter(kind=kind)
    plan = plans.filter(pk=id_in(request.GET.get("plan", ""))).first()
    initial = {"plan": str(plan.pk), "title": plan.title, "agency": plan.agency_id} if plan else {}
    asking = BeginPolicyForm if kind == Kind.POLICY else BeginForm
    form = asking(request.POST or None, actor=actor, initial=initial)
    made: list[Any] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        chosen = plans.filter(pk=id_in(given["plan"])).first()
        done = tried(
            form,
            lambda: made.append(
                begin_document(
                    actor=actor,
                    agency_code=given["agency"],
                    maker=Agency.objects.get(code=given["maker"]),
                    title=given["title"],
                    declaration=_declaration(given),
                    basis=given["basis"],
                    joint=given["joint"],
                    plan=chosen,
                    kind=kind,
                )
            ),
        )
        if done:
            next_one = "公众参与、专家论证和风险评估" if kind == Kind.POLICY else "评估论证"
            messages.success(request, f"已{words.begun}。请保存{words.text}，再办理{next_one}。")
            return redirect(f"{made[0].page}/text")
    context = {"form": form, "words": words}
    return render(
        request, "normdocs/begin.html", context, status=422 if form.is_bound and form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def declaration(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor, doc = actor_of(request), document_of(request, matter_id)
    if not may_draft(actor, doc):
        raise Http404
    asking = DeclarePolicyAnewForm if doc.is_policy else DeclareAnewForm
    form = asking(request.POST or None, initial={**doc.declared, "necessity": doc.necessity})
    return small_form(
        request,
        form=form,
        act=lambda: declare_anew(
            actor=actor,
            doc=doc,
            declaration=_declaration(form.cleaned_data),
            reason=form.cleaned_data["reason"],
        ),
        title="更正申报" if doc.is_policy else "更正起草申报",
        button="保存更正",
        back=doc.page,
        done="申报已更正，规则已按新的申报重新核对。",
        crumbs=crumbs_of(doc),
        note="原来的申报作废并保留在时间轴上。",
    )


@login_required
@require_http_methods(["GET", "POST"])
def basis(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The articles a document rests on; in the making they are chosen anew, afterwards a change is judged."""
    actor, doc = actor_of(request), document_of(request, matter_id)
    if not may_draft(actor, doc):
        raise Http404
    law, article = request.GET.get("law", ""), request.GET.get("article", "")
    if law:
        return _check(request, doc, law, article)
    form = BasisForm(request.POST or None, initial={"basis": basis_lines(doc)})
    return small_form(
        request,
        form=form,
        act=lambda: change_basis(actor=actor, doc=doc, basis=form.cleaned_data["basis"]),
        title="制定依据",
        button="保存依据",
        back=doc.page,
        done="制定依据已保存，条文文字的指纹已记下。",
        crumbs=crumbs_of(doc),
    )


def _check(request: HttpRequest, doc: Any, law: str, article: str) -> HttpResponse:
    actor = actor_of(request)
    states = basis_states(doc, clock.today())
    state = next((s for s in states if (s.law, s.article) == (law, article) and s.change), None)
    if state is None:
        raise Http404
    form = BasisCheckForm(request.POST or None)
    return small_form(
        request,
        form=form,
        act=lambda: confirm_basis(
            actor=actor,
            doc=doc,
            law=law,
            article=article,
            conclusion=form.cleaned_data["conclusion"],
            reason=form.cleaned_data["reason"],
        ),
        title=f"核对依据：{state.cited}",
        button="保存核对结论",
        back=doc.page,
        done="核对结论已保存。需要修改或者废止的，已列为本单位的任务。",
        crumbs=crumbs_of(doc),
        note=f"{state.cited}：{state.says}。",
    )


@login_required
@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The text with its versions, two of them side by side, and the form for the next one."""
    actor, doc = actor_of(request), document_of(request, matter_id)
    versions = list(doc.texts.all())
    wanted = id_in(request.GET.get("old", "")), id_in(request.GET.get("new", ""))
    by_number = {each.version: each for each in versions}
    new = by_number.get(wanted[1]) or (versions[0] if versions else None)
    old = by_number.get(wanted[0]) or (by_number.get(new.version - 1) if new else None)
    initial = {"text": typed_form(versions[0].articles)} if versions else {}
    form = TextForm(request.POST or None, request.FILES or None, initial=initial)
    may = bool(may_draft(actor, doc)) and not doc.is_published
    if request.method == "POST":
        if not may:
            raise Http404
        if form.is_valid():
            given = form.cleaned_data
            done = tried(
                form,
                lambda: keep_text(
                    actor=actor, doc=doc, text=given["text"], upload=given["file"], note=given["note"]
                ),
            )
            if done:
                messages.success(request, "文本已保存为新的一版。")
                return redirect(doc.page if not versions else f"{doc.page}/text")
    rows = as_rows(differences(old.articles, new.articles)) if old is not None and new is not None else []
    context = {
        "doc": doc,
        "versions": versions,
        "old": old,
        "new": new,
        "rows": rows,
        "changed": sum(1 for row in rows if row["change"].kind != "same"),
        "form": form,
        "may": may,
    }
    return render(
        request, "normdocs/text.html", context, status=422 if form.is_bound and form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def paper_add(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor, doc = actor_of(request), document_of(request, matter_id)
    if not may_keep_papers(actor, doc):
        raise Http404
    form = PaperForm(request.POST or None, request.FILES or None)
    return small_form(
        request,
        form=form,
        act=lambda: keep_paper(
            actor=actor,
            doc=doc,
            kind=form.cleaned_data["kind"],
            title=form.cleaned_data["title"],
            upload=form.cleaned_data["file"],
        ),
        title="收入材料",
        button="收入材料",
        back=f"{doc.page}#papers",
        done="材料已收入。",
        crumbs=crumbs_of(doc),
    )


@login_required
@require_GET
def paper(request: HttpRequest, matter_id: str, pk: int) -> HttpResponseBase:
    """A paper of the making: inside only, for those who work on the document or may see it as a draft."""
    doc = document_of(request, matter_id)
    found = get_object_or_404(NormPaper, doc=doc, pk=pk)
    if not may_work_on(actor_of(request), doc) and not _supervises(request, doc):
        raise Http404
    return kept_file(found.sha256, found.name, found.content_type)


def _supervises(request: HttpRequest, doc: Any) -> bool:
    return actor_of(request).can("supervision.supervise", doc.maker_id)


@login_required
@require_http_methods(["GET", "POST"])
def paper_withdraw(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor, doc = actor_of(request), document_of(request, matter_id)
    if not may_keep_papers(actor, doc):
        raise Http404
    found = get_object_or_404(NormPaper, doc=doc, pk=pk)
    form = ReasonForm(request.POST or None)
    return small_form(
        request,
        form=form,
        act=lambda: withdraw_paper(actor=actor, doc=doc, paper=found, reason=form.cleaned_data["reason"]),
        title=f"撤下：{found.title}",
        button="撤下",
        back=f"{doc.page}#papers",
        done="材料已撤下，原件和理由仍然保存。",
        crumbs=crumbs_of(doc),
        note=f"{found.get_kind_display()}，{found.name}，{found.by_label}收入。",
    )


@login_required
@require_http_methods(["GET", "POST"])
def notice_add(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor, doc = actor_of(request), document_of(request, matter_id)
    if not may_work_on(actor, doc):
        raise Http404
    form = NoticeForm(request.POST or None)
    return small_form(
        request,
        form=form,
        act=lambda: register_notice(actor=actor, doc=doc, **form.cleaned_data),
        title="登记合法性质询",
        button="登记",
        back=f"{doc.page}#notices",
        done="已登记，答复期限见本页。",
        crumbs=crumbs_of(doc),
        note="复议机关要求书面答复的，十个工作日内答复；转送处理的，六十日内回复；法院司法建议的，六十日内书面答复。",
    )


@login_required
@require_http_methods(["GET", "POST"])
def notice_answer(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor, doc = actor_of(request), document_of(request, matter_id)
    if not may_work_on(actor, doc):
        raise Http404
    notice = get_object_or_404(ReviewNotice, doc=doc, pk=pk)
    form = AnswerNoticeForm(request.POST or None, initial={"answered_on": clock.today()})
    return small_form(
        request,
        form=form,
        act=lambda: answer_notice(actor=actor, doc=doc, notice=notice, **form.cleaned_data),
        title=f"书面答复：{notice.sender}",
        button="登记答复",
        back=f"{doc.page}#notices",
        done="答复已登记。",
        crumbs=crumbs_of(doc),
        note=f"{notice.get_kind_display()}，{notice.received_on} 收到，涉及{notice.clauses}。",
    )
