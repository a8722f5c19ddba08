"""Duties that the procedure rules of several fields state alike: each family says the duty once, a rule file states its row."""

from plumbline.rules.expression import Expression
from plumbline.rules.language import case


def in_domain(domain: str) -> Expression:
    """The case lies in the field whose procedure rules speak; a field not stated leaves it open."""
    return case("domain").eq(domain)


def other_domain(domain: str) -> str:
    """A field without the duty, for examples."""
    return "health" if domain != "health" else "other"
