"""The rule language and its reader for one matter: rules, verdicts, explanations."""

from .book import RuleBook, RuleBookDefect
from .evaluate import ConflictingOverlays, evaluate
from .explain import Explanation, conclusion_zh, explain
from .rule import Example, Overlay, Rule
from .verdict import Citation, Verdict

__all__ = [
    "Citation",
    "ConflictingOverlays",
    "Example",
    "Explanation",
    "Overlay",
    "Rule",
    "RuleBook",
    "RuleBookDefect",
    "Verdict",
    "conclusion_zh",
    "evaluate",
    "explain",
]
