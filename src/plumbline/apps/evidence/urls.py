from django.urls import path

from . import web

urlpatterns = [
    path("cases/<str:matter_id>/evidence/add", web.add, name="evidence-add"),
    path("cases/<str:matter_id>/evidence/<int:pk>/verify", web.verify, name="evidence-verify"),
    path("cases/<str:matter_id>/evidence/files/<int:pk>", web.open_file, name="evidence-file"),
]
