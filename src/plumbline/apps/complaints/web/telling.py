"""The public's pages: five questions, one a page, without an account and without a script; and the page behind the code."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.files.store import open_kept
from plumbline.platform.filters import id_in
from plumbline.platform.rates.limiting import Lane, too_fast
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.ui.acting import actor_of, put_faults

from ..actions import add_photo, begin, hand_in, keep_identity, remove_photo, save_page, supplement
from ..actions.telling import PHOTOS, custodians, missing
from ..clocks import terms_of
from ..codes import digits_of, hash_of, shown
from ..forms import CodeForm, KindForm, SupplementForm, WhatForm, WhereForm, WhoForm, WishForm
from ..keeping import DRAFT_DAYS
from ..models import Complaint, State
from ..sealing import for_a_while, read_for_a_while

BEGIN = Lane(
    "open.complaint", 20, 24 * 3600
)  # drafts a day of one network: an office or an estate may share one
ASK = Lane("open.receipt", 30, 3600)  # codes an hour
UPLOAD = Lane("open.complaint-photo", 40, 3600)
KEPT = (
    "complaint"  # the session's note of the draft that is being written, and of the code until it was shown
)
FORMS: dict[str, type[Form]] = {
    "kind": KindForm,
    "where": WhereForm,
    "what": WhatForm,
    "wish": WishForm,
    "who": WhoForm,
}
ORDER = list(FORMS)
TITLES = {
    "kind": "反映哪一类事情",
    "where": "在哪里，什么时候",
    "what": "发生了什么",
    "wish": "希望怎么处理",
    "who": "留不留姓名",
}


def _of(request: HttpRequest) -> Complaint | None:
    """The draft that this visitor is writing."""
    kept = request.session.get(KEPT)
    if not isinstance(kept, dict):
        return None
    rows = Complaint.objects.unscoped("反映人续写自己的反映")
    return rows.filter(pk=kept.get("pk")).prefetch_related("photos").first()


def _code_of(request: HttpRequest) -> str:
    kept = request.session.get(KEPT) or {}
    return read_for_a_while(str(kept.get("code", "")), "shown code")


def _take_up(request: HttpRequest, complaint: Complaint, code: str) -> None:
    request.session.cycle_key()
    request.session[KEPT] = {"pk": complaint.pk, "code": for_a_while(code, "shown code")}
    request.session.set_expiry(0)  # over with the browser


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """What will happen, who will see what, and the way in."""
    with whole_district():
        draft = _of(request)
        if request.method == "POST":
            if answer := too_fast(request, BEGIN):
                return answer
            try:
                complaint, code = begin(actor=actor_of(request))
            except Refusal as fault:
                messages.error(request, str(fault))
                return redirect("report-start")
            _take_up(request, complaint, code)
            return redirect("report-question", page=ORDER[0])
        context = {
            "draft": draft if draft is not None and draft.state == State.DRAFT else None,
            "named": bool(custodians()),
            "days": DRAFT_DAYS,
        }
        return render(request, "complaints/start.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, page: str) -> HttpResponse:
    """One of the five questions."""
    if page not in FORMS:
        raise Http404
    with whole_district():
        complaint = _of(request)
        if complaint is None or complaint.state != State.DRAFT:
            messages.info(request, "没有正在填写的反映。先前填过的，请用查询码接着填。")
            return redirect("report-receipt")
        form = FORMS[page](
            request.POST if request.method == "POST" else None, initial=_initial(complaint, page)
        )
        if request.method == "POST":
            answer = _kept(request, complaint, page, form)
            if answer is not None:
                return answer
        at = ORDER.index(page)
        context = {
            "form": form,
            "page": page,
            "title": TITLES[page],
            "number": at + 1,
            "before": ORDER[at - 1] if at else "",
            "code": _code_of(request),
            "first": at == 0,
            "complaint": complaint,
            "photos": list(complaint.photos.all()),
            "most": PHOTOS,
            "named": bool(custodians()),
            "days": DRAFT_DAYS,
        }
        return render(request, "complaints/question.html", context)


def _initial(complaint: Complaint, page: str) -> dict[str, Any]:
    return {
        "kind": complaint.kind,
        "concerned": complaint.concerned_id,
        "place": complaint.place,
        "happened": complaint.happened,
        "reference": complaint.reference,
        "text": complaint.text,
        "wish": complaint.wish,
    }


def _kept(request: HttpRequest, complaint: Complaint, page: str, form: Form) -> HttpResponse | None:
    """Keep what was sent and lead on; None where the page has to be shown again."""
    actor = actor_of(request)
    try:
        if "remove" in request.POST:
            remove_photo(actor=actor, complaint=complaint, photo=id_in(request.POST["remove"]))
            return redirect("report-question", page=page)
        if not form.is_valid():
            return None
        if page == "who":
            keep_identity(actor=actor, complaint=complaint, **form.cleaned_data)
        else:
            save_page(actor=actor, complaint=complaint, page=page, values=form.cleaned_data)
        if file := request.FILES.get("file"):
            if answer := too_fast(request, UPLOAD):
                return answer
            add_photo(actor=actor, complaint=complaint, file=file)
            messages.success(request, "照片已收下，拍摄的时间、地点和机型已经去除。")
            return redirect("report-question", page=page)
    except InputFault as fault:
        put_faults(form, fault)
        return None
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return None
    if "later" in request.POST:
        messages.success(request, "已保存。凭查询码随时接着填。")
        return redirect("report-start")
    at = ORDER.index(page) + 1
    if at == len(ORDER) or "answers" in request.POST:
        return redirect("report-answers")
    return redirect("report-question", page=ORDER[at])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest) -> HttpResponse:
    """Everything once more, with a way back to each; then it is handed in."""
    with whole_district():
        complaint = _of(request)
        if complaint is None or complaint.state != State.DRAFT:
            return redirect("report-receipt")
        if request.method == "POST":
            try:
                hand_in(actor=actor_of(request), complaint=complaint)
            except (InputFault, Refusal) as fault:
                messages.error(request, str(fault))
            else:
                return redirect("report-done")
        rows = [
            ("kind", "反映的事情", complaint.get_kind_display()),
            ("where", "涉及的机关", complaint.concerned.name if complaint.concerned else ""),
            ("where", "地点", complaint.place),
            ("where", "时间", complaint.happened),
            ("where", "文书文号或执法证号", complaint.reference),
            ("what", "发生了什么", complaint.text),
            ("what", "照片", f"{complaint.photos.count()} 张" if complaint.photos.count() else ""),
            ("wish", "希望怎么处理", complaint.wish),
            ("who", "姓名和联系方式", _who(complaint)),
        ]
        context = {"complaint": complaint, "rows": rows, "missing": missing(complaint)}
        return render(request, "complaints/answers.html", context)


def _who(complaint: Complaint) -> str:
    if complaint.named is None:
        return ""
    return "已填写，提交时封存" if complaint.named else "不留姓名"


@never_cache
@require_http_methods(["GET", "HEAD"])
def done(request: HttpRequest) -> HttpResponse:
    """The receipt: the number, the code once more, and what comes next. To be printed or written down."""
    with whole_district():
        complaint = _of(request)
        if complaint is None or complaint.state == State.DRAFT:
            return redirect("report-receipt")
        context = {"complaint": complaint, "code": _code_of(request), "terms": terms_of(complaint)}
        return render(request, "complaints/done.html", context)


@never_cache
@require_http_methods(["GET", "HEAD"])
def own_photo(request: HttpRequest, photo: int) -> HttpResponse | FileResponse:
    """A photo of one's own draft, as it will be handed on."""
    with whole_district():
        complaint = _of(request)
        found = complaint.photos.filter(pk=photo).first() if complaint else None
        if found is None:
            raise Http404
        drawn = BytesIO(bytes(found.held)) if found.held else open_kept(found.clean)
        return FileResponse(drawn, content_type="image/jpeg")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Where it stands, for whoever has the code. The code never stands in an address."""
    with whole_district():
        form = CodeForm(request.POST if "code" in request.POST else None)
        adding = SupplementForm(request.POST if "text" in request.POST else None)
        complaint: Complaint | None = None
        code = ""
        if request.method == "POST":
            if answer := too_fast(request, ASK):
                return answer
            if form.is_valid():
                code = digits_of(form.cleaned_data["code"])
                complaint = _found(code)
                if complaint is None:
                    form.add_error("code", "没有找到。请核对 20 位数字；未提交的反映只保存 14 天。")
                elif complaint.state == State.DRAFT:
                    _take_up(request, complaint, shown(code))
                    lacking = missing(complaint)
                    page = lacking[0][0] if lacking else ""
                    return redirect("report-question", page=page) if page else redirect("report-answers")
                elif "text" in request.POST and adding.is_valid():
                    try:
                        supplement(
                            actor=actor_of(request),
                            complaint=complaint,
                            text=adding.cleaned_data["text"],
                        )
                    except (InputFault, Refusal) as fault:
                        messages.error(request, str(fault))
                    else:
                        messages.success(request, "已补充，办理人员会看到。")
                        adding = SupplementForm()
        context = {
            "form": form,
            "adding": adding,
            "complaint": complaint,
            "code": code,
            "terms": terms_of(complaint) if complaint else [],
            "talk": list(complaint.messages.all()) if complaint else [],
        }
        return render(request, "complaints/receipt.html", context)


def _found(digits: str) -> Complaint | None:
    if not digits:
        return None
    rows = Complaint.objects.unscoped("反映人凭查询码查看").select_related("concerned")
    return rows.filter(code_hash=hash_of(digits)).first()
