"""Only the body itself, by its own certified officers, takes compulsory measures (行政强制法第十七条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CERTIFICATES
from plumbline.rules.language import (
    Check,
    agency,
    all_of,
    any_of,
    field,
    it,
    not_,
    people,
    row_exists,
    row_value,
)

from ..histories import AGENCY, taken
from ..measures import ANY_MEASURE

_OF_THIS_AGENCY = row_exists("officers", "id", it("id"), where=it("agency").eq(agency()))
_ONE = {"id": "E-1", "role": "officer"}
_ENTRUSTED = {
    **AGENCY,
    "agencies": [{"code": "A-1", "kind": "entrusted_organization", "level": "district"}],
}
_SECONDED = {
    **AGENCY,
    "officers": [
        *CERTIFICATES["officers"],
        {"id": "E-7", "agency": "B-1", "valid_from": "2022-01-01", "valid_to": None},
    ],
}

RULE = Rule(
    id="ACL-17-no-delegation",
    subject=ANY_MEASURE,
    require=Check(
        all_of(
            # Stated only where somebody else carried it out.
            any_of(not_(field("performed_by").is_stated()), field("performed_by").eq(agency())),
            row_value("agencies", "code", agency(), "kind").ne("entrusted_organization"),
            people("officer", where=_OF_THIS_AGENCY).eq(people("officer")),
        )
    ),
    breach_zh="强制措施委托他人或无证人员实施",
    duty_zh="强制措施只能由本机关持有效执法证件的人员实施，不能交给其他组织或者人员",
    remedy_zh="请立即停止由他人实施的措施，由本机关持证执法人员依法重新办理。",
    examples=(
        Example("本机关两名持证人员", "met", (taken("2026-06-01"),), "2026-06-10", AGENCY),
        Example("写明由本机关实施", "met", (taken("2026-06-01", performed_by="A-1"),), "2026-06-10", AGENCY),
        Example(
            "由其他组织实施", "breached", (taken("2026-06-01", performed_by="B-1"),), "2026-06-10", AGENCY
        ),
        Example(
            "由其他组织实施，人员没有写明",
            "breached",
            (taken("2026-06-01", performed_by="B-1", actors=()),),
            "2026-06-10",
        ),
        Example(
            "以受委托组织名义实施", "breached", (taken("2026-06-01", "seized"),), "2026-06-10", _ENTRUSTED
        ),
        Example(
            "一人没有证件",
            "breached",
            (taken("2026-06-01", actors=(_ONE, {"id": "E-9", "role": "officer"})),),
            "2026-06-10",
            AGENCY,
        ),
        Example(
            "一人是其他机关的执法人员",
            "breached",
            (taken("2026-06-01", actors=(_ONE, {"id": "E-7", "role": "officer"})),),
            "2026-06-10",
            _SECONDED,
        ),
        *(
            Example(
                f"证件{when}", verdict, (taken(on, "deposits_frozen", actors=(_ONE,)),), "2029-02-01", AGENCY
            )
            for when, verdict, on in (
                ("有效期最后一日", "met", "2028-12-31"),
                ("过期第一日", "breached", "2029-01-01"),
            )
        ),
        Example("没有写明执法人员", "unknown", (taken("2026-06-01", actors=()),), "2026-06-10", AGENCY),
        Example("机关没有登记", "unknown", (taken("2026-06-01"),), "2026-06-10", CERTIFICATES),
        Example(
            "没有报送执法人员登记册",
            "unknown",
            (taken("2026-06-01"),),
            "2026-06-10",
            {"agencies": AGENCY["agencies"]},
        ),
        Example("行政强制法施行前", "not_applicable", (taken("2011-12-31"),), "2012-02-01", AGENCY),
    ),
)
