from django.urls import path

from . import web

urlpatterns = [
    path("cases/<str:matter_id>/docs/draft", web.draft, name="document-draft"),
    path("cases/<str:matter_id>/docs/<int:pk>", web.show, name="document"),
    path("cases/<str:matter_id>/docs/<int:pk>/sign", web.sign_it, name="document-sign"),
    path("cases/<str:matter_id>/docs/<int:pk>/void", web.void_it, name="document-void"),
    path("open/verify/<str:code>", web.verify, name="verify"),
]
