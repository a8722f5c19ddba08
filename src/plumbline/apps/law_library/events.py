"""Platform activities of the law library. No rule reads these."""

from __future__ import annotations

from plumbline.platform.events.declared import declare

TEXTS_LOADED = declare("texts_loaded", "装载法规原文", owes=("registers.watch",))
CITATIONS_REAFFIRMED = declare("citations_reaffirmed", "重新确认引用")
PARAMETER_SET = declare("local_parameter_set", "登记地方参数")
PARAMETER_WITHDRAWN = declare("local_parameter_withdrawn", "撤销地方参数")
THRESHOLD_SET = declare("crime_threshold_set", "登记追诉标准")
THRESHOLD_WITHDRAWN = declare("crime_threshold_withdrawn", "撤销追诉标准")

LAW = "law"  # the kind of matter of all of them
