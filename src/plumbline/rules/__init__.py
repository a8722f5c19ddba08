"""The rule language and its reader for one matter: rules, verdicts, explanations; and for a log (``api``)."""

from .api import EventLog, duty, judge, read_log, vocabulary, write_report
from .book import RuleBook, RuleBookDefect
from .evaluate import ConflictingOverlays, evaluate
from .explain import Explanation, conclusion_zh, explain
from .logs import LogFault
from .rule import Example, Overlay, Rule
from .verdict import Citation, Verdict

__all__ = [
    "Citation",
    "ConflictingOverlays",
    "EventLog",
    "Example",
    "Explanation",
    "LogFault",
    "Overlay",
    "Rule",
    "RuleBook",
    "RuleBookDefect",
    "Verdict",
    "conclusion_zh",
    "duty",
    "evaluate",
    "explain",
    "judge",
    "read_log",
    "vocabulary",
    "write_report",
]
