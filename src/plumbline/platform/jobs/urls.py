from django.urls import path

from . import web

urlpatterns = [
    path("<uuid:pk>", web.show, name="job"),
    path("<uuid:pk>/cancel", web.cancel, name="job-cancel"),
]
