"""What other apps may use of coordination: the district's own clocks, papers that come with a form, pages that are one form."""

from __future__ import annotations

from .clocks import Clock, running
from .forms import agency_field, files, long_text
from .packages import keep_uploads
from .web.detail import given_out
from .web.shared import form_page

__all__ = [
    "Clock",
    "agency_field",
    "files",
    "form_page",
    "given_out",
    "keep_uploads",
    "long_text",
    "running",
]
