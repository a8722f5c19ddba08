from django.urls import path

from . import recheck_web, web

urlpatterns = [
    path("running", web.running, name="running"),
    path("running/jobs", web.running_jobs, name="running-jobs"),
    path("running/outbox", web.running_outbox, name="running-outbox"),
    path("running/recheck", recheck_web.recheck, name="recheck"),
    path("running/recheck/<int:pk>", recheck_web.recheck_run, name="recheck-run"),
    path("running/recheck/<int:pk>/findings.csv", recheck_web.recheck_export, name="recheck-export"),
    path("running/recheck/<int:pk>/again", recheck_web.recheck_again, name="recheck-again"),
    path("running/recheck/<int:pk>/<int:number>", recheck_web.recheck_finding, name="recheck-finding"),
    path("audit", web.audit, name="audit"),
    path("audit/export", web.audit_export, name="audit-export"),
]
