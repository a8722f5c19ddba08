"""Applying to the court for compulsory execution within three months (行政强制法 arts 53, 54)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "court_application_filed",
    "申请法院强制执行",
    "court_application_filed",
    phase="execution",
    basis="行政强制法第五十三条、第五十四条",
    asks=(Ask("@court", "受理法院", kind="text", required=True),),
    after=(("demand_notice_served",),),
    approval="cases.approve",
    actors="approver",
    group="申请法院执行",
    repeat=True,
    optional=True,
    order=70,
    until=("case_closed",),
    demands=("ACL-54-reminder-10wd",),
    settles=("ACL-53-court-3m",),
    documents=("D40",),
    procedures=("ordinary", "summary"),
)
