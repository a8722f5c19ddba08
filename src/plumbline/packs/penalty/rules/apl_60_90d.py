"""A decision within ninety days of filing, unless a domain rule says otherwise (行政处罚法第六十条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, fined, step
from plumbline.rules.language import Clock, Stop, Within, event
from plumbline.rules.overlays import contract_overlays

_GENERAL = Within(
    Clock(90, "cd"),
    (
        Stop(
            event(
                "decision_made",
                "case_transferred",
                "investigation_terminated",
                place="after",
            )
        ),
    ),
    extension_clock="decision",
)


def _extended(on: str, days: int, by: str = "agency_head") -> dict[str, object]:
    return step("extension_approved", on, clock="decision", days=days, approved_by=by)


_WITH_THE_POLICE = (step("transfer_sent", "2026-04-01"), step("police_refused", "2026-04-09"))

RULE = Rule(
    id="APL-60-90d",
    subject=("case_filed",),
    require=_GENERAL,
    overlays=contract_overlays("APL-60-90d", _GENERAL),
    breach_zh="超期未作出处罚决定",
    duty_zh="应当自立案之日起九十日内作出处罚决定，法律、法规、规章另有规定的从其规定",
    remedy_zh="请抓紧作出决定；本领域允许延期的，须在届满前由有权人员批准。",
    examples=(
        Example(
            "末日是星期日，顺延后当日决定",
            "met",
            (filed("2026-03-02"), fined("2026-06-01")),
            "2026-06-10",
            CALENDAR,
            due="2026-06-01",
        ),
        Example(
            "顺延后次日决定",
            "breached",
            (filed("2026-03-02"), fined("2026-06-02")),
            "2026-06-10",
            CALENDAR,
            due="2026-06-01",
        ),
        Example(
            "一般领域延期无效",
            "breached",
            (filed("2026-03-02"), _extended("2026-05-20", 30), fined("2026-06-15")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-01",
        ),
        Example(
            "住建领域负责人批准延长三十日",
            "met",
            (
                filed("2026-03-02", domain="housing_construction"),
                _extended("2026-05-20", 30),
                fined("2026-06-30"),
            ),
            "2026-07-10",
            CALENDAR,
            due="2026-06-30",
            overlay="MOHURD-29-90-30-60",
        ),
        Example(
            "过期后批准的延期不算",
            "breached",
            (
                filed("2026-03-02", domain="housing_construction"),
                _extended("2026-06-02", 30),
                fined("2026-06-15"),
            ),
            "2026-07-10",
            CALENDAR,
            due="2026-06-01",
            overlay="MOHURD-29-90-30-60",
        ),
        Example(
            "住建领域检验期间扣除",
            "met",
            (
                filed("2026-03-02", domain="housing_construction"),
                step("test_started", "2026-03-10", test="T1", test_kind="test"),
                step("test_ended", "2026-03-20", test="T1"),
                fined("2026-06-10"),
            ),
            "2026-07-10",
            CALENDAR,
            due="2026-06-10",
            overlay="MOHURD-29-90-30-60",
        ),
        Example(
            "检验尚未结束，期限停止",
            "pending",
            (
                filed("2026-03-02", domain="housing_construction"),
                step("test_started", "2026-03-10", test="T1", test_kind="test"),
            ),
            "2026-12-01",
            CALENDAR,
            overlay="MOHURD-29-90-30-60",
        ),
        # Eight days with the police: deducted where a domain's text says so (MEE-57), counted on everywhere else.
        *(
            Example(
                f"{zh}，移送公安八日后不予立案，{when}决定",
                verdict,
                (filed("2026-03-05", domain=domain), *_WITH_THE_POLICE, fined(decided)),
                "2026-07-10",
                CALENDAR,
                due=due,
                overlay=row,
            )
            for zh, domain, row, due, next_day in (
                ("生态环境", "ecology", "MEE-57-90-30-30", "2026-06-11", "2026-06-12"),
                ("住建", "housing_construction", "MOHURD-29-90-30-60", "2026-06-03", "2026-06-04"),
                ("一般领域", "other", None, "2026-06-03", "2026-06-04"),
            )
            for when, decided, verdict in (("末日", due, "met"), ("次日", next_day, "breached"))
        ),
        Example(
            "生态环境，公安机关尚未决定，期限停止",
            "pending",
            (filed("2026-03-05", domain="ecology"), _WITH_THE_POLICE[0]),
            "2026-12-01",
            CALENDAR,
            overlay="MEE-57-90-30-30",
        ),
        Example(
            "住建，公安机关尚未决定，期限照算",
            "breached",
            (filed("2026-03-05", domain="housing_construction"), _WITH_THE_POLICE[0]),
            "2026-06-04",
            CALENDAR,
            due="2026-06-03",
            overlay="MOHURD-29-90-30-60",
        ),
        Example(
            "届满当日尚未决定",
            "pending",
            (filed("2026-03-02"),),
            "2026-06-01",
            CALENDAR,
            due="2026-06-01",
        ),
        Example(
            "届满次日尚未决定",
            "breached",
            (filed("2026-03-02"),),
            "2026-06-02",
            CALENDAR,
            due="2026-06-01",
        ),
        Example("没有日历且过了九十日", "unknown", (filed("2026-03-02"),), "2026-06-02"),
        Example(
            "施行前立案",
            "not_applicable",
            (filed("2021-07-14"),),
            "2026-06-02",
            CALENDAR,
        ),
        # The day before and the day after the last one are working days: no rest day hides a limit that is off by one.
        *(
            Example(
                f"{zh}，末日前后都是工作日，{when}决定",
                verdict,
                (filed(begun, domain=domain), fined(decided)),
                "2026-07-10",
                CALENDAR,
                due=due,
                overlay=row,
            )
            for zh, domain, row, begun, due, next_day in (
                ("一般领域", "other", None, "2026-03-05", "2026-06-03", "2026-06-04"),
                ("市场监管", "market", "SAMR-64-90-30", "2026-03-05", "2026-06-03", "2026-06-04"),
                ("生态环境", "ecology", "MEE-57-90-30-30", "2026-03-05", "2026-06-03", "2026-06-04"),
                ("安全生产", "work_safety", "MEM-53-90-120-180", "2026-03-05", "2026-06-03", "2026-06-04"),
                ("农业", "agriculture", "MARA-58-90-30", "2026-03-05", "2026-06-03", "2026-06-04"),
                ("交通运输", "transport", "MOT-78-90-30", "2026-03-05", "2026-06-03", "2026-06-04"),
                ("治安", "public_security", "PSL-118-30-30-30", "2026-03-10", "2026-04-09", "2026-04-10"),
                (
                    "修订前的治安",
                    "public_security",
                    "PSL12-99-30-30",
                    "2025-03-11",
                    "2025-04-10",
                    "2025-04-11",
                ),
            )
            for when, decided, verdict in (("当日", due, "met"), ("次日", next_day, "breached"))
        ),
    ),
)
