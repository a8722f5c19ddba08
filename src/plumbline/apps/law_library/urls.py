from django.urls import path

from . import web

urlpatterns = [
    path("", web.library, name="law"),
    path("statutes/<int:pk>", web.statute, name="statute"),
    path("rules", web.rules, name="rules"),
    path("rules/<str:rule_id>", web.rule, name="rule"),
    path("rules/<str:rule_id>/results", web.results, name="rule-results"),
    path("calendar/<int:year>", web.calendar, name="calendar"),
]
