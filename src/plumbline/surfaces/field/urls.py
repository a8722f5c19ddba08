from django.urls import path

from . import web_api, web_pages, web_shell

urlpatterns = [
    path("", web_shell.shell, name="field"),
    path("sw.js", web_shell.worker, name="field-worker"),
    path("app.webmanifest", web_shell.manifest, name="field-manifest"),
    path("devices", web_pages.devices, name="field-devices"),
    path("devices/<uuid:pk>/confirm", web_pages.confirm, name="field-device-confirm"),
    path("devices/<uuid:pk>/revoke", web_pages.revoke, name="field-device-revoke"),
    path("numbers", web_pages.numbers, name="field-numbers"),
    path("records", web_pages.records, name="field-records"),
    path("records/<uuid:pk>", web_pages.record, name="field-record"),
    path("records/<uuid:pk>/files/<int:number>", web_pages.record_file, name="field-record-file"),
    path("api/me", web_api.me, name="field-api-me"),
    path("api/devices", web_api.register, name="field-api-register"),
    path("api/leave", web_api.leave, name="field-api-leave"),
    path("api/package", web_api.package, name="field-api-package"),
    path("api/records/<uuid:pk>", web_api.record, name="field-api-record"),
    path("api/files/<str:sha256>", web_api.file, name="field-api-file"),
    path("api/files/<str:sha256>/parts/<int:number>", web_api.part, name="field-api-part"),
    path("api/files/<str:sha256>/finish", web_api.finish_file, name="field-api-finish"),
]
