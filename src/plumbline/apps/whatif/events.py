from __future__ import annotations

from plumbline.platform.events.declared import declare

WHATIF_ASKED = declare("whatif_asked", "进行假设推演")
WHATIF_EXPORTED = declare("whatif_exported", "导出假设推演")
