from django.urls import path

from . import web

urlpatterns = [
    path("import", web.upload, name="import"),
    path("event.schema.json", web.schema, name="event-schema"),
]
