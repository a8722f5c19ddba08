"""The public half: addresses under /open/."""

from django.urls import path

from . import open_policies, open_web

urlpatterns = [
    path("norms", open_web.index, name="public-norms"),
    path("norms/comments", open_web.drafts, name="public-norm-drafts"),
    path("norms/comments/<str:matter_id>", open_web.draft, name="public-norm-draft"),
    path("norms/receipt", open_web.receipt, name="public-norm-receipt"),
    path("norms/cleanups/<int:pk>", open_web.cleanup, name="public-norm-cleanup"),
    path("norms/<str:number>", open_web.document, name="public-norm"),
    path("norms/<str:number>/text", open_web.text, name="public-norm-text"),
    path("norms/<str:number>/<str:part>.<str:kind>", open_web.document_file, name="public-norm-file"),
    path("policy-decisions", open_policies.index, name="public-policies"),
    path("policy-decisions/<str:matter_id>", open_policies.decision, name="public-policy"),
    path(
        "policy-decisions/<str:matter_id>/<str:part>.<str:kind>",
        open_policies.decision_file,
        name="public-policy-file",
    ),
]
