from django.urls import path, re_path

from . import credit_upload_web, credit_web, disclosure_web, web

urlpatterns = [
    path("publicity", web.worklist, name="publicity"),
    path("publicity/reports", web.reports, name="public-reports"),
    path("publicity/reports/<int:pk>", web.report, name="public-report"),
    path("publicity/credit", credit_web.files, name="credit-files"),
    path("publicity/credit/old", credit_upload_web.old_file, name="credit-old-file"),
    path("publicity/credit/<int:pk>", credit_web.file, name="credit-file"),
    path("publicity/credit/<int:pk>/answer", credit_upload_web.answer_file, name="credit-answer"),
    re_path(
        r"^publicity/credit/(?P<pk>[0-9]{1,15})\.(?P<form>csv|xlsx)$",
        credit_web.take,
        name="credit-file-take",
    ),
    path("publicity/disclosure", disclosure_web.disclosures, name="disclosures"),
    path("publicity/disclosure/<str:code>", disclosure_web.disclosure, name="disclosure"),
    path("publicity/<str:public_id>", web.preview, name="publication"),
    path("open/disclosure", disclosure_web.open_disclosures, name="public-disclosures"),
    path("open/disclosure/<str:code>", disclosure_web.open_disclosure, name="public-disclosure"),
    path("open/procedures", disclosure_web.open_procedures, name="public-procedures"),
    path("open/procedures/<slug:key>", disclosure_web.open_procedure, name="public-procedure"),
    path("open/remedies", disclosure_web.open_remedies, name="public-remedies"),
]
