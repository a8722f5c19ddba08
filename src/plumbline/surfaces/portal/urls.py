from django.urls import path, re_path

from . import data, web

urlpatterns = [
    path("", web.home, name="portal"),
    path("decisions", web.decisions, name="public-decisions"),
    re_path(
        r"^decisions/(?P<public_id>[0-9A-Za-z]{6,20})\.pdf$", web.decision_pdf, name="public-decision-pdf"
    ),
    path("decisions/<str:public_id>", web.decision, name="public-decision"),
    path("inspections", web.inspections, name="public-inspections"),
    path("powers", web.powers, name="public-powers"),
    path("verify", web.verify, name="public-verify"),
    path("withdrawn", web.withdrawals, name="public-withdrawals"),
    path("search", web.search, name="public-search"),
    path("data", data.data, name="public-data"),
    re_path(r"^data/(?P<key>[a-z0-9-]+)\.(?P<form>csv|json)$", data.download, name="public-download"),
    path("data/<slug:key>", data.fields, name="public-dataset"),
    path("feeds/<slug:key>.atom", data.atom, name="public-feed"),
    path("sitemap.xml", data.sitemap, name="sitemap"),
    re_path(
        r"^sitemaps/(?P<key>[a-z0-9-]+)-(?P<number>[0-9]{1,6})\.xml$", data.sitemap_part, name="sitemap-part"
    ),
]
