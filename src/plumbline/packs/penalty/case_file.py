"""Which documents of a penalty lie in the auxiliary volume (副卷): the agency's own deliberation, not shown to a reader of the main one.

This is archival practice, not law: an officer moves a document to the other volume where the agency does otherwise.
"""

from __future__ import annotations

AUXILIARY = frozenset({"D21", "D23", "D24", "D26", "D29", "D30", "D34", "D43"})
CLOSING = "D44"  # 卷内目录和备考表: made with the file, never bound into it as a document
