"""Sealing, seizure and forced demolition are recorded in sound and picture throughout (国办发〔2018〕118号第八点)."""

from plumbline.rules import Example, Rule
from plumbline.rules.language import Check, activity, any_of, field

from ..histories import executed, taken

RULE = Rule(
    id="T118-8-full-av",
    subject=("sealed", "seized", "execution_done"),
    when=any_of(activity().ne("execution_done"), field("object").eq("structure")),
    require=Check(field("av_record").eq("full")),
    breach_zh="未全程音像记录",
    duty_zh="查封、扣押和强制拆除应当全程录音录像",
    remedy_zh="请补充说明未能全程音像记录的原因，并把已有记录归档。",
    examples=(
        *(
            Example(
                f"{zh}，全程音像记录", "met", (taken("2026-06-01", name, av_record="full"),), "2026-06-10"
            )
            for zh, name in (("查封", "sealed"), ("扣押", "seized"))
        ),
        Example("只有部分音像记录", "breached", (taken("2026-06-01", av_record="partial"),), "2026-06-10"),
        Example("没有音像记录", "breached", (taken("2026-06-01", "seized", av_record="none"),), "2026-06-10"),
        Example("没有填报", "unknown", (taken("2026-06-01"),), "2026-06-10"),
        Example("强制拆除，全程音像记录", "met", (executed("2026-06-01", av_record="full"),), "2026-06-10"),
        Example(
            "强制拆除，只有部分音像记录",
            "breached",
            (executed("2026-06-01", av_record="partial"),),
            "2026-06-10",
        ),
        Example("强制拆除，没有填报", "unknown", (executed("2026-06-01"),), "2026-06-10"),
        Example(
            "执行的不是建筑物",
            "not_applicable",
            (executed("2026-06-01", "goods", av_record="none"),),
            "2026-06-10",
        ),
        *(
            Example(f"文件{when}", verdict, (taken(on, av_record="none"),), "2019-01-01")
            for when, verdict, on in (
                ("施行前", "not_applicable", "2018-12-04"),
                ("施行之日", "breached", "2018-12-05"),
            )
        ),
    ),
)
