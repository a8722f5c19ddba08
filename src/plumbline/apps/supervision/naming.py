"""How an alert is called, and what it found."""

from __future__ import annotations

from plumbline.platform.verdicts.evaluation import rule_book

from .models import Alert


def breach_of(alert: Alert) -> str:
    """The breach in a few words, as its rule names it; the rule's id where the rule is no longer installed."""
    rule = rule_book().by_id.get(alert.rule)
    return rule.breach_zh if rule else alert.rule


def finding_of(alert: Alert) -> str:
    """The facts without the duty they are held against, which the verdict's sentence begins with."""
    rule = rule_book().by_id.get(alert.rule)
    duty = f"{rule.duty_zh}；" if rule else ""
    if duty and alert.facts.startswith(duty):
        return alert.facts.removeprefix(duty)
    # The duty was worded otherwise when the alert was raised: what was found is after its last semicolon.
    return alert.facts.rpartition("；")[2]
