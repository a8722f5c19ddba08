"""How a normative document is made, kept and ended: a dated declaration, chosen by the day the drafting began."""

from __future__ import annotations

from plumbline.packs.procedures import Procedure

from .making import MAKING_2022

PROCEDURES: tuple[Procedure, ...] = (MAKING_2022,)


def procedure(version: str) -> Procedure:
    """The declaration a document was begun under; KeyError when there is none."""
    for each in PROCEDURES:
        if each.version == version:
            return each
    raise KeyError(version)
