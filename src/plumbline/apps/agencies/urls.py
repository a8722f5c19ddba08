from django.urls import path

from . import web

urlpatterns = [
    path("lists/agencies", web.agencies, name="agencies"),
    path("lists/officers", web.officers, name="officers"),
    path("lists/officers/<int:pk>", web.officer, name="officer"),
]
