"""Where the fault tests kill the server. Empty, and without any effect, in every other place."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string


def fault_point(where: str, record_id: str) -> None:
    """Call the setting ``FIELD_FAULT_POINT``, which only the test environment may have."""
    if settings.FIELD_FAULT_POINT:
        import_string(settings.FIELD_FAULT_POINT)(where, record_id)
