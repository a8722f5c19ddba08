"""Where the demonstration duties stand."""

from plumbline.lawbook import RuleFacts

PAPER = "Mannhardt 等：Balanced multi-perspective checking of process conformance（2016）"


def duty(rule_id: str, *, severity: str = "yellow", bound: str = "agency") -> RuleFacts:
    """Facts of a demonstration rule: stated in the paper, in force for the whole log, no article of any law."""
    return RuleFacts(
        id=rule_id,
        law=PAPER,
        article="演示义务",
        area="演示",
        trigger="",
        requirement="",
        limit="",
        n=None,
        unit="",
        extend="",
        suspend="",
        severity=severity,
        effective_from=None,
        effective_to=None,
        tier="X",
        domain="",
        core=False,
        bound=bound,
        dates_verified=True,
    )
