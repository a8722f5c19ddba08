from django.urls import path

from . import web

urlpatterns = [
    path("publicity", web.worklist, name="publicity"),
    path("publicity/<str:public_id>", web.preview, name="publication"),
]
