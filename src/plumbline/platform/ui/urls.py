from django.urls import path

from . import views

urlpatterns = [
    path("", views.components, name="components"),
    path("keys", views.keys, name="keys"),
    path("large-type", views.large_type, name="large-type"),
]
