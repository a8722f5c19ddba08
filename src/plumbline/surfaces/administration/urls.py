from django.urls import path

from . import web

urlpatterns = [
    path("running", web.running, name="running"),
    path("running/jobs", web.running_jobs, name="running-jobs"),
    path("running/outbox", web.running_outbox, name="running-outbox"),
    path("audit", web.audit, name="audit"),
    path("audit/export", web.audit_export, name="audit-export"),
]
