"""The respondent's answer and its evidence, due together (行政复议法第四十八条、第五十四条; without them 第七十条 takes the act for unfounded).

An answer without evidence does not fulfil the duty, but what is missing may follow while the days run.
"""

from plumbline.rules.language import Clock, Stop, Within, any_of, event, first, it, not_

_WITH_EVIDENCE = it("with_evidence")
_FULL = event(
    "reconsideration_answer_filed",
    place="after",
    where=any_of(_WITH_EVIDENCE.is_true(), not_(_WITH_EVIDENCE.is_stated())),
)


def answer_within(n: int, unit: str) -> Within:
    """An answer that comes in time and does not say whether it holds the evidence leaves the verdict open."""
    return Within(Clock(n, unit), (Stop(_FULL),), also=first(_FULL, _WITH_EVIDENCE, True).is_true())
