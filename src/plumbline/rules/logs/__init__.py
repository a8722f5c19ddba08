"""Event logs of other systems: reading XES, CSV and Parquet, and mapping their rows to events of the contract."""

from .conversion import Conversion, convert
from .mapping import DataField, LogMapping, Target, load_mapping
from .reading import Log, LogFault, open_log

__all__ = [
    "Conversion",
    "DataField",
    "Log",
    "LogFault",
    "LogMapping",
    "Target",
    "convert",
    "load_mapping",
    "open_log",
]
