"""The fingerprint of content that is frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content's canonical JSON."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
