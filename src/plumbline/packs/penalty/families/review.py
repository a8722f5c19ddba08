"""Legal review ends within the days of the field, counted from the day the file came in (法制审核期限)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, step
from plumbline.rules.language import Clock, ExtensionStep, Stop, Within, event

from . import in_domain, other_domain


def _submitted(on: str = "2026-06-01") -> dict[str, object]:
    return step("legal_review_submitted", on)


def _passed(on: str) -> dict[str, object]:
    return step("legal_review_passed", on, written=True)


def _returned(on: str) -> dict[str, object]:
    return step("legal_review_returned", on, written=True)


def more_time(on: str, days: int, by: str = "agency_head") -> dict[str, object]:
    """An extension of the review, for examples."""
    return step("extension_approved", on, clock="legal_review", days=days, approved_by=by)


def review(
    rule_id: str,
    *,
    domain: str,
    clock: Clock,
    last_day: str,
    day_after: str,
    limit_zh: str,
    extensions: tuple[ExtensionStep, ...] = (),
    extended: tuple[tuple[str, str, int, str, str], ...] = (),
) -> Rule:
    """The row of a field; the two days are those of a file that came in on 1 June 2026.

    ``extended`` are examples: title, verdict, days granted by the head on ``last_day``, day of the review, due day.
    """

    def shown(
        title: str, verdict: str, *after: dict[str, object], as_of: str = "2026-08-03", due: str = last_day
    ) -> Example:
        return Example(title, verdict, (filed(domain=domain), _submitted(), *after), as_of, CALENDAR, due=due)

    return Rule(
        id=rule_id,
        subject=("legal_review_submitted",),
        kinds=("penalty",),
        when=in_domain(domain),
        require=Within(
            clock,
            (Stop(event("legal_review_passed", "legal_review_returned", place="after")),),
            extensions=extensions,
            extension_clock="legal_review",
        ),
        breach_zh="法制审核超期",
        duty_zh=f"审核机构收到材料后，应在{limit_zh}内审核完毕",
        remedy_zh="请立即完成审核，出具书面意见。",
        examples=(
            shown("最后一日通过", "met", _passed(last_day)),
            shown("最后一日退回", "met", _returned(last_day)),
            shown("次日才通过", "breached", _passed(day_after)),
            shown("最后一日尚未审完", "pending", as_of=last_day),
            shown("届满仍未审完", "breached", as_of=day_after),
            shown(
                "内设机构负责人批准的延长不算",
                "breached",
                more_time(last_day, 5, "section_head"),
                _passed(day_after),
            ),
            shown("届满后才批准的延长不算", "breached", more_time(day_after, 5), _passed(day_after)),
            Example(
                "其他领域",
                "not_applicable",
                (filed(domain=other_domain(domain)), _submitted()),
                "2026-08-03",
                CALENDAR,
            ),
            Example("没有填报领域", "unknown", (_submitted(),), "2026-08-03", CALENDAR),
            Example("没有日历且过了这些天", "unknown", (filed(domain=domain), _submitted()), "2026-08-03"),
            *(
                shown(title, verdict, more_time(last_day, days), _passed(on), due=due)
                for title, verdict, days, on, due in extended
            ),
        ),
    )
