"""Service by announcement takes thirty days and is a last resort (民事诉讼法第九十五条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import Clock, Wait, all_of, event, field, it


def _announced(ground: str = "whereabouts_unknown", *, recorded: bool = True) -> dict[str, object]:
    return step(
        "announcement_service_started",
        "2026-03-02",
        document="decision",
        ground=ground,
        ground_recorded=recorded,
    )


def _ended(served_on: str) -> dict[str, object]:
    return step(
        "announcement_service_ended",
        served_on,
        document="decision",
        served_on=served_on,
    )


RULE = Rule(
    id="CVP-95-announce-30d",
    subject=("announcement_service_started",),
    require=Wait(
        Clock(30, "cd", roll=False),
        event("announcement_service_ended", place="after", same=("document",)),
        act_on=it("served_on"),
        last_day_free=True,
        also=all_of(field("ground").ne("none"), field("ground_recorded").is_true()),
    ),
    breach_zh="公告送达不合规",
    duty_zh="受送达人下落不明或者其他方式无法送达的才可公告，自发出公告之日起满三十日视为送达，并记明原因和经过",
    remedy_zh="请核对公告日期和理由；未满三十日的，不能视为送达。",
    examples=(
        Example(
            "满三十日",
            "met",
            (filed(), _announced(), _ended("2026-04-01")),
            "2026-04-10",
            due="2026-04-01",
        ),
        Example(
            "只有二十九日",
            "breached",
            (filed(), _announced(), _ended("2026-03-31")),
            "2026-04-10",
        ),
        Example(
            "没有公告理由",
            "breached",
            (filed(), _announced("none"), _ended("2026-04-01")),
            "2026-04-10",
        ),
        Example("公告期内", "pending", (filed(), _announced()), "2026-03-20"),
        Example(
            "公告理由没有填报",
            "unknown",
            (
                filed(),
                step("announcement_service_started", "2026-03-02", document="decision"),
                _ended("2026-04-01"),
            ),
            "2026-04-10",
        ),
        Example(
            "没有记明原因和经过",
            "breached",
            (filed(), _announced(recorded=False), _ended("2026-04-01")),
            "2026-04-10",
        ),
        Example(
            "民事诉讼法修正施行前一日公告",
            "not_applicable",
            (
                filed("2023-06-01"),
                step(
                    "announcement_service_started",
                    "2023-12-31",
                    document="decision",
                    ground="whereabouts_unknown",
                ),
            ),
            "2024-03-01",
        ),
    ),
)
