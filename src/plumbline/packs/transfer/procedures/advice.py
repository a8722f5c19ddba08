"""Suggestions of a court (司法建议) and of the supervisory commission (监察建议) to an agency: received, acted on, answered.

* judicial: 最高人民法院关于适用行政诉讼法的解释第一百四十九条 gives sixty days where it is about a normative document (SPC-149). 行政诉讼法第九十六条
  wants the court told what was done about a judgment that is not performed, without a day.
* advice: 监察法第十一条、第五十二条. No text that we have verified gives a day; 第七十一条 says what refusing it without reason leads to.

Where no text gives a day, the day that the letter itself sets is entered and is the letter's own.
"""

from __future__ import annotations

from datetime import date

from plumbline.packs.procedures import Ask, Step

from .letters import ASSIGN, OVER, declare_letter
from .words import COMMISSION, CORRESPONDENT

JUDICIAL, ADVICE = "judicial", "advice"
_J, _A = (JUDICIAL,), (ADVICE,)
_COURT = "行政诉讼法第九十六条、最高人民法院关于适用行政诉讼法的解释第一百四十九条"
_COMMISSION = "监察法第十一条、第五十二条"

REPLY_BY = Ask(
    "@reply_by", "文书确定的回复期限", kind="date", help="文书没有写的不填：页面显示“未登记”，不当作按期。",
)  # fmt: skip
_MEASURES = (
    Ask("@measures", "处理情况和整改措施", kind="long", required=True),
    Ask("@results", "取得的结果", kind="long", required=True, fill="lead_answer"),
)

_STEPS = (
    Step(
        "received", "收到司法建议书", "judicial_suggestion_received",
        phase="receiving", basis=_COURT,
        asks=(
            Ask("@number", "文书号", required=True, help="例如 （2026）鄂0117司建3号。"),
            Ask("about", "就什么提出", required=True, help="就规范性文件提出、已在该文件或者诉讼中登记来文的，不要在这里重复登记。"),
            REPLY_BY,
            Ask("@content", "建议内容", kind="long", required=True),
        ),
        after=(), until=("judicial_suggestion_received", *OVER), capability=CORRESPONDENT, actors="self", order=20,
        action="登记司法建议书", outside=True, outlives=True, procedures=_J,
    ),
    Step(
        "replied", "书面回复", "reply_sent",
        phase="handling", basis=_COURT,
        asks=_MEASURES,
        after=(("judicial_suggestion_received",),), until=OVER, repeat=True, capability=CORRESPONDENT, actors="self", order=30,
        settles=("SPC-149-judicial-60d",), documents=("SF1",), outlives=True, procedures=_J,
    ),
    Step(
        "closed", "办结", "matter_closed",
        phase="closing", basis=_COURT,
        after=(("reply_sent",),), until=("matter_closed",), capability=CORRESPONDENT, actors="self", order=50, outlives=True, procedures=_J,
    ),
    Step(
        "sent", "发出监察建议书", "supervisory_advice_sent",
        phase="receiving", basis=_COMMISSION,
        asks=(
            Ask("@number", "文书号", required=True, help="例如 新监建〔2026〕6号。"), REPLY_BY,
            Ask("@content", "建议内容", kind="long", required=True),
        ),
        after=(), until=("supervisory_advice_sent", "supervisory_advice_received", *OVER),
        capability=COMMISSION, actors="self", order=10, declared=True, optional=True, outside=True, outlives=True, procedures=_A,
    ),
    Step(
        "received", "收到监察建议书", "supervisory_advice_received",
        phase="receiving", basis=_COMMISSION,
        asks=(
            Ask("@number", "文书号", required=True, fill="letter"),
            Ask("@reply_by", REPLY_BY.label, kind="date", help=REPLY_BY.help, fill="letter"),
            Ask("@content", "建议内容", kind="long", required=True, fill="letter"),
        ),
        after=(), until=("supervisory_advice_received", *OVER), capability=CORRESPONDENT, actors="self", order=20,
        action="签收监察建议书", declared=True, outside=True, outlives=True, procedures=_A,
    ),
    Step(
        "replied", "书面回复", "supervisory_advice_replied",
        phase="handling", basis="监察法第七十一条",
        asks=_MEASURES,
        after=(("supervisory_advice_received",),), until=OVER, repeat=True, capability=CORRESPONDENT, actors="self", order=30,
        declared=True, documents=("JW3",), outlives=True, procedures=_A,
    ),
    Step(
        "closed", "办结", "linkage_concluded",
        phase="closing", basis=_COMMISSION,
        after=(("supervisory_advice_replied",),), until=("linkage_concluded",), capability=CORRESPONDENT, actors="self", order=50,
        declared=True, outlives=True, procedures=_A,
    ),
    ASSIGN,
)  # fmt: skip


_PHASES = ("收到", "办理和回复", "办结")

JUDICIAL_2018 = declare_letter(
    JUDICIAL, "司法建议", _COURT, "litigation", date(2018, 2, 8),
    ("judicial_suggestion_received", "reply_sent", "matter_closed"), steps=_STEPS, phases=_PHASES,
)  # fmt: skip
ADVICE_2018 = declare_letter(
    ADVICE, "监察建议", _COMMISSION, "supervision_lead", date(2018, 3, 20),
    ("supervisory_advice_received", "supervisory_advice_replied", "linkage_concluded"), steps=_STEPS, phases=_PHASES,
)  # fmt: skip
