"""Every address, asked by the public, by a colleague elsewhere, by somebody without any right, and by those who may."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plumbline.platform.events.models import StoredEvent

from .district import PARTY, PLACE, District, addresses

pytestmark = pytest.mark.longest
# Open to everyone, by law or because the way in begins here. Everything else leads to the log-in.
PUBLIC = {
    "public-volunteers", "volunteer-apply", "volunteer-receipt", "rating", "rating-done",
    "public-supervision", "public-visit",
    "report-start", "report-question", "report-answers", "report-done", "report-photo", "report-receipt",
    "public-competent", "public-guidance", "public-guiding-case", "public-lists", "public-list",
    "public-norms", "public-norm-drafts", "public-norm-draft", "public-norm-receipt", "public-norm-cleanup", "public-norm", "public-norm-text", "public-norm-file", "public-policies", "public-policy", "public-policy-file",
    "log-in", "log-in-code", "log-out", "keys", "large-type", "portal", "public-decisions", "public-decision",
    "public-officers", "public-officer", "public-subjects", "public-subject", "public-powers", "public-verify", "public-withdrawals", "public-search",
    "public-inspections", "public-decision-pdf", "public-disclosures", "public-disclosure", "public-procedures", "public-procedure", "public-remedies",
    "public-data", "public-dataset", "public-download", "public-feed", "public-annual-reports", "public-annual",
    "public-annual-unit", "public-annual-version", "public-annual-file", "public-yearly", "public-yearly-report", "public-yearly-version", "public-yearly-file", "sitemap", "sitemap-part", "event-schema", "verify", "components", "help",
    # The shell of the field app is the same bytes for everybody; its calls are asked by a phone's signature, not a session.
    "field", "field-worker", "field-manifest", "field-api-me", "field-api-register", "field-api-leave",
    "field-api-package", "field-api-record", "field-api-file", "field-api-part", "field-api-finish",
}  # fmt: skip
# Reference pages and a person's own pages: the same for whoever is logged in, without a word of any case.
INSIDE = {
    "menu",
    "volunteers", "volunteer-applications", "volunteer-recruitments", "volunteer-activities", "volunteer-visits",
    "volunteer-trainings", "media-leads", "ratings", "volunteering", "volunteering-records", "volunteering-walk",
    "volunteering-feedback", "volunteering-learning",
    "measures", "orders-ledger-export",
    "complaints", "complaint-referrals", "identities", "guidance",
    "transfers", "transfers-all", "transfers-export", "transfers-matrix", "transfers-matrix-export", "transfers-settings",
    "questions", "questions-export", "questions-figures", "questions-figures-export",
    "shared-answers", "shared-answers-export", "shared-answer",
    "registers", "register", "register-row", "register-export", "register-template", "register-versions", "register-difference",
    "register-articles", "review-catalogue", "review-conflict", "competence-gaps",
    "policy-decisions", "policy-decisions-export", "policy-catalogue",
    "norms", "norms-export", "norm-plan", "norm-calendar", "norm-citations", "norm-handbook", "norm-cleanups", "norm-cleanup",
    "root", "me", "change-password", "authenticator", "desk", "month", "tasks", "search", "notices", "notices-read",
    "feedback", "law", "statute", "rules", "rule", "calendar", "powers", "power", "competent", "agencies",
    "officers", "officer", "subjects", "subject", "rounds", "cases", "cases-export", "alerts", "orders", "publicity", "public-reports", "credit-files", "disclosures", "disclosure", "alerts-export",
    "alerts-precision", "alerts-batch", "orders-ledger", "rule-results", "law-search", "amendments", "article", "terms",
    "law-changes", "rule-coverage", "rule-coverage-export", "parameters", "parameter", "crime-thresholds", "crime-threshold",
    "upload", "approvals", "approval-phrases",
    "inspections", "field-devices", "field-records", "challenges", "challenges-export", "challenges-figures",
    "linkage", "linkage-received", "linkage-sent", "linkage-ledger", "linkage-export", "linkage-figures", "linkage-inquiries",
    "templates", "template", "template-facts", "template-word", "template-sample",
    # Figures of the reader's own scope; whoever reads none is refused.
    "annual-reports", "annual-board", "annual-district-file", "stats", "stats-measure", "stats-rows", "stats-export",
    "special-reports", "report-settings", "duty-reports",
    # The plan of a notice goes to every unit; of what the units do, each reader sees only its own reach.
    "programmes", "programme", "programme-task", "programme-tally", "programme-duties", "programme-conflicts", "programme-people", "programme-stages",
    "programme-merits", "programme-directives", "programme-directive-file", "programme-papers", "programme-ledger", "programme-print",
}  # fmt: skip
# For these an answer depends on a right that a person elsewhere may hold for other objects: never the object itself.
BY_RIGHT = {
    "guidance-new",
    "credit-old-file",
    "transfer-new",
    "transfer-ask",
    "transfer-dispute",
    "register-upload",
    "register-revise",
    "register-restore",
    "norm-new",
    "policy-decision-new",
    "policy-catalogue-publish",
    "norm-cleanup-new",
    "norm-cleanup-publish",
    "targets",
    "target",
    "target-new",
    "target-change",
    "target-doubles",
    "officer-exams",
    "officer-photo-new",
    "officer-apply",
    "officer-changes",
    "officer-settings",
    "officer-cards",
    "template-upload",
    "template-decide",
    "challenge-choose",
    "challenge-new",
    "linkage-choose",
    "linkage-new",
    "linkage-inquiry-new",
    "inspection-new",
    "field-numbers",
    "case-new",
    "compulsion-new",
    "countersigns",
    "case-spot",
    "import",
    "feedback-answer",
    "law-load",
    "parameter-new",
    "crime-threshold-new",
    "report-setting",
    "transfers-settings-end",
    "question-new",
    "shared-answer-stop",
}
LISTS = [
    "lead-answers",
    "menu",
    "registers", "register", "register-versions", "register-articles", "review-catalogue", "competence-gaps", "public-lists", "public-list",
    "norms", "norm-plan", "norm-calendar", "norm-citations", "norm-cleanups", "public-norms", "public-norm-drafts", "policy-decisions", "policy-catalogue", "public-policies",
    "desk", "tasks", "cases", "challenges", "challenges-figures", "linkage", "linkage-ledger", "linkage-figures", "linkage-inquiries", "approvals", "countersigns", "alerts", "orders", "orders-ledger", "leads", "plans", "measures", "visits", "oversight", "oversight-contents", "oversight-year", "public-supervision", "publicity", "powers", "agencies", "officers", "subjects", "rounds", "targets", "target-doubles", "officer-exams", "officer-changes", "public-subjects",
    "notices", "feedback", "law", "rules", "terms", "law-changes", "rule-coverage", "parameters", "crime-thresholds", "amendments", "public-decisions", "public-officers", "public-powers", "public-search", "public-data", "public-inspections", "public-disclosures", "disclosures", "public-reports", "credit-files", "portal", "search",
    "transfers", "transfers-all", "transfers-matrix", "transfers-settings",
    "questions", "questions-figures", "shared-answers",
    "volunteers", "volunteer-applications", "volunteer-recruitments", "volunteer-activities", "volunteer-visits",
    "volunteer-trainings", "media-leads", "ratings", "volunteering", "volunteering-records", "volunteering-feedback",
    "volunteering-learning", "public-volunteers",
    "complaints", "complaint-referrals", "identities", "guidance", "public-guidance", "report-start", "report-receipt",
    "inspections", "field-devices", "field-records", "field-numbers",
    "templates", "template-facts", "annual-board", "stats", "stats-measure", "stats-rows",
    "programme", "programme-duties", "programme-people", "programme-merits", "programme-directives", "programme-papers",
    "special-reports", "public-annual-reports", "public-annual", "report-settings", "duty-reports", "public-yearly",
]  # fmt: skip
# The register of firms is one for the district: a name and an address there tell nothing of a case.
SHARED = {"targets", "target"}
CEILING = 30
# The list and one opened alert with its events, clock, article and questions are one page, beside the menu's counts.
# The desk asks every app for what waits there: somebody with every right at once asks most of them.
# The overview of lists asks each list for its rows and for who keeps it.
HIGHER = {"alerts": 36, "desk": 60, "tasks": 60, "registers": 40}


def _url(name: str, district: District) -> str:
    return reverse(name, kwargs=district.arguments.get(name))


def _said(answer: Any) -> str:
    return (
        b"".join(answer).decode(errors="replace")
        if answer.streaming
        else answer.content.decode(errors="replace")
    )


def _may_be(name: str, who: str, status: int) -> bool:
    """Whether ``status`` is an answer that ``who`` may get from the address ``name``."""
    if status == 405:
        return True
    if name in PUBLIC or (who != "anonymous" and name in INSIDE):
        return status in {200, 302, 400, 403, 404, 422}
    if who == "anonymous":
        return status == 302  # to the log-in
    if name in BY_RIGHT:
        return status in {200, 302, 400, 403, 404, 422}
    return status in {403, 404}


def test_every_address_with_a_parameter_has_an_object(district: District) -> None:
    """A new address is added to ``district.py`` (and, if it is open to more people, to the sets above)."""
    missing = {name for name, needed in addresses().items() if needed - set(district.arguments.get(name, {}))}
    assert not missing
    unknown = (PUBLIC | INSIDE | BY_RIGHT) - set(addresses())
    assert not unknown


@pytest.mark.parametrize("who", ["anonymous", "elsewhere", "bare"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_what_is_not_theirs(district: District, who: str, method: str) -> None:
    person = None if who == "anonymous" else getattr(district, who)
    wrong = []
    logged = StoredEvent.objects.unscoped("测试").exclude(activity="feedback_given").count()
    for name in addresses():
        url = _url(name, district)
        answer = getattr(district.client(person), method)(url)
        said = _said(answer)
        if not _may_be(name, who, answer.status_code):
            wrong.append(f"{method} {url} ({name}): {answer.status_code}")
        leads = answer.get("Location", "/login")
        if who == "anonymous" and name not in PUBLIC | {"root"} and "/login" not in leads:
            wrong.append(f"{method} {url} leads to {leads}")
        secret = () if name in SHARED and person is not None else (PARTY, PLACE)
        leaked = [word for word in (*secret, district.case.title) if word in said]
        if leaked:
            wrong.append(f"{method} {url} tells {leaked}")
    assert not wrong, "\n".join(wrong)
    assert StoredEvent.objects.unscoped("测试").exclude(activity="feedback_given").count() == logged


def test_those_who_may_get_an_answer_and_never_a_fault(district: District) -> None:
    wrong = []
    # What the officer and the others get is looked at in a browser as well (tests/ui/test_accessibility.py).
    for person in (district.everything, district.scene.head):
        for name in addresses():
            url = _url(name, district)
            answer = district.client(person).get(url)
            _said(answer)
            if answer.status_code not in {200, 302, 400, 403, 404, 405}:
                wrong.append(f"{person.login_name} {url} ({name}): {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_the_street_reaches_its_own(district: District) -> None:
    """The refusals above mean something: the same addresses answer those they belong to."""
    own = {
        "officer": ["case", "case-step", "case-party", "document", "evidence-file", "case-request", "job"],
        "head": ["case", "case-request"],
    }
    wrong = []
    for who, names in own.items():
        client = district.client(getattr(district.scene.world, who))
        for name in names:
            status = client.get(_url(name, district)).status_code
            if status != 200:
                wrong.append(f"{who} {name}: {status}")
    client = district.client(district.scene.clerk)
    for name in ("alert", "alert-ask", "order", "order-file", "alert-explained"):
        if client.get(_url(name, district)).status_code != 200:
            wrong.append(f"clerk {name}")
    assert not wrong, wrong


@pytest.mark.parametrize("broken", ["%00", "%FF", "../../etc/passwd", "9" * 40, "'--", "〔2026〕"])
def test_a_broken_address_is_not_found_and_never_a_fault(district: District, broken: str) -> None:
    client = district.client(district.everything)
    for before in ("/cases/", "/alerts/", "/orders/", "/open/decisions/", "/open/verify/", "/law/rules/", "/law/calendar/",
                   "/lists/powers/", "/lists/officers/", "/publicity/", "/jobs/", "/cases?page=", "/alerts?page=",
                   "/orders?agency=", "/open/decisions?q=", "/search?q=", "/cases?q=", "/lists/officers?q="):  # fmt: skip
        status = client.get(before + broken).status_code
        assert status in {200, 302, 400, 404}, f"{before}{broken}: {status}"


@pytest.mark.parametrize("name", LISTS)
def test_a_list_page_stays_below_its_ceiling_of_queries(district: District, name: str) -> None:
    for person in (district.everything, district.scene.head):
        client = district.client(person)
        client.get(_url(name, district))
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(_url(name, district), {"q": "试法"} if name == "search" else {})
        assert answer.status_code in {200, 403}, name
        assert len(seen) <= HIGHER.get(name, CEILING), f"{name}: {len(seen)} queries\n" + "\n".join(
            q["sql"][:120] for q in seen
        )


def test_no_page_of_a_person_elsewhere_names_the_street_in_a_link(district: District) -> None:
    client = district.client(district.elsewhere)
    for name in (
        "desk",
        "tasks",
        "cases",
        "challenges",
        "challenges-figures",
        "linkage",
        "linkage-figures",
        "linkage-inquiries",
        "alerts",
        "orders",
        "publicity",
        "search",
        "notices",
    ):
        said = _said(client.get(_url(name, district)))
        assert not re.search(re.escape(district.case.matter_id), said), name
