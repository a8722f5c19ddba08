from django.urls import path

from . import web

urlpatterns = [path("cases/<path:matter_id>/discretion", web.page, name="discretion")]
