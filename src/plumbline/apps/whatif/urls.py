from django.urls import path

from . import web

urlpatterns = [
    path("whatif", web.whatif, name="whatif"),
    path("whatif/<uuid:pk>", web.answer, name="whatif-answer"),
    path("whatif/<uuid:pk>/export", web.download, name="whatif-export"),
]
