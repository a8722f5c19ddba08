from django.urls import path

from . import open_web, web

urlpatterns = [
    path("guidance", web.index, name="guidance"),
    path("guidance/new", web.new, name="guidance-new"),
    path("guidance/<int:pk>", web.show, name="guiding-case"),
    path("guidance/<int:pk>/edit", web.edit, name="guiding-case-edit"),
    path("open/guidance", open_web.index, name="public-guidance"),
    path("open/guidance/<int:number>", open_web.show, name="public-guiding-case"),
]
