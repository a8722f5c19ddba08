"""Statistics: choose a measure, a period and a grouping; a line or bars beside the table; every number opens its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plumbline.apps.powers.contract import item_names
from plumbline.platform import clock
from plumbline.platform.actions import Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.components import Tag
from plumbline.platform.ui.downloads import as_file

from .analysing import year_before
from .documents import workbook
from .figures import as_of, counts, facts_matching, look_up
from .forms import PeriodForm
from .marking import STREET_KINDS, Mark, marks_of, rule_in_words, rule_today
from .measures import Measure, measures
from .models import Fact
from .policies import may_read, may_supervise, reach_of
from .showing import Bar, bars
from .web_rows import page_of

GROUPS = {"unit": "按单位", "street": "按街道", "month": "按月", "item": "按事项"}
MOST_ITEMS = 40


@dataclass(frozen=True)
class Asked:
    """The filter of the page, as the address holds it."""

    from_on: date
    to_on: date
    by: str
    unit: str
    item: str

    @property
    def query(self) -> dict[str, str]:
        told = {"from_on": self.from_on.isoformat(), "to_on": self.to_on.isoformat(), "by": self.by}
        return told | ({"unit": self.unit} if self.unit else {}) | ({"item": self.item} if self.item else {})

    def with_(self, **changes: str) -> str:
        return urlencode({**self.query, **changes})


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    allowed = may_read(actor)
    if not allowed:
        raise Refusal(allowed.reason)
    return actor


def _asked(request: HttpRequest, actor: Actor) -> tuple[Asked, PeriodForm]:
    today = clock.today()
    form = PeriodForm(
        request.GET if "from_on" in request.GET else None,
        initial={"from_on": date(today.year, 1, 1), "to_on": today},
    )
    from_on, to_on = date(today.year, 1, 1), today
    if form.is_bound and form.is_valid():
        from_on, to_on = form.cleaned_data["from_on"], form.cleaned_data["to_on"]
        if to_on < from_on:
            form.add_error("to_on", "止日早于起日。请把止日改到起日以后。")
            from_on, to_on = date(today.year, 1, 1), today
        elif (to_on - from_on).days > 3660:
            form.add_error("from_on", "期间不能超过十年。")
            from_on, to_on = date(today.year, 1, 1), today
    reach = reach_of(actor)
    single = reach is not None and len(reach) == 1
    by = request.GET.get("by", "month" if single else "unit")
    unit = request.GET.get("unit", "")[:50]
    return Asked(from_on, to_on, by if by in GROUPS else "unit", unit, request.GET.get("item", "")[:50]), form


def _measure(key: str) -> Measure:
    found = measures().get(key)
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def picker(request: HttpRequest) -> HttpResponse:
    """Every measure with its definition and its figure of this year, by group."""
    actor = _reader(request)
    look_up()
    figures = _this_year(actor)
    groups = [
        (name, [(each, figures[each.key]) for each in some])
        for name, some in groupby(measures().values(), key=lambda m: m.group)
    ]
    context = {
        "groups": groups,
        "number": len(measures()),
        "as_of": as_of(),
        "supervises": bool(may_supervise(actor)),
    }
    return render(request, "reporting/picker.html", context)


def _this_year(actor: Actor) -> dict[str, str]:
    """What the page of each measure says at first: its figure of this year in the reader's agencies."""
    totals = counts(clock.today().year, agencies=reach_of(actor)).values()
    return {
        key: _said(each, sum(kept.get(name, (0, 0))[each.money] for kept in totals for name in each.counted))
        for key, each in measures().items()
    }


def matching(actor: Actor, measure: Measure, asked: Asked, *, before: bool = False) -> Any:
    """The rows of a measure that a filter names: the number and the list are both taken from here."""
    from_on, to_on = asked.from_on, asked.to_on
    if before:
        from_on, to_on = year_before(from_on), year_before(to_on)
    rows = facts_matching(measure, actor=actor, from_on=from_on, to_on=to_on)
    if asked.unit:
        rows = rows.filter(agency_id=asked.unit)
    if asked.item:
        rows = rows.filter(item=asked.item)
    if asked.by == "street":
        rows = rows.filter(agency__kind__in=STREET_KINDS)
    return rows


def _figure(measure: Measure) -> Any:
    return Sum("amount_fen") if measure.money else Count("pk")


def _said(measure: Measure, value: int) -> str:
    return f"{value / 100:,.0f}" if measure.money else f"{value:,}"


def grouped(actor: Actor, measure: Measure, asked: Asked) -> list[tuple[str, str, int, int]]:
    """Key, label, figure and last year's figure of every group that has any."""
    now, then = (
        _by_key(matching(actor, measure, asked, before=b), measure, asked.by, shift=int(b))
        for b in (False, True)
    )
    keys = sorted(set(now) | set(then))
    if asked.by == "month":
        keys = _months(asked)
        labels = {key: f"{key[:4]} 年 {int(key[5:])} 月" for key in keys}
    elif asked.by == "item":
        keys = sorted(keys, key=lambda key: (-now.get(key, 0), key))[:MOST_ITEMS]
        labels = {key: f"{key} {name}" for key, name in item_names(keys).items()}
    else:
        labels = dict(Agency.objects.filter(pk__in=keys).values_list("pk", "short_name"))
    return [
        (key, labels.get(key) or key or "没有写明事项", now.get(key, 0), then.get(key, 0)) for key in keys
    ]


def _by_key(rows: Any, measure: Measure, by: str, *, shift: int) -> dict[str, int]:
    figure = _figure(measure)
    if by == "month":
        told = rows.order_by().values_list("on__year", "on__month").annotate(n=figure)
        return {f"{year + shift}-{month:02d}": n or 0 for year, month, n in told}
    name = "item" if by == "item" else "agency_id"
    return {key: n or 0 for key, n in rows.order_by().values_list(name).annotate(n=figure)}


def _months(asked: Asked) -> list[str]:
    found, day = [], asked.from_on.replace(day=1)
    while day <= asked.to_on:
        found.append(f"{day:%Y-%m}")
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return found


def _rows_query(asked: Asked, key: str) -> str:
    if asked.by == "month":
        first = max(asked.from_on, date.fromisoformat(f"{key}-01"))
        last = (date.fromisoformat(f"{key}-01").replace(day=28) + timedelta(days=4)).replace(
            day=1
        ) - timedelta(days=1)
        return asked.with_(from_on=first.isoformat(), to_on=min(asked.to_on, last).isoformat())
    return asked.with_(**({"item": key or "-"} if asked.by == "item" else {"unit": key}))


@login_required
@require_safe
def measure(request: HttpRequest, key: str) -> HttpResponse:
    actor = _reader(request)
    told = _measure(key)
    look_up()
    asked, form = _asked(request, actor)
    found = grouped(actor, told, asked)
    total, before = sum(now for _, _, now, _ in found), sum(then for *_, then in found)
    if asked.by == "item":
        total, before = (_sum(actor, told, asked, before=b) for b in (False, True))
    chart = bars(
        (
            label,
            now,
            then,
            _said(told, now),
            _said(told, then),
            f"/stats/{key}/rows?{_rows_query(asked, name)}",
        )
        for name, label, now, then in found
    )
    rule = rule_today()
    marks = marks_of(actor, told, asked, {name: label for name, label, _, _ in found}, rule)
    chart = [_with_mark(bar, marks.get(name, [])) for bar, (name, *_) in zip(chart, found, strict=True)]
    reach = reach_of(actor)
    units = Agency.objects.filter(enforces=True).order_by("code")
    context = {
        "measure": told,
        "asked": asked,
        "form": form,
        "groups": GROUPS,
        "chart": chart if total or before else [],
        "marks": [mark for each in marks.values() for mark in each],
        "rule": rule_in_words(rule),
        "supervises": bool(may_supervise(actor)),
        "unit_name": next((each.short_name for each in units if each.pk == asked.unit), ""),
        "line": _line(found) if asked.by == "month" and len(found) > 2 else None,
        "total": _said(told, total),
        "before": _said(told, before),
        "rows_url": f"/stats/{key}/rows?{asked.with_()}",
        "export_url": f"/stats/{key}/export.xlsx?{asked.with_()}",
        "units": units if reach is None else units.filter(pk__in=reach),
        "measures": measures().values(),
        "as_of": as_of(),
        "first": Fact.objects.visible_to(actor).order_by("on").values_list("on", flat=True).first() if not total else None,
        "capped": asked.by == "item" and len(found) == MOST_ITEMS,
    }  # fmt: skip
    return render(request, "reporting/measure.html", context, status=422 if form.errors else 200)


def _with_mark(bar: Bar, marks: list[Mark]) -> Bar:
    """A row with a tag of its own: of a month which way it stands out, of a unit or an item how many months do."""
    if not marks:
        return bar
    word = marks[0].tag.word if len(marks) == 1 else f"{len(marks)} 个月异常"
    return replace(bar, mark=Tag(word, "amb", marks[0].tag.mark if len(marks) == 1 else "◆"))


def _sum(actor: Actor, told: Measure, asked: Asked, *, before: bool) -> int:
    return matching(actor, told, asked, before=before).aggregate(n=_figure(told))["n"] or 0


def _line(found: list[tuple[str, str, int, int]]) -> dict[str, Any]:
    """Two lines over the months, this period and the one a year before, in a drawing 100 wide and 40 high."""
    top = max([1, *(value for _, _, now, then in found for value in (now, then))])
    last = max(1, len(found) - 1)

    def points(values: Iterable[int]) -> str:
        return " ".join(f"{100 * n / last:.2f},{38 - 36 * value / top:.2f}" for n, value in enumerate(values))

    return {
        "now": points(now for _, _, now, _ in found), "then": points(then for *_, then in found), "first": found[0][1], "last": found[-1][1],
        "top": top,
    }  # fmt: skip


@login_required
@require_safe
def rows(request: HttpRequest, key: str) -> HttpResponse:
    actor = _reader(request)
    told = _measure(key)
    look_up()
    asked, _ = _asked(request, actor)
    if asked.item == "-":
        asked = Asked(asked.from_on, asked.to_on, asked.by, asked.unit, "")
        found = matching(actor, told, asked).filter(item="")
    else:
        found = matching(actor, told, asked)
    unit = Agency.objects.filter(pk=asked.unit).first() if asked.unit else None
    context = {
        "measure": told,
        "asked": asked,
        "unit": unit,
        "number": _said(told, found.aggregate(n=_figure(told))["n"] or 0),
        "back": f"/stats/{key}?{urlencode({k: v for k, v in asked.query.items() if k not in {'item'}})}",
        **page_of(actor, found, request.GET.get("after", "")),
    }
    return render(request, "reporting/stats_rows.html", context)


@login_required
@require_safe
def export(request: HttpRequest, key: str) -> HttpResponse:
    """The table of the page as a workbook."""
    actor = _reader(request)
    told = _measure(key)
    look_up()
    asked, _ = _asked(request, actor)
    scale = 100 if told.money else 1
    found = grouped(actor, told, asked)
    lines = [(label, now / scale, then / scale) for _, label, now, then in found]
    rule = rule_today()
    marks = marks_of(actor, told, asked, {name: label for name, label, _, _ in found}, rule)
    marked = [(m.label, m.month, m.tag.word, m.said, m.why) for each in marks.values() for m in each]
    about = (
        ("定义", told.definition),
        ("单位", told.unit),
        ("来源", told.source),
        ("期间", f"{asked.from_on} 至 {asked.to_on}"),
        ("分组", GROUPS[asked.by]),
        ("截至", f"{clock.now():%Y-%m-%d %H:%M}"),
        ("异常提示的判断", rule_in_words(rule)),
        ("导出人", f"{actor.label}（{actor.agency_name}）"),
    )
    sheets: list[tuple[str, Sequence[str], Sequence[Sequence[Any]]]] = [
        (told.label, (GROUPS[asked.by][1:], "本期", "上年同期"), lines),
        ("异常提示", (GROUPS[asked.by][1:], "月份", "提示", "数值", "为什么"), marked),
    ]
    data = workbook(told.label, about, sheets)
    return as_file(data, f"{told.label}.xlsx")
