from django.urls import path

from . import web

urlpatterns = [
    path("targets", web.targets, name="targets"),
    path("targets/new", web.new, name="target-new"),
    path("targets/doubles", web.doubles, name="target-doubles"),
    path("targets/<int:pk>", web.target, name="target"),
    path("targets/<int:pk>/change", web.change, name="target-change"),
]
