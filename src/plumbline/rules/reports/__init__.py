"""What a check of a file is written as. A format is one module in ``formats/`` with a ``Report``; nothing registers it."""

from .base import VERDICTS, About, Judged, Report, Totals, begun
from .registry import formats

__all__ = ["VERDICTS", "About", "Judged", "Report", "Totals", "begun", "formats"]
