"""Event logs of other systems: reading XES, CSV and Parquet, and mapping their rows to events of the contract."""

from .conversion import Conversion, convert
from .event_lines import EventLines, is_log, lines_of_log
from .event_table_lines import is_event_table
from .mapping import DataField, LogMapping, Target, load_mapping, read_mapping
from .reading import Log, LogFault, open_log, xes_to_parquet

__all__ = [
    "Conversion",
    "DataField",
    "EventLines",
    "Log",
    "LogFault",
    "LogMapping",
    "Target",
    "convert",
    "is_event_table",
    "is_log",
    "lines_of_log",
    "load_mapping",
    "open_log",
    "read_mapping",
    "xes_to_parquet",
]
