"""An application handed in at the agency that fined on the spot or by a device's record (行政复议法第三十二条第一款)."""

from plumbline.rules.expression import Expression
from plumbline.rules.language import all_of, field


def handed_in_and(intent: str) -> Expression:
    """The decision is of such a kind, and the agency means to ``uphold`` it or to ``self_correct``."""
    return all_of(field("decision_kind").one_of("on_spot", "e_monitoring"), field("intent").eq(intent))
