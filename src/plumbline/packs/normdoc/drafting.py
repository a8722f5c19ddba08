"""What the maker said of a document when it was drafted."""

from plumbline.rules.expression import Expression
from plumbline.rules.language import any_of, event, exists, it, not_

_DRAFTED = event("document_drafted")


def draft_says(name: str) -> Expression:
    """Some draft states ``name`` of the document. Where no drafting is recorded nobody has said."""
    said = exists(event("document_drafted", where=it(name).is_true()))
    return any_of(said, not_(exists(_DRAFTED).or_unknown(f"document_drafted.{name}")))
