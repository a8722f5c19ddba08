from django.urls import path

from .web import articles, history, listing, public, revising, uploads

urlpatterns = [
    path("open/lists", public.lists, name="public-lists"),
    path("open/lists/<slug:key>", public.one_list, name="public-list"),
    path("registers", listing.overview, name="registers"),
    path("registers/articles", articles.articles, name="register-articles"),
    path("registers/articles/<int:pk>", articles.article, name="register-article"),
    path("registers/exports/<uuid:pk>", listing.export_file, name="register-export-file"),
    path("registers/revisions/<int:pk>", revising.revision, name="register-revision"),
    path("registers/revisions/<int:pk>/row", revising.edit_row, name="register-edit-row"),
    path("registers/revisions/<int:pk>/row/<slug:step>", revising.row_step, name="register-row-step"),
    path("registers/revisions/<int:pk>/<slug:step>", revising.step, name="register-step"),
    path("registers/uploads/<int:pk>", uploads.uploaded, name="register-uploaded"),
    path("registers/uploads/<int:pk>/faults.xlsx", uploads.fault_file, name="register-faults"),
    path("registers/<slug:key>", listing.listing, name="register"),
    path("registers/<slug:key>/row", listing.row, name="register-row"),
    path("registers/<slug:key>/export.xlsx", listing.export, name="register-export"),
    path("registers/<slug:key>/template.xlsx", listing.template_file, name="register-template"),
    path("registers/<slug:key>/upload", uploads.upload, name="register-upload"),
    path("registers/<slug:key>/revise", revising.begin, name="register-revise"),
    path("registers/<slug:key>/versions", history.versions, name="register-versions"),
    path("registers/<slug:key>/difference", history.difference, name="register-difference"),
    path("registers/<slug:key>/restore", history.restore, name="register-restore"),
]
