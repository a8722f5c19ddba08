from django.urls import path

from . import serving, web

urlpatterns = [
    path("cases/<str:matter_id>/evidence/add", web.add, name="evidence-add"),
    path("cases/<str:matter_id>/evidence/<int:pk>", web.item, name="evidence-item"),
    path("cases/<str:matter_id>/evidence/<int:pk>/verify", web.verify, name="evidence-verify"),
    path("cases/<str:matter_id>/evidence/<int:pk>/custody", web.custody_sheet, name="evidence-custody"),
    path("cases/<str:matter_id>/evidence/files/<int:pk>", serving.open_file, name="evidence-file"),
    path("cases/<str:matter_id>/evidence/files/<int:pk>/view", serving.view_file, name="evidence-view"),
    path("cases/<str:matter_id>/evidence/files/<int:pk>/copy", serving.copy_file, name="evidence-copy"),
    path("cases/<str:matter_id>/evidence/files/<int:pk>/small", serving.small_file, name="evidence-small"),
    path(
        "cases/<str:matter_id>/evidence/copies/<int:pk>", serving.working_copy, name="evidence-working-copy"
    ),
    path("cases/<str:matter_id>/recordings/add", web.recording_add, name="recording-add"),
    path("cases/<str:matter_id>/recordings/index", web.recording_sheet, name="recording-sheet"),
    path("cases/<str:matter_id>/recordings/<int:pk>", serving.recording_file, name="recording-file"),
]
