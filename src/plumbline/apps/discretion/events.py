"""The platform activity of discretion. What is decided is the contract's decision_made."""

from __future__ import annotations

from plumbline.platform.events.declared import declare

RECKONED = declare("discretion_reckoned", "裁量计算")
