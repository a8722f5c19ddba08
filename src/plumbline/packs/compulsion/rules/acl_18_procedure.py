"""How a compulsory measure is carried out (行政强制法第十八条; 冻结第三十条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.language import (
    Check,
    activity,
    all_of,
    any_of,
    certified_officers,
    exists,
    field,
)

from ..histories import AGENCY, approved, lawfully_taken, taken
from ..measures import ANY_MEASURE, PRIOR_APPROVAL

# Of the ten points a freeze keeps only approval, two officers, the certificate and a record.
_FROZEN = activity().eq("deposits_frozen")
_ABSENT = field("party_present").is_false()
_APPROVED = approved("2026-06-01T09:00:00+08:00")


def _sealed(**changes: Any) -> dict[str, Any]:
    return lawfully_taken("2026-06-01T10:00:00+08:00", **changes)


def _frozen(**data: Any) -> dict[str, Any]:
    return taken("2026-06-01T10:00:00+08:00", "deposits_frozen", **data)


RULE = Rule(
    id="ACL-18-procedure",
    subject=ANY_MEASURE,
    require=Check(
        all_of(
            any_of(exists(PRIOR_APPROVAL), field("urgent").is_true()),
            certified_officers().ge(2),
            field("id_shown").is_true(),
            any_of(_FROZEN, field("party_present").is_true(), field("witness_present").is_true()),
            any_of(_FROZEN, field("rights_told").is_true()),
            any_of(_FROZEN, _ABSENT, field("statement_heard").is_true()),
            any_of(
                field("record_signed").one_of("party", "agent", "refused_noted"),
                all_of(_ABSENT, field("record_signed").eq("witness")),
                all_of(_FROZEN, field("record_signed").ne("none")),
            ),
        )
    ),
    breach_zh="强制措施程序不合法",
    duty_zh=(
        "采取强制措施应当事先经负责人批准，由两名持证人员出示证件，通知当事人到场，"
        "告知理由和权利，听取陈述申辩，制作笔录并签名"
    ),
    remedy_zh="请补正能够补正的手续；不能补正的，解除措施后依法重新办理。",
    examples=(
        Example("程序齐备", "met", (_APPROVED, _sealed()), "2026-06-10", AGENCY),
        Example("没有批准", "breached", (_sealed(urgent=False),), "2026-06-10", AGENCY),
        Example(
            "事后批准",
            "breached",
            (_sealed(urgent=False), approved("2026-06-01T11:00:00+08:00")),
            "2026-06-10",
            AGENCY,
        ),
        Example(
            "科室负责人批准",
            "breached",
            (approved("2026-06-01T09:00:00+08:00", by="section_head"), _sealed(urgent=False)),
            "2026-06-10",
            AGENCY,
        ),
        Example(
            "负责人没有同意",
            "breached",
            (approved("2026-06-01T09:00:00+08:00", "refused"), _sealed(urgent=False)),
            "2026-06-10",
            AGENCY,
        ),
        Example(
            "批准的是另一项措施",
            "breached",
            (approved("2026-06-01T09:00:00+08:00", measure="C2"), _sealed(urgent=False)),
            "2026-06-10",
            AGENCY,
        ),
        Example("情况紧急，当场实施", "met", (_sealed(urgent=True),), "2026-06-10", AGENCY),
        Example("没有批准，是否紧急没有填报", "unknown", (_sealed(),), "2026-06-10", AGENCY),
        Example(
            "只有一名执法人员",
            "breached",
            (_APPROVED, _sealed(actors=({"id": "E-1", "role": "officer"},))),
            "2026-06-10",
            AGENCY,
        ),
        Example("没有出示证件", "breached", (_APPROVED, _sealed(id_shown=False)), "2026-06-10", AGENCY),
        Example("没有告知权利", "breached", (_APPROVED, _sealed(rights_told=False)), "2026-06-10", AGENCY),
        Example(
            "没有听取陈述申辩", "breached", (_APPROVED, _sealed(statement_heard=False)), "2026-06-10", AGENCY
        ),
        Example("笔录没有签名", "breached", (_APPROVED, _sealed(record_signed="none")), "2026-06-10", AGENCY),
        Example(
            "拒绝签名并已注明",
            "met",
            (_APPROVED, _sealed(record_signed="refused_noted")),
            "2026-06-10",
            AGENCY,
        ),
        *(
            Example(
                f"当事人不在场，{how}",
                verdict,
                (
                    _APPROVED,
                    _sealed(
                        party_present=False,
                        witness_present=witness,
                        statement_heard=None,
                        record_signed=signed,
                    ),
                ),
                "2026-06-10",
                AGENCY,
            )
            for how, verdict, witness, signed in (
                ("见证人签名", "met", True, "witness"),
                ("也没有见证人", "breached", False, "witness"),
                ("见证人没有签名", "breached", True, "none"),
                ("有无见证人没有填报", "unknown", None, "witness"),
            )
        ),
        Example(
            "当事人在场却只有见证人签名",
            "breached",
            (_APPROVED, _sealed(record_signed="witness")),
            "2026-06-10",
            AGENCY,
        ),
        Example(
            "是否告知权利没有填报", "unknown", (_APPROVED, _sealed(rights_told=None)), "2026-06-10", AGENCY
        ),
        Example(
            "没有填报的很多，但没有出示证件",
            "breached",
            (taken("2026-06-01", "compulsory_measure_taken", id_shown=False),),
            "2026-06-10",
        ),
        Example(
            "冻结只看批准、人员、证件和笔录",
            "met",
            (_APPROVED, _frozen(id_shown=True, record_signed="witness")),
            "2026-06-10",
            AGENCY,
        ),
        Example(
            "冻结没有笔录",
            "breached",
            (_APPROVED, _frozen(id_shown=True, record_signed="none")),
            "2026-06-10",
            AGENCY,
        ),
        Example("冻结，笔录没有填报", "unknown", (_APPROVED, _frozen(id_shown=True)), "2026-06-10", AGENCY),
        Example("行政强制法施行前", "not_applicable", (lawfully_taken("2011-12-31"),), "2012-02-01", AGENCY),
    ),
)
