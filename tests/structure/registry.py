"""Every id that others rely on, in one committed file, so that a dropped one is seen in review.

``python -m tests.structure.registry --renew`` writes the lock anew; without the flag it shows what differs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import yaml

from plumbline.rules.book import STANDARD_PACKS

LOCK = Path(__file__).with_name("registry.lock.yaml")
HEAD = "# Written by: python -m tests.structure.registry --renew. A line that goes away is a promise taken back.\n"
PACKS = (*STANDARD_PACKS, "plumbline.packs.traffic_fines")


def collected() -> dict[str, list[str]]:
    """The ids as the code declares them now; Django must be set up."""
    from django.urls import get_resolver

    from plumbline.packs.penalty.documents import TEMPLATES
    from plumbline.packs.penalty.procedures import PROCEDURES
    from plumbline.platform.actions import registered_actions
    from plumbline.platform.events.declared import declared_activities
    from plumbline.platform.identity.capabilities import ADMINISTRATOR_POWERS, CAPABILITIES
    from plumbline.rules import RuleBook
    from plumbline.vocabulary import load_vocabulary

    assert get_resolver().url_patterns  # some actions are declared beside their pages
    steps = [f"{p.key} {p.version} {key}" for p in PROCEDURES for key in p.steps]
    found = {
        "rules": [rule.id for rule in RuleBook.load(PACKS).rules],
        "actions": list(registered_actions()),
        "activities_of_the_contract": list(load_vocabulary().activities),
        "platform_activities": list(declared_activities()),
        "capabilities": list(CAPABILITIES),
        "administrator_powers": list(ADMINISTRATOR_POWERS),
        "procedure_steps": steps,
        "document_templates": list(TEMPLATES),
    }
    return {kind: sorted(ids) for kind, ids in found.items()}


def locked() -> dict[str, list[str]]:
    kept: dict[str, list[str]] = yaml.safe_load(LOCK.read_text(encoding="utf-8"))
    return kept


def difference() -> list[str]:
    """``-`` for an id that is locked and gone, ``+`` for one that is not locked yet."""
    now, kept = collected(), locked() if LOCK.exists() else {}
    lines = []
    for kind in sorted(now | kept):
        before, after = set(kept.get(kind, ())), set(now.get(kind, ()))
        lines += [f"- {kind}: {each}" for each in sorted(before - after)]
        lines += [f"+ {kind}: {each}" for each in sorted(after - before)]
    return lines


def main(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plumbline.project.settings")
    import django

    django.setup()
    lines = difference()
    print("\n".join(lines) or "registry.lock.yaml is up to date")
    if "--renew" in words:
        LOCK.write_text(HEAD + yaml.safe_dump(collected(), allow_unicode=True), encoding="utf-8")
        return 0
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
