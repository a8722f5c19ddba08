from django.urls import path

from . import web

urlpatterns = [
    path("inspections", web.index, name="inspections"),
    path("inspections/new", web.new, name="inspection-new"),
    path("inspections/<str:matter_id>", web.show, name="inspection"),
    path("inspections/<str:matter_id>/convert", web.convert, name="inspection-convert"),
    path("inspections/<str:matter_id>/compel", web.compelled, name="inspection-compel"),
    path("inspections/<str:matter_id>/forget-place", web.forget_place, name="inspection-forget-place"),
    path("inspections/<str:matter_id>/files/<int:pk>", web.open_file, name="inspection-file"),
]
