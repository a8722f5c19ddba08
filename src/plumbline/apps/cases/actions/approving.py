"""What happens to a request between submission and decision: opened, opinions asked and given, passed on, reminded."""

from __future__ import annotations

from plumbline.law import statutory_calendar
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Post
from plumbline.platform.notify.models import notify
from plumbline.platform.scope.querysets import ScopedQuerySet

from ..approval_policies import may_answer, may_open, may_remind
from ..attached import label_of
from ..countersigning import returns_at_once
from ..events import (
    OPINION_ASKED,
    OPINION_DROPPED,
    OPINION_GIVEN,
    RETURN_ASKED,
    STEP_OPENED,
    STEP_REMINDED,
    STEP_RETURNED,
    STEP_SENT_BACK,
    STEP_TRANSFERRED,
)
from ..hands import address_of, keep_hand, note, tell_post
from ..models import HandKind, Opinion, RequestHand, StepRequest
from ..policies import may_decide
from ..posts import Standing, consulted_posts, deciding_posts, standing
from ..sending import demand_next
from .deciding import give_back, locked_request

INTERNAL = "机关内部审批流转（平台内部控制）"


@action("cases.open_request", policy=may_open, on="request", records=(STEP_OPENED,), basis=INTERNAL)
def open_request(*, actor: Actor, request: StepRequest) -> StepRequest:
    """Keep that the next hand has opened the request: from now on it is returned, not withdrawn."""
    current = locked_request(request)
    if current.opened_at is None:
        by = _by(actor, current)
        current.opened_at, current.opened_label = clock.now(), by.actor.label
        current.save(update_fields=["opened_at", "opened_label"])
        keep_hand(current, HandKind.OPENED, by)
        note(by, current.case, STEP_OPENED, current)
    return current


@action("cases.ask_opinion", policy=may_decide, on="request", records=(OPINION_ASKED,), basis=INTERNAL)
def ask_opinion(*, actor: Actor, request: StepRequest, posts: list[int], question: str = "") -> list[Opinion]:
    """Ask one or more other posts for an opinion before deciding (加签)."""
    current = locked_request(request)
    by = _by(actor, current)
    offered = {held.post.pk: held.post for held in consulted_posts(current.case.agency_id)}
    wanted = [offered[pk] for pk in dict.fromkeys(posts) if pk in offered and pk != by.post_id]
    if not wanted:
        raise InputFault({"posts": "请选择征求哪个岗位的意见。"})
    already = set(_open(current).values_list("post_id", flat=True))
    if twice := [post.title for post in wanted if post.pk in already]:
        raise InputFault({"posts": f"已经在征求{'、'.join(twice)}的意见。"})
    return [_ask(current, by, post, question.strip(), HandKind.ASKED) for post in wanted]


def _ask(request: StepRequest, by: Standing, post: Post, question: str, kind: HandKind) -> Opinion:
    opinion = Opinion.objects.create(
        request=request,
        agency_id=request.case.agency_id,
        post=post,
        question=question,
        asked_by_id=by.actor.person_id,
        asked_label=by.actor.label,
        asked_at=clock.now(),
    )
    keep_hand(request, kind, by, text=question, to_post=post)
    note(by, request.case, OPINION_ASKED, request, post=post.pk)
    tell_post(
        post,
        title=f"请签署意见：{label_of(request)} · {request.case.title}",
        body=question or f"{by.actor.label}征求意见",
        url=address_of(request),
    )
    return opinion


@action(
    "cases.give_opinion",
    policy=may_answer,
    on="opinion",
    records=(OPINION_GIVEN, STEP_RETURNED),
    basis=INTERNAL,
)
def give_opinion(*, actor: Actor, opinion: Opinion, agrees: bool, text: str = "") -> Opinion:
    """Give the opinion a post was asked for. Disagreeing needs its reasons, and may send the request back at once."""
    request = locked_request(opinion.request)
    current = Opinion.objects.visible_to(actor).select_for_update().get(pk=opinion.pk)
    if not current.is_open:
        raise Refusal("这份意见刚刚由同岗位的人签署，或者已经取消", next_step="请刷新页面。")
    said = text.strip()
    if not agrees and not said:
        raise InputFault({"text": "不同意的，请写明理由。"})
    by = standing(actor, "", request.case.agency_id, post_id=current.post_id)
    current.agrees, current.text = agrees, said
    current.answered_by_id, current.answered_label = actor.person_id, by.actor.label
    current.answered_at = clock.now()
    current.save()
    words = f"{'同意' if agrees else '不同意'}。{said}"
    keep_hand(request, HandKind.ANSWERED, by, text=words)
    note(by, request.case, OPINION_GIVEN, request, post=current.post_id, agrees=agrees)
    if current.asked_by_id and not current.demanded:
        notify(
            title=f"{by.actor.label}已签署意见：{label_of(request)}",
            body=words[:500],
            url=address_of(request),
            person_id=current.asked_by_id,
        )
    current.request = request
    if current.demanded and not agrees and returns_at_once(current):
        give_back(request, by, f"会签不同意。{said}")
    elif current.demanded:
        demand_next(by, request, label_of(request))
    return current


@action("cases.drop_opinion", policy=may_decide, on="request", records=(OPINION_DROPPED,), basis=INTERNAL)
def drop_opinion(*, actor: Actor, request: StepRequest, opinion: int) -> None:
    """No longer wait for an opinion that was asked for. One that the procedure demands is not dropped."""
    current = locked_request(request)
    row = _open(current).select_for_update(of=("self",)).select_related("post").filter(pk=opinion).first()
    if row is None:
        raise Refusal("这份征求意见已经签署或者取消", next_step="请刷新页面。")
    if row.demanded:
        raise Refusal("这是程序规定的会签，不能取消", next_step="请等该岗位签署意见。")
    by = _by(actor, current)
    row.dropped_at = clock.now()
    row.save(update_fields=["dropped_at"])
    keep_hand(current, HandKind.DROPPED, by, to_post=row.post)
    note(by, current.case, OPINION_DROPPED, current, post=row.post_id)


@action(
    "cases.transfer_request", policy=may_decide, on="request", records=(STEP_TRANSFERRED,), basis=INTERNAL
)
def transfer_request(*, actor: Actor, request: StepRequest, post: int, reason: str) -> StepRequest:
    """Pass the request on to another post that holds the same power (转办)."""
    if not reason.strip():
        raise InputFault({"reason": "请写明转办的理由。"})
    current = locked_request(request)
    by = _by(actor, current)
    offered = {held.post.pk: held for held in deciding_posts(current.case.agency_id)}
    held = offered.get(post)
    if held is None or held.post.pk == by.post_id:
        raise InputFault({"post": "请选择另一个有审批权能的岗位。"})
    if not held.people - {current.written_by_id, actor.person_id}:
        raise InputFault({"post": f"“{held.post.title}”今天无人可以接办。请选其他岗位，或者先安排代理。"})
    _pass_on(current, by, held.post, HandKind.TRANSFERRED, STEP_TRANSFERRED, reason.strip())
    return current


@action(
    "cases.send_back",
    policy=may_decide,
    on="request",
    records=(STEP_SENT_BACK, OPINION_ASKED),
    basis=INTERNAL,
)
def send_back(*, actor: Actor, request: StepRequest, reason: str) -> StepRequest:
    """Return to the previous step, not to who submitted: to the last opinion given, or to who passed the request on."""
    if not reason.strip():
        raise InputFault({"reason": "请写明退回上一步的理由。"})
    current = locked_request(request)
    by = _by(actor, current)
    last = previous_hand(current)
    if last is None or last.post is None:
        raise Refusal("这份报批没有经过会签或者转办，上一步就是提交人", next_step="请退回提交人。")
    if last.kind == HandKind.ANSWERED:
        if _open(current).filter(post=last.post).exists():
            raise Refusal(f"已经在征求{last.post.title}的意见", next_step="请等意见签署。")
        _ask(current, by, last.post, reason.strip(), HandKind.SENT_BACK)
    else:
        _pass_on(current, by, last.post, HandKind.SENT_BACK, STEP_SENT_BACK, reason.strip())
    return current


def previous_hand(request: StepRequest) -> RequestHand | None:
    """The hand before this one, where it was neither who submitted nor who is deciding."""
    passed = RequestHand.objects.unscoped("找报批的上一步").filter(
        request=request, kind__in=[HandKind.ANSWERED, HandKind.TRANSFERRED], post__isnull=False
    )
    return passed.exclude(post=request.post_id or 0).select_related("post").order_by("-pk").first()


def _pass_on(
    request: StepRequest, by: Standing, post: Post, kind: HandKind, activity: str, reason: str
) -> None:
    # The next hand has not opened it yet.
    request.post, request.opened_at, request.opened_label = post, None, ""
    request.save(update_fields=["post", "opened_at", "opened_label"])
    keep_hand(request, kind, by, text=reason, to_post=post)
    note(by, request.case, activity, request, post=post.pk)
    tell_post(
        post,
        title=f"转来待审批：{label_of(request)} · {request.case.title}",
        body=f"{by.actor.label}：{reason}"[:500],
        url=address_of(request),
    )


@action("cases.remind_request", policy=may_remind, on="request", records=(STEP_REMINDED,), basis=INTERNAL)
def remind_request(*, actor: Actor, request: StepRequest, text: str = "") -> StepRequest:
    """Remind whoever has the request now; at most once a working day."""
    current = locked_request(request)
    today = clock.today()
    if current.reminded_on is not None:
        again = statutory_calendar().nth_working_after(current.reminded_on, 1)
        if today < again:
            raise Refusal(
                f"{current.reminded_on:%m-%d} 已经催办过，每个工作日最多一次",
                next_step=f"可在 {again:%m-%d} 再催。",
            )
    current.reminded_on = today
    current.save(update_fields=["reminded_on"])
    by = Standing(actor)
    keep_hand(current, HandKind.REMINDED, by, text=text.strip())
    note(by, current.case, STEP_REMINDED, current)
    _tell_present(
        current, f"催办：{label_of(current)} · {current.case.title}", text.strip() or f"{actor.label}催办"
    )
    return current


@action("cases.ask_return", policy=may_remind, on="request", records=(RETURN_ASKED,), basis=INTERNAL)
def ask_return(*, actor: Actor, request: StepRequest, reason: str) -> StepRequest:
    """Ask the approver to return a request that has been opened and can no longer be withdrawn."""
    if not reason.strip():
        raise InputFault({"reason": "请写明为什么要退回修改。"})
    current = locked_request(request)
    if current.opened_at is None:
        raise Refusal("审批人还没有打开这份报批，可以直接撤回", next_step="请用“撤回”。")
    by = Standing(actor)
    keep_hand(current, HandKind.RETURN_ASKED, by, text=reason.strip())
    note(by, current.case, RETURN_ASKED, current)
    _tell_present(
        current,
        f"请求退回：{label_of(current)} · {current.case.title}",
        f"{actor.label}：{reason.strip()}"[:500],
    )
    return current


def _tell_present(request: StepRequest, title: str, body: str) -> None:
    """Tell those whose turn it is: the posts whose opinion is open, else who decides."""
    url = address_of(request)
    waiting = list(_open(request).select_related("post"))
    for opinion in waiting:
        tell_post(opinion.post, title=title, body=body, url=url)
    if waiting:
        return
    if request.post is not None:
        tell_post(request.post, title=title, body=body, url=url)
        return
    notify(title=title, body=body, url=url, agency_code=request.case.agency_id, capability="cases.approve")


def _by(actor: Actor, request: StepRequest) -> Standing:
    """As whom an actor handles a request: the post it was passed to, the deciding post, or one asked for an opinion."""
    if may_decide(actor, request):
        return standing(actor, "cases.approve", request.case.agency_id, post_id=request.post_id)
    mine = {grant.post_id for grant in actor.grants}
    asked = _open(request).filter(post__in=mine).values_list("post_id", flat=True).first()
    return standing(actor, "", request.case.agency_id, post_id=asked) if asked else Standing(actor)


def _open(request: StepRequest) -> ScopedQuerySet[Opinion]:
    rows = Opinion.objects.unscoped("正在征求的意见")
    return rows.filter(request=request, answered_at=None, dropped_at=None)
