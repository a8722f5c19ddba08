from django.urls import path

from . import web

urlpatterns = [
    path("<str:sha256>", web.upload, name="upload"),
    path("<str:sha256>/parts/<int:number>", web.part, name="upload-part"),
    path("<str:sha256>/finish", web.finished, name="upload-finish"),
]
