from django.urls import path

from .web import amending, contents, plans, reports, visits

urlpatterns = [
    path("plans", plans.plans, name="plans"),
    path("plans/new", plans.new, name="plan-new"),
    path("plans/<str:matter_id>", plans.plan, name="plan"),
    path("plans/<str:matter_id>/contents", contents.of_plan, name="plan-contents"),
    path("plans/<str:matter_id>/report", plans.report_paper, name="plan-report"),
    path("plans/<str:matter_id>/change", amending.change, name="plan-change"),
    path("measures/<int:pk>/correct", amending.correct, name="measure-correct"),
    path("measures", plans.measures, name="measures"),
    path("measures/<int:pk>", plans.measure, name="measure"),
    path("measures/<int:pk>/files/<int:file>", plans.measure_file, name="measure-file"),
    path("visits", visits.rounds, name="visits"),
    path("visits/<int:pk>", visits.round_page, name="visit-round"),
    path("visits/<int:pk>/check", visits.check, name="visit-check"),
    path("visits/entry/<int:pk>", visits.entry, name="visit-entry"),
    path("visits/paper/<int:pk>", visits.paper, name="visit-paper"),
    path("open/visit", visits.public_visit, name="public-visit"),
    path("oversight", reports.overview, name="oversight"),
    path("oversight/year", contents.year, name="oversight-year"),
    path("oversight/contents", contents.index, name="oversight-contents"),
    path("oversight/reports/<str:matter_id>", reports.report, name="work-report"),
    path("oversight/reports/<str:matter_id>/paper", reports.paper, name="work-report-paper"),
]
