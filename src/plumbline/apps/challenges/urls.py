from django.urls import path

from . import web

urlpatterns = [
    path("challenges", web.index, name="challenges"),
    path("challenges/export.<str:form>", web.export, name="challenges-export"),
    path("challenges/figures", web.figures, name="challenges-figures"),
    path("challenges/new", web.choose, name="challenge-choose"),
    path("challenges/new/<str:way>", web.register, name="challenge-new"),
    path("challenges/<str:matter_id>", web.show, name="challenge"),
    path("challenges/<str:matter_id>/steps/<str:key>", web.step, name="challenge-step"),
    path("challenges/<str:matter_id>/correct", web.correct, name="challenge-correct"),
    path("challenges/<str:matter_id>/void/<str:event_id>", web.void, name="challenge-void"),
    path("challenges/<str:matter_id>/papers", web.add_file, name="challenge-paper-add"),
    path("challenges/<str:matter_id>/papers/<int:pk>", web.open_file, name="challenge-paper"),
    path(
        "challenges/<str:matter_id>/papers/<int:pk>/withdraw", web.withdraw, name="challenge-paper-withdraw"
    ),
    path(
        "challenges/<str:matter_id>/documents/<str:code>/<str:event_id>",
        web.document,
        name="challenge-document",
    ),
]
