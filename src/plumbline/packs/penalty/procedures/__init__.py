"""Procedures of administrative penalty, and of compulsion by itself, by key and version.

``procedure_for`` gives the version in force when a case is opened; ``procedure`` the version a case was opened under.
"""

from __future__ import annotations

from datetime import date

from plumbline.packs.procedures import Procedure

from .compulsion import EXECUTION, EXECUTION_2012, MEASURE, MEASURE_2012
from .ordinary import ORDINARY_2021
from .summary import SUMMARY_2021

PROCEDURES: tuple[Procedure, ...] = (MEASURE_2012, EXECUTION_2012, ORDINARY_2021, SUMMARY_2021)
#: Those of a matter of compulsion that no penalty case holds.
COMPULSION: tuple[str, ...] = (MEASURE, EXECUTION)


def procedure(key: str, version: str) -> Procedure:
    """The declaration a case was opened under; KeyError when there is none."""
    for each in PROCEDURES:
        if (each.key, each.version) == (key, version):
            return each
    raise KeyError(f"{key} {version}")


def procedure_for(key: str, on: date) -> Procedure:
    """The version of procedure ``key`` in force on a day."""
    fitting = [each for each in PROCEDURES if each.key == key and each.in_force_from <= on]
    if not fitting:
        raise KeyError(f"{key} on {on}")
    return max(fitting, key=lambda each: each.in_force_from)
