"""The contract carried here against the one the district's systems were given, and against itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from plumbline.vocabulary.contract import CONTRACT_FILE, load_vocabulary
from tests.vocabulary.documents import WORDS

_ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("PLUMBLINE_SHARED", _ROOT.parent / "shared")) / "spec" / "event-contract.yaml"
_DIFFERENCES = "docs/adr/0010-rules-beside-the-contract.md"
# Where the copy may say more or other than the contract given out, with the decision that says why.
EXPLAINED: dict[str, str] = {
    f"/domain_rules/{rule}/{part}": _DIFFERENCES
    for rule, parts in {
        "SAMR-18-filing-15wd": "if ended_by reads",
        "MOHURD-15-check-15wd": "if ended_by reads",
        "MEE-18-filing-15d": "if reads",
        "MEM-34-filing-5wd": "if reads",
        "MARA-29-filing-7wd": "if ended_by reads",
        "MEM-57-hearing-15d": "ended_by reads",
        "SAMR-50-after-hearing": "says reads",
        "SAMR-55-review-10wd": "if",
        "MOHURD-25-review-10wd": "if",
        "MARA-53-review-5wd": "if extensions reads",
        "SAMR-49-separate-reviewer": "if says reads",
        "MOHURD-14-record-3wd": "if",
        "MEM-33-record-5wd": "if",
        "SAMR-70-archive-7wd": "if",
        "SAMR-77-close-15wd": "if reads",
        "MOHURD-31-close-15wd": "if reads",
        "MEM-54-close-10wd": "if reads",
        "EIP-6-20wd": "if reads",
        "SAMP-8-tell-party": "if reads",
        "PSL-136-sealed": "if",
    }.items()
    for part in parts.split()
} | {
    f"/rules/{rule}/{part}": _DIFFERENCES
    for rule, parts in {
        "ACL-53-court-3m": "stop reads",
        "TSC-3-must-transfer": "reads says",
        "T118-6-other-20wd": "if reads",
        "NDRC-19-report-change": "if reads",
        "LV-23-petition-15d": "if",
        "LBG-23-report-0301": "stop",
        "REC-48-answer-10wd": "says",
        "REC-54-answer-5wd": "says",
        "ALL-46-sue-6m": "says",
        "ALL-67-evidence-15d": "says",
    }.items()
    for part in parts.split()
}


def _leaves(value: Any, path: str = "") -> dict[str, Any]:
    if isinstance(value, dict):
        return {k: v for name, each in value.items() for k, v in _leaves(each, f"{path}/{name}").items()}
    return {path: value}


def test_copy_carries_the_contract_given_out() -> None:
    if not SHARED.exists():
        pytest.skip(f"事件契约副本未核对 CONTRACT COPY NOT COMPARED: no file {SHARED}; set PLUMBLINE_SHARED")
    ours, theirs = (_leaves(yaml.safe_load(path.read_bytes())) for path in (CONTRACT_FILE, SHARED))
    assert len(theirs) > 2000
    differing = {path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path)}
    assert differing == set(EXPLAINED)
    assert all((_ROOT / note).exists() for note in EXPLAINED.values())


def test_every_type_named_exists() -> None:
    known = {*WORDS.types, *WORDS.enums, *WORDS.objects, "activity", "data"}
    groups = [WORDS.envelope, *WORDS.objects.values(), *(a.fields for a in WORDS.activities.values())]
    groups += [*WORDS.registers.values(), *WORDS.register_objects.values()]
    known |= set(WORDS.register_objects)
    used = {spec["type"].removesuffix("?").strip("[]") for fields in groups for spec in fields.values()}
    assert used <= known


def test_every_field_and_value_has_a_chinese_name() -> None:
    for activity in WORDS.activities.values():
        assert activity.name_zh[0] >= "\u4e00", activity.name
        for name, spec in activity.fields.items():
            assert spec.get("zh"), f"{activity.name}.{name}"
    for name, values in WORDS.enums.items():
        assert all(isinstance(v, str) and zh for v, zh in values.items()), name


def test_lists_inside_the_contract_name_what_exists() -> None:
    for members in WORDS.activity_groups.values():
        assert set(members) <= set(WORDS.activities)
    assert WORDS.complete_registers.isdisjoint(WORDS.lookup_registers)
    assert (WORDS.complete_registers | WORDS.lookup_registers) <= set(WORDS.registers)
    for group in WORDS.approver_groups.values():
        assert set(group) <= set(WORDS.enums["approver"])
    for activity in WORDS.activities.values():
        for spec in activity.fields.values():
            for sister in spec.get("required_if", {}):
                assert sister in activity.fields
    assert set(WORDS.overlays) <= set(WORDS.rule_specs)


def test_a_pack_may_add_words_and_not_change_them(tmp_path: Path) -> None:
    extra = tmp_path / "vocabulary.yaml"
    extra.write_text(
        "enums: {domain: {space: 航天}, colour: {red: 红}}\n"
        "activities:\n  rocket_seen: {zh: 看见火箭, kinds: [penalty], data: {colour: {type: colour, required: true, zh: 颜色}}}\n",
        "utf-8",
    )
    words = load_vocabulary(extra)
    assert words.label("domain", "space") == "航天"
    assert words.activity_zh("rocket_seen") == "看见火箭"
    assert "space" not in load_vocabulary().enums["domain"]
    assert words.label("domain", "nowhere") == "nowhere"
    assert words.activity_zh("nothing_known") == "nothing_known"
    for clash in (
        "enums: {domain: {market: 市场}}",
        "activities: {case_filed: {zh: 立案, kinds: all, data: {}}}",
    ):
        changed = tmp_path / f"{abs(hash(clash))}.yaml"
        changed.write_text(clash, "utf-8")
        with pytest.raises(ValueError, match="another meaning"):
            load_vocabulary(changed)
