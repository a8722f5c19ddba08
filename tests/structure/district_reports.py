"""The street's annual report with a signed and published version, and its special report."""

from __future__ import annotations

from typing import Any

from plumbline.apps.reporting.figures import line_of
from plumbline.apps.reporting.freezing import content_of, digest
from plumbline.apps.reporting.models import (
    AnnualReport,
    AnnualVersion,
    DutyReport,
    DutyVersion,
    SpecialReport,
    SpecialRound,
)
from plumbline.platform import clock
from plumbline.platform.files.store import keep


def report_objects(party: str, street: str) -> dict[str, Any]:
    """``party`` stands in what only the street and the district may read."""
    today = clock.today()
    year = today.year - 1
    report = AnnualReport.objects.create(
        matter_id=f"NB-{year}-{street}",
        agency_id=street,
        year=year,
        opened_on=today,
        explanations={"T1.P03": party},
    )
    content = content_of(AnnualReport(agency=report.agency, year=year), line_of(report), {})
    AnnualVersion.objects.create(
        report=report, number=1, content=content, sha256=digest(content), pdf_sha256=keep([b"%PDF-1.7"]).sha256,
        counted_at=clock.now(), signed_on=today, signed_label="负责人", published_on=today,
    )  # fmt: skip
    asked = SpecialRound.objects.create(
        title="工作情况报告", from_on=today, to_on=today, due_on=today, opened_on=today, opened_label="监督员"
    )
    SpecialReport.objects.create(round=asked, agency_id=street, matter_id="ZB-1", text={"experience": party})
    duty = DutyReport.objects.create(
        kind="law-based-government", matter_id=f"FZ-{year}-{street}", agency_id=street, year=year, opened_on=today,
        text={"done": party},
    )  # fmt: skip
    told = {"agency_name": "街道", "year": year, "title": "年度报告", "basis": "依据", "parts": []}
    DutyVersion.objects.create(
        report=duty, number=1, content=told, sha256=digest(told), pdf_sha256=keep([b"%PDF-1.7"]).sha256,
        counted_at=clock.now(), signed_on=today, signed_label="负责人", published_on=today,
    )  # fmt: skip
    unit = {"year": year, "agency": street}
    owed = unit | {"kind": duty.kind}
    measure = {"key": "penalty"}
    special, one = {"pk": asked.pk}, {"pk": asked.pk, "agency": street}
    return {
        "annual-board": {"year": year},
        "annual-district-file": {"year": year},
        **dict.fromkeys(
            ("annual", "annual-text", "annual-sign", "annual-submit", "annual-publish", "annual-correct", "annual-remind",
             "annual-changes", "annual-unpublished", "public-annual-unit"),
            unit,
        ),
        **dict.fromkeys(
            ("duty-report", "duty-text", "duty-sign", "duty-submit", "duty-publish", "duty-correct", "duty-remind",
             "public-yearly-report"),
            owed,
        ),
        "duty-file": owed | {"number": 1, "form": "docx"},
        "public-yearly-version": owed | {"number": 1},
        "public-yearly-file": owed | {"number": 1, "form": "docx"},
        "report-setting": {"name": "difference.percent"},
        "annual-enter": unit | {"cell": "T2.asked"},
        "annual-explain": unit | {"cell": "T1.P03"},
        "annual-source": unit | {"key": "cases"},
        "annual-rows": unit | {"cell": "T1.P03"},
        "annual-file": unit | {"number": 1, "form": "docx"},
        "public-annual": {"year": year},
        "public-annual-version": unit | {"number": 1},
        "public-annual-file": unit | {"number": 1, "form": "xlsx"},
        **dict.fromkeys(("stats-measure", "stats-rows", "stats-export"), measure),
        **dict.fromkeys(("special-round", "special-district"), special),
        "special-district-file": special | {"form": "docx"},
        **dict.fromkeys(("special-unit", "special-review"), one),
        "special-file": one | {"form": "docx"},
    }  # fmt: skip
