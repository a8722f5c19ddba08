from django.urls import path

from . import web

urlpatterns = [
    path("", web.home, name="portal"),
    path("decisions", web.decisions, name="public-decisions"),
    path("decisions/<str:public_id>", web.decision, name="public-decision"),
    path("officers", web.officers, name="public-officers"),
    path("officers/<str:number>", web.officer, name="public-officer"),
    path("powers", web.powers, name="public-powers"),
    path("verify", web.verify, name="public-verify"),
    path("withdrawn", web.withdrawals, name="public-withdrawals"),
    path("sitemap.xml", web.sitemap, name="sitemap"),
]
