"""Enforcement outside one's own region: on a basis, by the procedure, through the channel, never for gain (民营经济促进法第六十四条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import Check, all_of, field

_LAWFUL = {
    "authority_basis": True,
    "procedure_followed": True,
    "assistance_channel": True,
    "for_gain": False,
}


def _inspected(changes: dict[str, Any], on: str = "2026-06-01") -> dict[str, Any]:
    stated = {**_LAWFUL, **changes}
    remote = {name: value for name, value in stated.items() if value is not None}
    return step("inspection_started", on, kind="inspection", remote=remote)


RULE = Rule(
    id="PEP-64-remote",
    subject=("case_filed", "inspection_started", "sealed", "seized"),
    when=field("remote").is_stated(),
    require=Check(
        all_of(
            field("remote.authority_basis").is_true(),
            field("remote.procedure_followed").is_true(),
            field("remote.assistance_channel").is_true(),
            field("remote.for_gain").is_false(),
        )
    ),
    gate=True,
    breach_zh="违规异地执法",
    duty_zh="到本行政区域以外执法，应有法定权限和条件，履行异地执法程序并通过协助渠道；不得为牟利而异地执法",
    remedy_zh="请停止异地执法，通过协助渠道商请当地机关协助或者移送。",
    examples=(
        Example("权限、程序、渠道齐备", "met", (_inspected({}),), "2026-06-10"),
        *(
            Example(f"{zh}", "breached", (_inspected({name: value}),), "2026-06-10")
            for zh, name, value in (
                ("没有法定权限", "authority_basis", False),
                ("没有履行程序", "procedure_followed", False),
                ("没有通过协助渠道", "assistance_channel", False),
                ("为经济利益", "for_gain", True),
            )
        ),
        *(
            Example(f"没有填报：{zh}", "unknown", (_inspected({name: None}),), "2026-06-10")
            for zh, name in (
                ("权限", "authority_basis"),
                ("程序", "procedure_followed"),
                ("渠道", "assistance_channel"),
                ("目的", "for_gain"),
            )
        ),
        Example("异地立案", "breached", (filed(remote={"for_gain": True}),), "2026-06-10"),
        Example("异地立案，内容没有填报", "unknown", (filed(remote={}),), "2026-06-10"),
        *(
            Example(
                f"异地{zh}", "met", (step(name, "2026-06-01", measure="C1", remote=_LAWFUL),), "2026-06-10"
            )
            for zh, name in (("查封", "sealed"), ("扣押", "seized"))
        ),
        Example("在本行政区域执法", "not_applicable", (filed(),), "2026-06-10"),
        *(
            Example(f"法律{when}", verdict, (_inspected({"for_gain": True}, on),), "2025-06-10")
            for when, verdict, on in (
                ("施行前", "not_applicable", "2025-05-19"),
                ("施行之日", "breached", "2025-05-20"),
            )
        ),
    ),
)
