"""Platform activities of inspections: what the event contract has no word for."""

from __future__ import annotations

from plumbline.platform.events.declared import declare

INSPECTION_FILED = declare("inspection_filed", "登记检查结果")
INSPECTION_CONVERTED = declare("inspection_converted", "检查转为案件")
INSPECTION_COMPELLED = declare("inspection_compelled", "检查中采取行政强制")
PLACE_DELETED = declare("inspection_place_deleted", "删除检查定位")
