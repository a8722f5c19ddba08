"""What is wrong with a log."""

from __future__ import annotations


class LogFault(Exception):
    """The log or its mapping cannot be read; the message says where and what to do."""
