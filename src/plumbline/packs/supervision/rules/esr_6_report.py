"""The supervision organ reports its work to its government (行政执法监督条例第六条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Fixed, Stop, event, field, it


def _opened(report: str = "supervision_work") -> dict[str, object]:
    return step(
        "report_duty_opened",
        "2026-02-02",
        kind="annual_report",
        report=report,
        year=2025,
        due_on="2026-03-31",
    )


def _submitted(on: str, *to: str) -> dict[str, object]:
    return step("annual_report_submitted", on, kind="annual_report", to=list(to))


RULE = Rule(
    id="ESR-6-report",
    subject=("report_duty_opened",),
    when=field("report").eq("supervision_work"),
    require=Fixed(
        field("due_on"),
        (Stop(event("annual_report_submitted", where=it("to").holds("government"))),),
    ),
    breach_zh="未按期报告监督工作",
    duty_zh="监督机构应当按期向本级人民政府报告行政执法监督工作",
    remedy_zh="请向本级人民政府报送工作报告。",
    examples=(
        Example(
            "到期日报送",
            "met",
            (_opened(), _submitted("2026-03-31", "government")),
            "2026-07-01",
            due="2026-03-31",
        ),
        Example(
            "只报上级部门",
            "breached",
            (_opened(), _submitted("2026-03-01", "superior")),
            "2026-07-01",
            due="2026-03-31",
        ),
        Example("尚未到期", "pending", (_opened(),), "2026-03-31", due="2026-03-31"),
        Example("其他报告", "not_applicable", (_opened("disclosure"),), "2026-07-01"),
        Example(
            "期限没有填报",
            "unknown",
            (
                step(
                    "report_duty_opened",
                    "2026-02-02",
                    kind="annual_report",
                    report="supervision_work",
                    year=2025,
                ),
            ),
            "2026-07-01",
        ),
    ),
)
