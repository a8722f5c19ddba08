"""How a normative document or a major policy decision is made, kept and ended: dated declarations, by kind and first day."""

from __future__ import annotations

from plumbline.packs.procedures import Procedure

from .deciding import DECIDING_2019
from .making import MAKING_2022

PROCEDURES: tuple[Procedure, ...] = (MAKING_2022, DECIDING_2019)


def procedure(kind: str, version: str) -> Procedure:
    """The declaration a matter was begun under; KeyError when there is none."""
    for each in PROCEDURES:
        if (each.kind, each.version) == (kind, version):
            return each
    raise KeyError(kind, version)
