"""Lists that a district must keep (清单、目录、名录): declared once by the app that owns the rows.

An app writes ``lists.py``, calls ``register(Register(...))`` there and imports it in ``ready()``. From the declaration come,
in ``plumbline.apps.registers``: the list page, export, template, import with dry run, revisions with review, history and undo.

    from plumbline.platform.lists import Choice, Column, DatedTable, Day, Register, Text, register

    register(Register(
        key="inspection-items", title="行政检查事项清单", owner="agency", basis="…第…条", order=50,
        columns=(Column("code", "事项编码", Code(50), required=True, example="JC-01"), …),
        keys=("code",), table=DatedTable(InspectionItem, agency="agency_id", read=…, write=…),
    ))
"""

from .cells import (
    Agencies,
    Cell,
    CellFault,
    Choice,
    Choices,
    Code,
    Day,
    Lines,
    Money,
    Text,
    Whole,
    half_width,
    remembering,
)
from .citations import Basis
from .dated import DatedTable
from .declaration import (
    Change,
    ChangeRefused,
    Column,
    Kept,
    Kind,
    Register,
    Row,
    Table,
    Values,
    find_register,
    register,
    registers,
)

__all__ = [
    "Agencies",
    "Basis",
    "Cell",
    "CellFault",
    "Change",
    "ChangeRefused",
    "Choice",
    "Choices",
    "Code",
    "Column",
    "DatedTable",
    "Day",
    "Kept",
    "Kind",
    "Lines",
    "Money",
    "Register",
    "Row",
    "Table",
    "Text",
    "Values",
    "Whole",
    "find_register",
    "half_width",
    "register",
    "registers",
    "remembering",
]
