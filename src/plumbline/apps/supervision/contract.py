"""What other apps may use of supervision: to declare a kind of finding, and to say what was found.

An app whose register holds a fact that no rule reads declares a ``FindingKind`` and calls ``keep_findings`` whenever the register
or the matters change. What becomes of a finding is supervision's alone.
"""

from __future__ import annotations

from .findings import Finding, FindingKind, FindingLine, declare_finding, keep_findings

__all__ = ["Finding", "FindingKind", "FindingLine", "declare_finding", "keep_findings"]
