"""What happens as days pass: the log is read on, reports of the year that is over open, published ones are recounted."""

from __future__ import annotations

from datetime import timedelta

from plumbline.platform import clock
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.verdicts.evaluation import on_clock

from .actions import open_duty, open_report
from .checking import changes_since
from .duties import duties
from .keeping import catch_up
from .models import AnnualReport, AnnualVersion, DutyReport

AT_ONCE = 4000


def units() -> list[Agency]:
    """Who reports: every enforcement subject, streets included, in the order of the register."""
    return list(Agency.objects.filter(enforces=True).order_by("code"))


@on_clock
def read_the_log() -> None:
    """Count everything the log has gained, some thousands of matters in a transaction."""
    while not catch_up(most=AT_ONCE):
        pass
    catch_up()


@on_clock
def open_due_reports() -> int:
    """Open last year's report for every unit that has none; returns how many are new."""
    year = clock.today().year - 1
    with whole_district():
        there = set(
            AnnualReport.objects.unscoped("尚未开始的年报")
            .filter(year=year)
            .values_list("agency_id", flat=True)
        )
        wanted = [agency for agency in units() if agency.code not in there]
        for agency in wanted:
            open_report(actor=system_actor("reports"), agency=agency, year=year)
    return len(wanted)


@on_clock
def open_due_duties() -> int:
    """Open last year's other yearly reports for every body that owes one and has none; returns how many are new."""
    year, made = clock.today().year - 1, 0
    with whole_district():
        there = set(
            DutyReport.objects.unscoped("尚未开始的年度报告")
            .filter(year=year)
            .values_list("kind", "agency_id")
        )
        for duty in duties().values():
            for agency in duty.bodies(clock.today()):
                if (duty.key, agency.code) not in there:
                    open_duty(actor=system_actor("reports"), duty=duty, agency=agency, year=year)
                    made += 1
    return made


@on_clock
def recount_published() -> int:
    """Once a day, count every published version again; returns how many differ from what is known now."""
    now = clock.now()
    differing = 0
    with whole_district():
        rows = AnnualVersion.objects.exclude(published_on=None).exclude(
            checked_at__gt=now - timedelta(hours=20)
        )
        for version in rows.select_related("report__agency"):
            recount(version)
            differing += bool(version.drift)
    return differing


def recount(version: AnnualVersion) -> AnnualVersion:
    """Compare a version with the facts and keep what came out: cells that differ now, and whether it was right then."""
    changes = changes_since(version)
    version.checked_at = clock.now()
    version.drift = sum(1 for each in changes if each.differs)
    version.intact = all(each.intact for each in changes)
    version.save(update_fields=["checked_at", "drift", "intact"])
    return version
