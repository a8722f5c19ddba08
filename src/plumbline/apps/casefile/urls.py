from django.urls import path

from . import web

urlpatterns = [
    path("cases/<str:matter_id>/file", web.show, name="case-file"),
    path("cases/<str:matter_id>/file/change", web.change, name="case-file-change"),
    path("cases/<str:matter_id>/file/build", web.build, name="case-file-build"),
    path("cases/<str:matter_id>/file/package.zip", web.package_zip, name="case-file-package"),
    path("cases/<str:matter_id>/file/<slug:volume>.pdf", web.volume_pdf, name="case-file-pdf"),
]
