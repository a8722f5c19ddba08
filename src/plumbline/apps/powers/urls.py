from django.urls import path

from . import web

urlpatterns = [
    path("lists/powers", web.powers, name="powers"),
    path("lists/powers/<str:code>", web.power, name="power"),
    path("lists/competent", web.competent, name="competent"),
]
