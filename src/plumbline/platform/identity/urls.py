from django.urls import path

from . import web

urlpatterns = [
    path("login", web.log_in, name="log-in"),
    path("login/code", web.log_in_code, name="log-in-code"),
    path("logout", web.log_out, name="log-out"),
    path("me", web.me, name="me"),
    path("me/password", web.change_password, name="change-password"),
    path("me/authenticator", web.authenticator, name="authenticator"),
]
