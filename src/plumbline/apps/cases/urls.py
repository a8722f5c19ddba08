"""Addresses of casework. ``matter`` is a contract id: it may hold dots, colons and slashes, so suffixes come first."""

from __future__ import annotations

from django.urls import path, register_converter

from .web import approval_lists, compelling, countersigns, listing, opening, requests, reviewing, show, steps


class MatterConverter:
    regex = r"[A-Za-z0-9][A-Za-z0-9._:/@-]{0,99}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(MatterConverter, "matter")

urlpatterns = [
    path("approvals", approval_lists.index, name="approvals"),
    path("approvals/phrases", approval_lists.phrases, name="approval-phrases"),
    path("approvals/countersigns", countersigns.index, name="countersigns"),
    path("cases", listing.index, name="cases"),
    path("cases/new", opening.new, name="case-new"),
    path("cases/compulsion/new", compelling.new, name="compulsion-new"),
    path("cases/spot", opening.spot, name="case-spot"),
    path("cases/export.xlsx", listing.export, name="cases-export"),
    path("cases/exports/<uuid:pk>", listing.export_file, name="cases-export-file"),
    path("cases/<matter:matter_id>/steps/<slug:key>", steps.step, name="case-step"),
    path(
        "cases/<matter:matter_id>/requests/<int:pk>",
        requests.request_page,
        name="case-request",
    ),
    path(
        "cases/<matter:matter_id>/requests/<int:pk>/approve",
        requests.confirm,
        name="case-request-approve",
    ),
    path("cases/<matter:matter_id>/review", reviewing.review, name="case-review"),
    path("cases/<matter:matter_id>/reading", show.reading, name="case-reading"),
    path("cases/<matter:matter_id>/party", show.party, name="case-party"),
    path("cases/<matter:matter_id>/void/<matter:event_id>", show.void, name="case-void"),
    path("cases/<matter:matter_id>", show.show, name="case"),
]
