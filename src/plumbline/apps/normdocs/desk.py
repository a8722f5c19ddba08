"""What normative documents give to the work desk, the menu and the search box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from django.db.models import Count, OuterRef, Q, Subquery

from plumbline.lawbook import rule_facts
from plumbline.packs.normdoc.words import DRAFT, PUBLISH, REVIEW
from plumbline.platform import clock
from plumbline.platform.desk import DeskTask, QuickLink, quick_links, task_source
from plumbline.platform.identity.actor import Actor
from plumbline.platform.matter_pages import MatterPage, matter_page
from plumbline.platform.search import Found, Hit, first_of, search_source
from plumbline.platform.ui.navigation import register_entry

from .basis import GOING, changed_documents
from .choices import Handling, Kind, Stage
from .forms import last_day_of_month
from .kinds import NORM, POLICY, words_of
from .models import NOTICE_MARK, CleanupItem, NormDoc, PlanItem, ReviewNotice
from .policies import READING, SUPERVISING, holds
from .progress import REMIND
from .queries import NormFilter, documents_matching, in_order
from .validity import COMING, IN_FORCE, validity, validity_tag

MOST = 200
WHERE = "规范性文件"

# Supervisors come by the search, the rules and the quick link: their menu is full.
register_entry("规范性文件", "norms", order=55, capabilities=(DRAFT, REVIEW, PUBLISH))


@task_source("normdocs")
def document_tasks(actor: Actor) -> Sequence[DeskTask]:
    """The tasks of the three parts: drafting, review, publication."""
    if not any(actor.can(each) for each in (DRAFT, REVIEW, PUBLISH)):
        return []
    rows = NormDoc.objects.visible_to(actor).filter(stage__in=GOING).select_related("agency", "maker")
    docs = list(_with_work(rows).defer("searched", "necessity").order_by("pk")[:MOST])
    mine: list[Any] = [doc for doc in docs if holds(actor, DRAFT, doc)]
    return [
        *(task for doc in docs for task in _of_stage(actor, doc)),
        *_of_basis(mine),
        *_of_cleanups(mine),
        *_of_notices(mine),
        *_of_plan(actor),
    ]


def _with_work(rows: Any) -> Any:
    """Each document with its open comments, its item in a running clean-up, and the question that has to be answered first."""
    items = CleanupItem.objects.filter(doc=OuterRef("pk"), conclusion="", round__published_on=None)
    notices = ReviewNotice.objects.filter(doc=OuterRef("pk"), answered_on=None).order_by("due_on", "pk")
    return rows.annotate(
        unanswered=Count("comments", filter=Q(comments__handling=Handling.OPEN)),
        cleanup=Subquery(items.values("pk")[:1]),
        cleanup_round=Subquery(items.values("round_id")[:1]),
        cleanup_due=Subquery(items.values("round__due_on")[:1]),
        **{
            f"notice_{name}": Subquery(notices.values(name)[:1])
            for name in ("pk", "sender", "number", "due_on", "due_unit", "rule")
        },
    )


def _task(doc: NormDoc, title: str, *, url: str = "", due: date | None = None, **more: str) -> DeskTask:
    return DeskTask(
        title=f"{title}：{doc.title}",
        url=url or doc.page,
        kind=more.pop("kind", "step"),
        number=doc.number or doc.register_no,
        who=doc.agency.short_name,
        where=doc.words.noun,
        due_on=due,
        unit="cd" if due else "",
        basis=more.pop("basis", ""),
        verb=more.pop("verb", "办理"),
    )


def _of_stage(actor: Actor, doc: NormDoc) -> Iterator[DeskTask]:
    today = clock.today()
    drafts = holds(actor, DRAFT, doc)
    if doc.stage == Stage.REVIEWING and holds(actor, REVIEW, doc):
        yield _task(
            doc, "合法性审查", due=doc.respond_by, kind="review", verb="审查", basis="起草单位希望的完成日"
        )
    kept_secret = doc.is_policy and doc.declared.get("secret")
    if doc.stage == Stage.PUBLISHING and not kept_secret and holds(actor, PUBLISH, doc):
        what = "公布决策" if doc.is_policy else "统一登记、编号、公布"
        yield _task(doc, what, kind="publish", verb="公布", url=f"{doc.page}/publish")
    if not drafts:
        return
    if doc.stage == Stage.DRAFTING:
        yield _task(doc, "拟订草案和公众参与" if doc.is_policy else "起草和征求意见")
    elif doc.stage == Stage.COMMENTING and doc.comment_until is not None and doc.comment_until < today:
        yield _task(doc, f"结束征求意见，答复 {doc.unanswered} 条意见")  # type: ignore[attr-defined]
    elif doc.stage == Stage.DECIDING:
        yield _task(doc, "提交集体讨论决定")
    elif doc.stage == Stage.PUBLISHED:
        if doc.amend_wanted:
            yield _task(
                doc, "调整或者停止执行" if doc.is_policy else "修改或者废止", basis=doc.amend_wanted[:60]
            )
        if doc.filed_on is None and not doc.is_policy:
            yield _task(doc, "报送备案", basis="地方组织法第七十五条")
        last = doc.last_day
        if last is not None and last - REMIND <= today and not doc.ended_on:
            yield _task(doc, "到期前评估", due=last, basis="有效期届满")


def _of_basis(docs: Sequence[NormDoc]) -> Iterator[DeskTask]:
    for doc, states in changed_documents(clock.today(), docs):
        first = states[0]
        url = f"{doc.page}/basis?law={quote(first.law)}&article={quote(first.article)}"
        yield _task(
            doc, f"核对依据（{len(states)} 条变化）", url=url, verb="核对", basis=f"{first.cited}{first.says}"
        )


def _of_cleanups(docs: Sequence[Any]) -> Iterator[DeskTask]:
    for doc in docs:
        if (
            doc.cleanup is not None
            and not doc.is_policy
            and validity(doc, clock.today()) in {IN_FORCE, COMING}
        ):
            url = f"/norms/cleanups/{doc.cleanup_round}/{doc.cleanup}"
            yield _task(doc, "提出清理意见", url=url, due=doc.cleanup_due)


def _of_notices(docs: Sequence[Any]) -> Iterator[DeskTask]:
    for doc in docs:
        if doc.notice_pk is None:
            continue
        facts = rule_facts().get(doc.notice_rule)
        yield DeskTask(
            title=f"书面答复{doc.notice_sender}：{doc.title}",
            url=f"{doc.page}/notices/{doc.notice_pk}",
            number=doc.notice_number,
            who=doc.agency.short_name,
            where=WHERE,
            basis=f"{facts.law}{facts.article}" if facts else "",
            due_on=doc.notice_due_on,
            unit=doc.notice_due_unit,
        )


def _of_plan(actor: Actor) -> Iterator[DeskTask]:
    if not actor.can(DRAFT):
        return
    items = PlanItem.objects.visible_to(actor).filter(dropped="", documents=None).select_related("agency")
    for item in items.order_by("year", "due_month", "pk")[:50]:
        if actor.can(DRAFT, item.agency_id):
            yield DeskTask(
                title=f"{'按目录启动' if item.kind == Kind.POLICY else '按计划起草'}：{item.title}",
                url=f"{words_of(item.kind).new}?plan={item.pk}",
                who=item.agency.short_name,
                where="决策事项目录" if item.kind == Kind.POLICY else "制定计划",
                verb="启动" if item.kind == Kind.POLICY else "起草",
                due_on=last_day_of_month(item.year, item.due_month),
                unit="cd",
            )


@matter_page
def page_of_document(actor: Actor, matter_id: str) -> MatterPage | None:
    """A document, or a question about one, for whoever meets its matter elsewhere (an alert of supervision)."""
    if not matter_id.startswith((f"{NORM.mark}-", f"{POLICY.mark}-", NOTICE_MARK)):
        return None
    wanted = Q(matter_id=matter_id) | Q(notices__matter_id=matter_id)
    doc = NormDoc.objects.visible_to(actor).filter(wanted).only("kind", "matter_id", "title").first()
    return MatterPage(doc.words.noun, doc.title, doc.page) if doc is not None else None


@quick_links
def document_links(actor: Actor) -> Sequence[QuickLink]:
    found = []
    if actor.can(DRAFT):
        found.append(QuickLink("起草规范性文件", "/norms/new"))
        found.append(QuickLink("重大行政决策", POLICY.home))
    if any(actor.can(each) for each in SUPERVISING):
        found.append(QuickLink("规范性文件引用核对", "/norms/citations"))
    return found


@search_source("normdocs", order=40)
def find_documents(actor: Actor, words: str) -> Found | None:
    """Visible documents that hold all the words."""
    if not any(actor.can(each) for each in READING):
        return None
    rows = documents_matching(actor, NormFilter(q=words, kind=""))
    today = clock.today()
    return first_of(
        "normdocs",
        "规范性文件",
        in_order(rows),
        lambda row: Hit(
            title=row.title,
            url=row.page,
            note=f"{row.number or row.words.noun} · {row.maker.short_name}",
            state=validity_tag(row, today).word if row.is_published else row.stage_zh,
        ),
        listed="/norms",
        words=words,
    )
