"""How a record's kind answers when it neither acts nor refuses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """The record was dealt with: the matter it belongs to, and a sentence for the officer."""

    matter_id: str
    message: str


class Waiting(Exception):
    """The record has to wait for something else; ``what`` is what, the text says it to the officer."""

    def __init__(self, what: str, message: str) -> None:
        super().__init__(message)
        self.what = what


class Conflict(Exception):
    """Somebody else has recorded the same thing with other content: a person decides."""

    def __init__(self, matter_id: str, message: str) -> None:
        super().__init__(message)
        self.matter_id = matter_id
