from django.urls import path

from .choices import Kind
from .web import cleaning, commenting, deciding, drafting, listing, showing

POLICY = {"kind": Kind.POLICY.value}

urlpatterns = [
    path("norms", listing.index, name="norms"),
    path("norms/export.xlsx", listing.export, name="norms-export"),
    path("norms/plan", listing.plan, name="norm-plan"),
    path("norms/plan/<int:pk>/drop", listing.plan_drop, name="norm-plan-drop"),
    path("norms/calendar", listing.calendar, name="norm-calendar"),
    path("norms/citations", listing.citations, name="norm-citations"),
    path("norms/handbook", listing.handbook, name="norm-handbook"),
    path("norms/new", drafting.begin, name="norm-new"),
    path("norms/cleanups", cleaning.rounds, name="norm-cleanups"),
    path("norms/cleanups/new", cleaning.open_round, name="norm-cleanup-new"),
    path("norms/cleanups/<int:pk>", cleaning.show, name="norm-cleanup"),
    path("norms/cleanups/<int:pk>/publish", cleaning.close, name="norm-cleanup-publish"),
    path("norms/cleanups/<int:pk>/<int:item>", cleaning.decide, name="norm-cleanup-item"),
    path("policy-decisions", listing.index, POLICY, name="policy-decisions"),
    path("policy-decisions/export.xlsx", listing.export, POLICY, name="policy-decisions-export"),
    path("policy-decisions/new", drafting.begin, POLICY, name="policy-decision-new"),
    path("policy-decisions/catalogue", listing.plan, POLICY, name="policy-catalogue"),
    path(
        "policy-decisions/catalogue/<int:year>/publish",
        deciding.open_catalogue,
        name="policy-catalogue-publish",
    ),
    path("norms/<str:matter_id>", showing.show, name="norm"),
    path("norms/<str:matter_id>/steps/<str:key>", showing.step, name="norm-step"),
    path("norms/<str:matter_id>/publish", showing.publish, name="norm-publish"),
    path("norms/<str:matter_id>/void/<str:event_id>", showing.void, name="norm-void"),
    path("norms/<str:matter_id>/impact", showing.impact, name="norm-impact"),
    path("norms/<str:matter_id>/declaration", drafting.declaration, name="norm-declaration"),
    path("norms/<str:matter_id>/basis", drafting.basis, name="norm-basis"),
    path("norms/<str:matter_id>/text", drafting.text, name="norm-text"),
    path("norms/<str:matter_id>/text/<int:version>", showing.text_file, name="norm-text-file"),
    path("norms/<str:matter_id>/papers", drafting.paper_add, name="norm-paper-add"),
    path("norms/<str:matter_id>/papers/<int:pk>", drafting.paper, name="norm-paper"),
    path(
        "norms/<str:matter_id>/papers/<int:pk>/withdraw", drafting.paper_withdraw, name="norm-paper-withdraw"
    ),
    path("norms/<str:matter_id>/notices", drafting.notice_add, name="norm-notice-add"),
    path("norms/<str:matter_id>/notices/<int:pk>", drafting.notice_answer, name="norm-notice-answer"),
    path("norms/<str:matter_id>/comments", commenting.comments, name="norm-comments"),
    path("norms/<str:matter_id>/comments/<int:pk>", commenting.answer, name="norm-comment-answer"),
]
