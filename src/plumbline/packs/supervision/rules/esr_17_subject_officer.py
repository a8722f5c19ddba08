"""Subjects are confirmed then published; officers examined then certified (行政执法监督条例第十七条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, activity, choose, field


def _subject(confirmed: str | None, published: str | None) -> dict[str, object]:
    return step(
        "subject_registered",
        "2026-06-01",
        kind="qualification",
        confirmed_on=confirmed,
        published_on=published,
    )


RULE = Rule(
    id="ESR-17-subject-officer",
    subject=("subject_registered", "officer_registered"),
    require=Check(
        choose(
            activity().eq("subject_registered"),
            field("confirmed_on").le(field("published_on")),
            field("exam_passed_on").le(field("certificate_issued_on")),
        )
    ),
    breach_zh="主体或人员未经确认",
    duty_zh="执法主体应经确认并公布；执法人员应经考试合格后取得执法证件",
    remedy_zh="请补办确认公布或者考试发证手续。",
    examples=(
        Example("先确认后公布", "met", (_subject("2026-05-01", "2026-05-01"),), "2026-07-01"),
        Example("没有公布", "breached", (_subject("2026-05-01", None),), "2026-07-01"),
        Example(
            "顺序颠倒",
            "breached",
            (_subject("2026-05-02", "2026-05-01"),),
            "2026-07-01",
        ),
        Example(
            "没有填报",
            "unknown",
            (step("officer_registered", "2026-06-01", kind="qualification"),),
            "2026-07-01",
        ),
        Example(
            "条例施行前一日登记",
            "not_applicable",
            (
                step(
                    "subject_registered",
                    "2026-01-31",
                    kind="qualification",
                    confirmed_on=None,
                    published_on=None,
                ),
            ),
            "2026-07-01",
        ),
    ),
)
