"""Why a verdict is what it is, in Chinese: the duty, the facts with their days, the count, the conclusion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from plumbline.law import Calendar, DayStrip, Unit, day_strip
from plumbline.vocabulary import Event

from .expression import Expression
from .forms.check import Check
from .forms.outcome import BREACHED, MET, NOT_APPLICABLE, PENDING, UNKNOWN, Moment
from .forms.wait import Wait
from .nodes.all_of import AllOf
from .verdict import Verdict
from .words import activity_zh, path_zh

FLAGS_ZH = {
    "rolled_forward": "最后一日为休息日，已顺延",
    "recorded_after_due": "满足期限的事件在期限届满后才录入",
    "extension_ignored": "有延期记录但不合法，未计入",
    "suspension_ignored": "有中止或检验记录但不属可扣除事由，未计入",
    "in_transit_excluded": "在期满前交邮，在途时间不计",
    "counting_rule_by_default": "该法没有规定末日遇休息日如何计算，按民法典第二百零三条",
    "unit_not_defined_by_law": "该规定没有写明是否为工作日，按自然日计算",
}


@dataclass(frozen=True)
class Line:
    """A row of the counting table: what, its content, and where it comes from; ``code`` is the id behind the source."""

    label: str
    content: str
    source: str = ""
    is_conclusion: bool = False
    code: str = ""


@dataclass(frozen=True)
class Explanation:
    """The structured explanation a page shows: sentence, counting table, day strip, events."""

    sentence: str
    lines: tuple[Line, ...]
    strip: DayStrip
    events: tuple[Event, ...] = ()
    notes: tuple[str, ...] = field(default=())


def explanation_zh(verdict: Verdict) -> str:
    """One sentence: the duty, then what was found."""
    duty = verdict.definition.duty_zh.rstrip("。")
    return f"{duty}；{_finding(verdict)}" + "".join(f"（{note}）" for note in _notes(verdict)) + "。"


def explain(verdict: Verdict, *, calendar: Calendar, as_of: date) -> Explanation:
    """The explanation of a verdict for a page."""
    outcome = verdict.outcome
    lines: list[Line] = []
    if verdict.event is not None:
        began = f"{_day(verdict.event.on)} {activity_zh(verdict.event.activity)}"
        lines.append(Line("起点", began, "事件记录", code=verdict.event.id))
    if outcome.limit is not None and outcome.unit:
        unit = Unit(outcome.unit)
        how = "当日不计入，休息日不计" if unit is Unit.WORKING_DAYS else "当日不计入"
        lines.append(
            Line("期限", f"{outcome.limit} {unit.zh}，{how}", verdict.facts.law + verdict.facts.article)
        )
    for interval in outcome.reckoning.excluded if outcome.reckoning else ():
        end = _day(interval.end) if interval.end else "尚未结束"
        lines.append(Line("扣除", f"{interval.name}：{_day(interval.start)} 至 {end}"))
    if outcome.due is not None:
        source = "末日为休息日，顺延" if "rolled_forward" in outcome.flags else ""
        lines.append(Line("届满", _moment(outcome.due), source))
    stop = outcome.stop
    required = verdict.form.phrase()
    found = _moment(stop) if stop is not None else "未找到" if verdict.verdict in {PENDING, BREACHED} else "—"
    lines.append(Line("应有事实", required, found))
    for failed in _failed(verdict):
        lines.append(Line("不符之处", failed))
    for path in verdict.missing:
        lines.append(Line("缺少的事实", path_zh(path)))
    lines.append(Line("依据", verdict.facts.law + verdict.facts.article))
    # Readers know a rule by its words; the id is for those who look it up.
    name = verdict.definition.breach_zh or verdict.definition.duty_zh.rstrip("。")
    lines.append(Line("结论", conclusion_zh(verdict), f"规则“{name}”", is_conclusion=True, code=verdict.rule))
    strip = day_strip(outcome.reckoning, today=as_of, calendar=calendar) if outcome.reckoning else DayStrip()
    return Explanation(
        verdict.explanation_zh, tuple(lines), strip, tuple(outcome.events), tuple(_notes(verdict))
    )


def _notes(verdict: Verdict) -> Iterator[str]:
    """What has to be said beside the count: its flags, and that a date may still move."""
    yield from (FLAGS_ZH[flag] for flag in verdict.flags if flag in FLAGS_ZH)
    if verdict.outcome.due_is_provisional:
        yield "所在年份的放假安排尚未公布，届满日为暂定"


def conclusion_zh(verdict: Verdict) -> str:
    """The verdict in a few words, with the excess or the rest where there is a clock."""
    outcome = verdict.outcome
    if verdict.verdict == BREACHED:
        over = _over(verdict)
        return f"违反：{over}" if over else "违反"
    if verdict.verdict == PENDING and outcome.due is not None:
        return f"未到期：{_moment(outcome.due)} 届满"
    names = {MET: "符合", PENDING: "未到期", UNKNOWN: "缺少事实，不能判断", NOT_APPLICABLE: "不适用"}
    return names.get(verdict.verdict, f"出错：{verdict.fault}")


def _finding(verdict: Verdict) -> str:
    outcome = verdict.outcome
    when = f"{_day(verdict.event.on)}{activity_zh(verdict.event.activity)}" if verdict.event else ""
    if verdict.verdict == "error":
        return f"本条未能判断（{verdict.fault}）"
    if verdict.verdict == NOT_APPLICABLE:
        return f"{when}，本条不适用"
    if verdict.verdict == UNKNOWN:
        return f"{when}，缺少{'、'.join(path_zh(p) for p in verdict.missing) or '需要的事实'}，不能判断"
    if outcome.due is None:
        if verdict.verdict == PENDING:
            stands = outcome.reckoning is not None and outcome.reckoning.stands_still
            return f"{when}，" + ("期限因中止等事由停止计算" if stands else "应做的事尚未完成")
        if verdict.verdict == MET:
            return f"{when}，符合要求"
        failed = verdict.definition.breach_zh or "；".join(_failed(verdict))
        return f"{when}，不符合要求{'：' + failed if failed else ''}"
    due = _moment(outcome.due)
    if verdict.verdict == PENDING:
        used = (
            f"，已用{outcome.used}{Unit(outcome.unit).zh}"
            if outcome.used is not None and outcome.unit
            else ""
        )
        return f"{when}，{due}届满{used}"
    if isinstance(verdict.form, Check) and outcome.stop is None:
        # The day is compared with a field of the event: nothing was waited for that could still be missing.
        failed = verdict.definition.breach_zh or "；".join(_failed(verdict))
        said = "符合要求" if verdict.verdict == MET else f"不符合要求{'：' + failed if failed else ''}"
        return f"{when}，{due}届满，{said}"
    happened = f"{_moment(outcome.stop)}完成" if outcome.stop is not None else "至今没有完成"
    over = f"，{_over(verdict)}" if verdict.verdict == BREACHED and _over(verdict) else ""
    return f"{when}，{due}届满，{happened}{over}"


def _over(verdict: Verdict) -> str:
    outcome = verdict.outcome
    if outcome.used is None or outcome.limit is None or not outcome.unit:
        return ""
    over = outcome.used - outcome.limit
    return f"超期{over}{Unit(outcome.unit).zh}" if over > 0 and not isinstance(verdict.form, Wait) else ""


def _failed(verdict: Verdict) -> Iterator[str]:
    """The conditions known to fail, worded; only where the requirement is a plain conjunction."""
    if verdict.verdict != BREACHED or verdict.event is None:
        return
    for condition in _conditions(verdict.form):
        scope = verdict.scope()
        if condition.compile()(scope) is False:
            yield f"未满足“{condition.phrase()}”"


def _conditions(form: object) -> Iterator[Expression]:
    condition = getattr(form, "condition", None)
    if isinstance(condition, AllOf):
        yield from condition.parts
    elif isinstance(condition, Expression):
        yield condition


def _day(day: date) -> str:
    return day.isoformat()


def _moment(moment: Moment) -> str:
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%d %H:%M")
    return moment.isoformat()
