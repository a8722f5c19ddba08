"""Keeping the register of targets: adding, changing with the day, merging duplicates. Nothing that was said is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from .events import TARGET_ADDED, TARGET_CHANGED, TARGETS_MERGED
from .models import Kind, Life, Target, TargetVersion
from .numbers import check_credit_code, check_identity
from .policies import may_keep_targets, may_merge_targets

BASIS = "国办发〔2015〕58号；新政办[2022]14号 二(二)3"
FIELDS = (
    "kind", "name", "trade", "address", "legal_representative", "division_code", "life", "life_on", "tags",
)  # fmt: skip


@action("targets.add_target", policy=may_keep_targets, records=(TARGET_ADDED,), basis=BASIS)
def add_target(
    *, actor: Actor, values: Mapping[str, Any], reason: str = "", on: date | None = None
) -> Target:
    """Enter a target by its official number, which is checked and must be new."""
    faults = wrong_with(values, fresh=True)
    if faults:
        raise InputFault(faults)
    kept = tidy(values)
    target = Target.objects.create(since=on or clock.today(), **kept)
    keep_version(actor, target, on or clock.today(), reason)
    _tell(actor, target, TARGET_ADDED, {})
    return target


@action("targets.change_target", policy=may_keep_targets, records=(TARGET_CHANGED,), basis=BASIS)
def change_target(
    *, actor: Actor, target: Target, values: Mapping[str, Any], reason: str, on: date | None = None
) -> Target:
    """Keep what is different from ``on``; the number itself never changes."""
    if target.merged_into_id is not None:
        raise InputFault({"": f"该对象已并入{target.merged_into}。请在合并后的对象上办理。"})
    whole = {name: getattr(target, name) for name in FIELDS} | dict(values)
    whole |= {"credit_code": target.credit_code, "identity_number": target.identity_number}
    faults = wrong_with(whole, fresh=False)
    if not reason.strip():
        faults["reason"] = "请写明变更的理由或者来源，例如登记机关的变更通知。"
    day = on or clock.today()
    if day > clock.today():
        faults["on"] = f"变更日 {day} 在将来。请在生效当日或者之后登记。"
    if faults:
        raise InputFault(faults)
    kept = tidy(whole)
    changed = [name for name in FIELDS if kept[name] != getattr(target, name)]
    if not changed:
        raise InputFault({"": "内容没有变化，没有登记。"})
    for name in changed:
        setattr(target, name, kept[name])
    target.save(update_fields=changed)
    keep_version(actor, target, day, reason)
    _tell(actor, target, TARGET_CHANGED, {"fields": changed})
    return target


@action("targets.merge_targets", policy=may_merge_targets, records=(TARGETS_MERGED,), basis=BASIS)
def merge_targets(*, actor: Actor, keep: Target, drop: Target, reason: str) -> None:
    """The two rows are one party: from now on ``keep`` stands for both, with the history of both."""
    faults: dict[str, str] = {}
    if keep.pk == drop.pk:
        faults["drop"] = "请选择另一个对象。"
    if keep.merged_into_id is not None or drop.merged_into_id is not None:
        faults["drop"] = "其中一个对象已经合并过。请打开合并后的对象。"
    if (keep.kind == Kind.NATURAL_PERSON) != (drop.kind == Kind.NATURAL_PERSON):
        faults["drop"] = "自然人和单位不能合并。"
    if not reason.strip():
        faults["reason"] = "请写明为什么是同一个对象，例如换发统一社会信用代码。"
    if faults:
        raise InputFault(faults)
    drop.merged_into = keep
    drop.save(update_fields=["merged_into"])
    drop.merged.update(merged_into=keep)
    _close(drop, clock.today())
    _tell(actor, keep, TARGETS_MERGED, {"merged": drop.pk, "reason": reason.strip()})


def wrong_with(values: Mapping[str, Any], *, fresh: bool, old_form: bool = False) -> dict[str, str]:
    """What is wrong with a row, by field."""
    faults: dict[str, str] = {}
    kind = values.get("kind")
    if kind not in Kind.values:
        faults["kind"] = "请选择类别。"
    if not str(values.get("name") or "").strip():
        faults["name"] = "请填写名称或者姓名。"
    name = "identity_number" if kind == Kind.NATURAL_PERSON else "credit_code"
    typed = str(values.get(name) or "").strip()
    word = "身份证号" if name == "identity_number" else "统一社会信用代码"
    if not typed:
        faults[name] = f"请填写{word}。"
    else:
        checked = (
            check_identity(typed, on=clock.today(), old_form=old_form)
            if name == "identity_number"
            else check_credit_code(typed)
        )
        if checked.fault:
            faults[name] = f"{word}{checked.fault_zh}。请核对证照上的号码。"
        elif fresh and (known := Target.objects.filter(**{name: checked.number}).first()) is not None:
            faults[name] = f"名录中已有这个{word}：{known.name}。请打开该对象更新。"
    if values.get("life") not in Life.values:
        faults["life"] = "请选择登记状态。"
    elif values["life"] != Life.ACTIVE and not values.get("life_on"):
        faults["life_on"] = "注销、吊销的，请填写日期。"
    return faults


def tidy(values: Mapping[str, Any], *, old_form: bool = False) -> dict[str, Any]:
    """The row as it is kept: numbers in their plain form, texts without spaces at the ends."""
    kept: dict[str, Any] = {
        name: str(values.get(name) or "").strip()
        for name in ("kind", "name", "trade", "address", "legal_representative", "division_code", "life")
    }
    kept["tags"] = sorted({str(tag).strip()[:20] for tag in values.get("tags") or () if str(tag).strip()})
    kept["life_on"] = values.get("life_on") if kept["life"] != Life.ACTIVE else None
    natural = kept["kind"] == Kind.NATURAL_PERSON
    kept["credit_code"] = None if natural else check_credit_code(str(values.get("credit_code") or "")).number
    kept["identity_number"] = (
        check_identity(str(values.get("identity_number") or ""), on=clock.today(), old_form=old_form).number
        if natural
        else None
    )
    return kept


def stated(target: Target) -> dict[str, Any]:
    """What the register says of a target, as a version keeps it."""
    values = {name: getattr(target, name) for name in FIELDS}
    values["life_on"] = target.life_on.isoformat() if target.life_on else None
    return values


def keep_version(actor: Actor, target: Target, on: date, reason: str) -> None:
    """Write what the register says from ``on``; the version before ends the day before."""
    _close(target, on)
    TargetVersion.objects.create(
        target=target, values=stated(target), valid_from=on, reason=reason.strip()[:200], by_label=actor.label,
        at=clock.now(),
    )  # fmt: skip


def _close(target: Target, on: date) -> None:
    for version in target.versions.filter(valid_to=None):
        version.valid_to = max(version.valid_from, on - timedelta(days=1))
        version.save(update_fields=["valid_to"])


def _tell(actor: Actor, target: Target, activity: str, data: dict[str, Any]) -> None:
    """The log names the row, never the party."""
    record(
        actor=actor, matter=f"TARGET-{target.pk}", kind="register", activity=activity, agency=actor.agency_code,
        data={"target": target.pk, **data},
    )  # fmt: skip
