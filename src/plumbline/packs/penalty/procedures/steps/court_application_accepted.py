"""The court accepts the application for compulsory execution (行政强制法 art. 56)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "court_application_accepted",
    "法院受理强制执行申请",
    "court_application_accepted",
    phase="execution",
    basis="行政强制法第五十六条",
    asks=(
        Ask("@court", "受理法院", kind="text", required=True),
        Ask("@number", "案号", kind="text", required=True),
    ),
    after=(("court_application_filed",),),
    of=Pair(("court_application_filed",), ("court_application_accepted",), "", "未受理的强制执行申请"),
    repeat=True,
    optional=True,
    outside=True,
    order=75,
    until=("case_closed",),
    group="申请法院执行",
    procedures=("ordinary", "summary"),
    action="登记法院受理",
)
