"""The answers that every body reads: search, one answer, and its withdrawal."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.apps.coordination.contract import form_page
from plumbline.apps.powers.contract import item_names
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.downloads import as_file, at_this_moment
from plumbline.platform.workbooks import list_book
from plumbline.vocabulary import load_vocabulary

from ..actions import unshare
from ..forms import UnshareForm
from ..models import Question, SharedAnswer
from ..policies import may_unshare
from ..queries import PAGE, Asked, shared_answers
from .listing import moment
from .shared import HOME, actor_of, cited

COLLECTION = ("共享的答复", "/questions/answers")
HEADINGS = ("编号", "问题", "问的是什么", "答复", "依据的条款", "其他依据", "答复机关", "领域", "事项", "共享时间", "停止共享")  # fmt: skip


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor_of(request)
    wanted = Asked.of(request.GET)
    page = Paginator(shared_answers(wanted), PAGE).get_page(request.GET.get("page"))
    bodies = SharedAnswer.objects.values_list("agency_id", flat=True).distinct().order_by()
    context = {
        "wanted": wanted,
        "page": page,
        "count": page.paginator.count,
        "query": urlencode({name: value for name, value in vars(wanted).items() if value}),
        "domains": load_vocabulary().enums["domain"].items(),
        "agencies": Agency.objects.filter(code__in=list(bodies)).order_by("code"),
    }
    return render(request, "questions/answers.html", context)


@login_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """What the filter finds, as a workbook."""
    actor, wanted = actor_of(request), Asked.of(request.GET)
    book = list_book(
        title="共享的答复",
        headings=HEADINGS,
        rows=(_columns(each) for each in shared_answers(wanted).iterator(chunk_size=300)),
        actor=actor,
        content="各机关共享的业务咨询答复，不含姓名、名称",
        filtered=wanted.words,
        widths={1: 30, 2: 50, 3: 60},
    )
    return as_file(book, at_this_moment("shared-answers", "xlsx"))


def _columns(each: SharedAnswer) -> tuple[str, ...]:
    return (
        str(each.pk), each.title, each.asked, each.answered, "、".join(each.articles), each.papers, each.agency.name,
        each.domain_zh, each.item_code, moment(each.shared_at),
        f"{moment(each.withdrawn_at)} {each.reason}" if each.withdrawn_at else "",
    )  # fmt: skip


@login_required
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    answer = get_object_or_404(SharedAnswer.objects.select_related("agency"), pk=pk)
    # Where it came from is only for whoever may read the question itself.
    source = Question.objects.visible_to(actor).filter(pk=answer.question_id).first()
    context = {
        "answer": answer,
        "cited": cited(answer.basis),
        "item": item_names([answer.item_code]).get(answer.item_code, "") if answer.item_code else "",
        "source": source,
        "may_stop": bool(may_unshare(actor, answer)),
    }
    return render(request, "questions/answer.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an answer from the collection with a reason."""
    actor = actor_of(request)
    answer = get_object_or_404(SharedAnswer.objects.select_related("agency", "question"), pk=pk)
    form = UnshareForm(request.POST or None)
    allowed = may_unshare(actor, answer)
    return form_page(
        request,
        form=form,
        act=lambda: unshare(actor=actor, answer=answer, **form.cleaned_data),
        title="停止共享",
        button="停止共享",
        back=answer.page,
        done="已停止共享。查到这一条的机关会看到理由。",
        crumbs=[HOME, COLLECTION, (answer.title, answer.page)],
        then=lambda held: held.page,
        refused=None if allowed else vars(allowed),
    )
