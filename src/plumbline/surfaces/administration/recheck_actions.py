"""What the system administrator may do about a re-check: start one, have stale verdicts judged anew, take the list away."""

from __future__ import annotations

from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.outbox import owe_many
from plumbline.platform.identity.actor import Actor
from plumbline.platform.jobs.models import Job
from plumbline.platform.recheck.models import Finding, FindingKind, RecheckRun
from plumbline.platform.recheck.running import start_recheck
from plumbline.platform.verdicts.evaluation import rule_book

from .actions import keep_event
from .events import FINDINGS_EXPORTED, RECHECK_ASKED, REEVALUATION_ASKED
from .policies import BASIS_RUNNING, may_run
from .recheck import as_csv, found_by


@action("administration.ask_recheck", policy=may_run, records=(RECHECK_ASKED,), basis=BASIS_RUNNING)
def ask_recheck(*, actor: Actor) -> Job:
    """Queue a re-check; one that is under way already is given back."""
    queued = start_recheck(actor=actor)
    keep_event(actor, RECHECK_ASKED, job=str(queued.pk))
    return queued


@action("administration.ask_reevaluation", policy=may_run, records=(REEVALUATION_ASKED,), basis=BASIS_RUNNING)
def ask_reevaluation(*, actor: Actor, run: RecheckRun, finding: Finding | None = None) -> int:
    """Owe the ordinary evaluation of every matter with a stale verdict (of one finding's only); returns how many."""
    rows = run.findings.filter(kind=FindingKind.STALE)
    if finding is not None:
        rows = rows.filter(pk=finding.pk)
    rules = rule_book().by_id
    owed: dict[str, set[str]] = {}
    for matter, rule in rows.values_list("matter_id", "rule"):
        if rule in rules:  # the verdict of a rule that is no longer in the book is judged by nobody
            owed.setdefault(matter, set()).update(rules[rule].subject)
    if not owed:
        raise InputFault(
            {"": "没有可以重新判断的：批量计算有误的要改程序，规则已不在规则库的没有规则可以判断。"}
        )
    owe_many(owed, to=("verdicts",))
    keep_event(actor, REEVALUATION_ASKED, run=run.pk, matters=len(owed))
    return len(owed)


@action("administration.export_findings", policy=may_run, records=(FINDINGS_EXPORTED,), basis=BASIS_RUNNING)
def export_findings(*, actor: Actor, run: RecheckRun, kind: str = "", rule: str = "") -> str:
    """The findings of a filter as CSV."""
    rows = found_by(run, kind, rule)
    keep_event(actor, FINDINGS_EXPORTED, run=run.pk, rows=rows.count())
    return as_csv(rows)
