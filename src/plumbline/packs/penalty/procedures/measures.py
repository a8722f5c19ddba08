"""What the forms of sealing and seizure ask alike (行政强制法 arts 18, 23, 24)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask

MEASURE_ASKS: tuple[Ask, ...] = (
    Ask("urgent", required=True, help="情况紧急当场实施的，二十四小时内补办批准手续。"),
    Ask(
        "measure",
        "已批准的措施",
        kind="open",
        when="urgent=false",
        required=True,
        help="没有可选的，先提交审批。",
    ),
    Ask("@officers", "执法人员", kind="officers", required=True),
    Ask("@goods", "场所、设施或者财物的名称和数量", kind="long", required=True),
    Ask("id_shown", group="现场", required=True),
    Ask("party_present", required=True),
    Ask("witness_present", help="当事人不到场的，邀请见证人到场。"),
    Ask("rights_told", required=True),
    Ask("statement_heard", help="当事人到场的，听取陈述申辩。"),
    Ask("record_signed", required=True),
    Ask("av_record", required=True),
    Ask("decision_delivered", group="决定书和清单", required=True),
    Ask("list_delivered", required=True),
    Ask("document_states", required=True),
    Ask("related_to_case", group="范围", required=True),
    Ask("daily_necessities", required=True),
    Ask("already_sealed", required=True),
)
