"""What was decided on the spot is reported to the agency, or handed in for the file, within the days of the field."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, fined, step
from plumbline.rules.language import Clock, Stop, Within, all_of, event, field

from . import in_domain, other_domain


def _on_the_spot(domain: str, procedure: str = "summary") -> dict[str, object]:
    return fined("2026-06-01", 10_000, procedure=procedure, **({"domain": domain} if domain else {}))


def record(
    rule_id: str,
    *,
    domain: str,
    clock: Clock,
    by: str,
    last_day: str,
    day_after: str,
    breach_zh: str,
    duty_zh: str,
    remedy_zh: str,
) -> Rule:
    """The row of a field: ``by`` is the activity that fulfils it; the two days are those of a decision of 1 June 2026."""

    def shown(title: str, verdict: str, done_on: str = "", as_of: str = "2026-07-01") -> Example:
        done = (step(by, done_on),) if done_on else ()
        return Example(title, verdict, (_on_the_spot(domain), *done), as_of, CALENDAR, due=last_day)

    return Rule(
        id=rule_id,
        subject=("decision_made",),
        kinds=("penalty",),
        when=all_of(in_domain(domain), field("procedure").eq("summary")),
        require=Within(clock, (Stop(event(by, place="after")),)),
        breach_zh=breach_zh,
        duty_zh=duty_zh,
        remedy_zh=remedy_zh,
        examples=(
            shown("最后一日", "met", last_day),
            shown("次日", "breached", day_after),
            shown("最后一日尚未办理", "pending", as_of=last_day),
            shown("届满仍未办理", "breached", as_of=day_after),
            Example(
                "普通程序",
                "not_applicable",
                (_on_the_spot(domain, "ordinary"),),
                "2026-07-01",
                CALENDAR,
            ),
            Example(
                "其他领域",
                "not_applicable",
                (_on_the_spot(other_domain(domain)),),
                "2026-07-01",
                CALENDAR,
            ),
            Example("没有填报领域", "unknown", (_on_the_spot(""),), "2026-07-01", CALENDAR),
            Example("没有日历且过了这些天", "unknown", (_on_the_spot(domain),), "2026-07-01"),
        ),
    )
