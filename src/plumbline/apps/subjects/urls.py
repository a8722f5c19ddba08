from django.urls import path

from . import public, web, web_rounds

urlpatterns = [
    path("subjects", web.subjects, name="subjects"),
    path("subjects/rounds", web.rounds, name="rounds"),
    path("subjects/rounds/new", web_rounds.round_new, name="round-new"),
    path("subjects/rounds/<int:pk>", web_rounds.round_page, name="round"),
    path("subjects/entries/<int:pk>", web_rounds.entry_page, name="cleanup-entry"),
    path("subjects/entries/<int:pk>/rows/<int:number>", web_rounds.row_edit, name="cleanup-row"),
    path("subjects/entries/<int:pk>/state", web_rounds.entry_state, name="cleanup-state"),
    path("subjects/entries/<int:pk>/review", web_rounds.entry_review, name="cleanup-review"),
    path("subjects/entries/<int:pk>/press", web_rounds.entry_press, name="cleanup-press"),
    path("subjects/<int:pk>", web.subject, name="subject"),
    path("open/subjects", public.subjects, name="public-subjects"),
    path("open/subjects/<str:code>", public.subject, name="public-subject"),
]
