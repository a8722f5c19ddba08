from django.urls import path

from .web import amendments, library, parameters, reference, rules, thresholds

urlpatterns = [
    path("", library.library, name="law"),
    path("search", library.search, name="law-search"),
    path("load", amendments.load, name="law-load"),
    path("amendments", amendments.amendments, name="amendments"),
    path("statutes/<int:pk>", library.statute, name="statute"),
    path("statutes/<int:pk>/<str:number>", amendments.article, name="article"),
    path("terms", reference.terms, name="terms"),
    path("changes", reference.changes, name="law-changes"),
    path("coverage", reference.coverage, name="rule-coverage"),
    path("coverage/export", reference.coverage_export, name="rule-coverage-export"),
    path("parameters", parameters.parameters, name="parameters"),
    path("parameters/new/<str:name>", parameters.enter, name="parameter-new"),
    path("parameters/<int:pk>", parameters.parameter, name="parameter"),
    path("thresholds", thresholds.thresholds, name="crime-thresholds"),
    path("thresholds/new", thresholds.enter_threshold, name="crime-threshold-new"),
    path("thresholds/<int:pk>", thresholds.threshold, name="crime-threshold"),
    path("rules", rules.rules, name="rules"),
    path("rules/<str:rule_id>", rules.rule, name="rule"),
    path("rules/<str:rule_id>/results", rules.results, name="rule-results"),
    path("calendar/<int:year>", rules.calendar, name="calendar"),
]
