"""A government's document that touches rights takes six steps in their order (地方组织法第七十五条).

Assessment, comments, a review that finds it lawful and a collective decision come before publication; filing follows it.
"""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Promptly, agency, all_of, by_then, event, exists, it, not_, row_value

from ..drafting import draft_says

_ASSESSED = event("assessment_done")
_OPEN_FOR_COMMENT = event("draft_published_for_comment", where=by_then(_ASSESSED))
_FOUND_LAWFUL = event(
    "legality_review_given", where=all_of(it("result").eq("lawful"), by_then(_OPEN_FOR_COMMENT))
)
_IN_ORDER = exists(event("collective_decision_made", place="before", where=by_then(_FOUND_LAWFUL)))

_GOVERNMENT = {"agencies": [{"code": "A-1", "kind": "government", "level": "district"}]}
_TOWN = {"agencies": [{"code": "A-1", "kind": "town_government", "level": "street"}]}
_DEPARTMENT = {"agencies": [{"code": "A-1", "kind": "department", "level": "district"}]}

_DRAFTED = step("document_drafted", "2026-03-02", affects_rights=True)
_ASSESSMENT = step("assessment_done", "2026-03-10")
_COMMENTS = step("draft_published_for_comment", "2026-03-16", comment_until="2026-04-15")
_PUBLISHED = step("document_published", "2026-05-11")
_FILED = step("document_filed", "2026-05-25")


def _review(on: str = "2026-04-20", result: str = "lawful") -> dict[str, object]:
    return step("legality_review_given", on, result=result)


def _decision(on: str = "2026-05-06") -> dict[str, object]:
    return step("collective_decision_made", on)


def _closed(on: str) -> dict[str, object]:
    return step("matter_closed", on)


_BEFORE = (_DRAFTED, _ASSESSMENT, _COMMENTS, _review(), _decision())

RULE = Rule(
    id="LGO-75-procedure",
    subject=("document_published",),
    kinds=("normative_document",),
    when=all_of(
        row_value("agencies", "code", agency(), "kind").eq("government"),
        row_value("agencies", "code", agency(), "level").one_of("district", "city", "province"),
        draft_says("affects_rights"),
    ),
    require=Promptly(event("document_filed", place="after"), fails=not_(_IN_ORDER)),
    breach_zh="规范性文件制定程序不全",
    duty_zh="县级以上政府制定涉及权利义务的规范性文件，应依次经过评估论证、征求意见、合法性审查和集体讨论，公布后及时备案",
    remedy_zh="请补齐缺少的程序；程序没有走完就公布的，停止执行，重新办理后再公布。",
    examples=(
        Example("程序齐全并备案", "met", (*_BEFORE, _PUBLISHED, _FILED), "2026-06-01", _GOVERNMENT),
        Example("公布后尚未备案", "pending", (*_BEFORE, _PUBLISHED), "2026-06-01", _GOVERNMENT),
        Example(
            "没有备案就办结",
            "breached",
            (*_BEFORE, _PUBLISHED, _closed("2026-06-01")),
            "2026-06-10",
            _GOVERNMENT,
        ),
        Example(
            "备案后办结",
            "met",
            (*_BEFORE, _PUBLISHED, _FILED, _closed("2026-06-01")),
            "2026-06-10",
            _GOVERNMENT,
        ),
        Example(
            "没有评估论证",
            "breached",
            (_DRAFTED, _COMMENTS, _review(), _decision(), _PUBLISHED, _FILED),
            "2026-06-01",
            _GOVERNMENT,
        ),
        Example(
            "没有征求意见",
            "breached",
            (_DRAFTED, _ASSESSMENT, _review(), _decision(), _PUBLISHED, _FILED),
            "2026-06-01",
            _GOVERNMENT,
        ),
        Example(
            "没有合法性审查",
            "breached",
            (_DRAFTED, _ASSESSMENT, _COMMENTS, _decision(), _PUBLISHED, _FILED),
            "2026-06-01",
            _GOVERNMENT,
        ),
        Example(
            "没有集体讨论",
            "breached",
            (_DRAFTED, _ASSESSMENT, _COMMENTS, _review(), _PUBLISHED, _FILED),
            "2026-06-01",
            _GOVERNMENT,
        ),
        Example(
            "审查认为存在问题",
            "breached",
            (_DRAFTED, _ASSESSMENT, _COMMENTS, _review(result="problems"), _decision(), _PUBLISHED, _FILED),
            "2026-06-01",
            _GOVERNMENT,
        ),
        Example(
            "修改后再审查为合法",
            "met",
            (
                _DRAFTED,
                _ASSESSMENT,
                _COMMENTS,
                _review(result="problems"),
                _review("2026-04-28"),
                _decision(),
                _PUBLISHED,
                _FILED,
            ),
            "2026-06-01",
            _GOVERNMENT,
        ),
        Example(
            "先集体讨论后审查",
            "breached",
            (_DRAFTED, _ASSESSMENT, _COMMENTS, _decision("2026-04-17"), _review(), _PUBLISHED, _FILED),
            "2026-06-01",
            _GOVERNMENT,
        ),
        Example(
            "公布之后才集体讨论",
            "breached",
            (_DRAFTED, _ASSESSMENT, _COMMENTS, _review(), _PUBLISHED, _decision("2026-05-12"), _FILED),
            "2026-06-01",
            _GOVERNMENT,
        ),
        Example(
            "没有填报是否涉及权利义务",
            "unknown",
            (step("document_drafted", "2026-03-02"), _PUBLISHED),
            "2026-06-01",
            _GOVERNMENT,
        ),
        Example("没有起草记录", "unknown", (_ASSESSMENT, _PUBLISHED), "2026-06-01", _GOVERNMENT),
        Example(
            "公布机关没有登记", "unknown", (*_BEFORE, _PUBLISHED, _FILED), "2026-06-01", {"agencies": []}
        ),
        Example(
            "不涉及权利义务",
            "not_applicable",
            (step("document_drafted", "2026-03-02", affects_rights=False), _PUBLISHED),
            "2026-06-01",
            _GOVERNMENT,
        ),
        Example("部门文件", "not_applicable", (_DRAFTED, _PUBLISHED), "2026-06-01", _DEPARTMENT),
        Example("乡镇政府文件", "not_applicable", (_DRAFTED, _PUBLISHED), "2026-06-01", _TOWN),
        Example(
            "修正案施行以前",
            "not_applicable",
            (
                step("document_drafted", "2021-12-01", affects_rights=True),
                step("document_published", "2022-03-11"),
            ),
            "2026-06-01",
            _GOVERNMENT,
        ),
    ),
)
