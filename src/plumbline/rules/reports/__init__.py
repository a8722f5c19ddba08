"""What a check of a file is written as. A format is one module in ``formats/`` with a ``Report``; nothing registers it."""

from .base import About, Judged, Report, Totals, begun
from .registry import formats

__all__ = ["About", "Judged", "Report", "Totals", "begun", "formats"]
