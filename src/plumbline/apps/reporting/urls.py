from django.urls import path

from . import portal_pages, web, web_board, web_rows, web_special, web_stats

YEAR = "reports/<int:year>"
UNIT = f"{YEAR}/<str:agency>"
ASKED = "special-reports/<int:pk>"

urlpatterns = [
    path("reports", web_board.index, name="annual-reports"),
    path(YEAR, web_board.board, name="annual-board"),
    path(f"{YEAR}.xlsx", web_board.district_file, name="annual-district-file"),
    path(UNIT, web.annual, name="annual"),
    path(f"{UNIT}/figures/<str:cell>", web.enter, name="annual-enter"),
    path(f"{UNIT}/differences/<str:cell>", web.explain, name="annual-explain"),
    path(f"{UNIT}/sources/<str:key>", web.source, name="annual-source"),
    path(f"{UNIT}/text", web.text, name="annual-text"),
    path(f"{UNIT}/sign", web.sign, name="annual-sign"),
    path(f"{UNIT}/submit", web.submit, name="annual-submit"),
    path(f"{UNIT}/publish", web.publish, name="annual-publish"),
    path(f"{UNIT}/correct", web.correct, name="annual-correct"),
    path(f"{UNIT}/remind", web_board.press, name="annual-remind"),
    path(f"{UNIT}/rows/<str:cell>", web_rows.rows, name="annual-rows"),
    path(f"{UNIT}/changes", web_rows.changes, name="annual-changes"),
    path(f"{UNIT}/unpublished", web_rows.unpublished, name="annual-unpublished"),
    path(f"{UNIT}/v<int:number>.<str:form>", web_rows.version_file, name="annual-file"),
    path("stats", web_stats.picker, name="stats"),
    path("stats/<str:key>", web_stats.measure, name="stats-measure"),
    path("stats/<str:key>/rows", web_stats.rows, name="stats-rows"),
    path("stats/<str:key>/export.xlsx", web_stats.export, name="stats-export"),
    path("special-reports", web_special.index, name="special-reports"),
    path("special-reports/new", web_special.new, name="special-new"),
    path(ASKED, web_special.asked, name="special-round"),
    path(f"{ASKED}/district", web_special.district, name="special-district"),
    path(f"{ASKED}/district.<str:form>", web_special.district_file, name="special-district-file"),
    path(f"{ASKED}/<str:agency>", web_special.unit, name="special-unit"),
    path(f"{ASKED}/<str:agency>/review", web_special.review, name="special-review"),
    path(f"{ASKED}/<str:agency>/report.<str:form>", web_special.unit_file, name="special-file"),
    path("open/annual", portal_pages.years, name="public-annual-reports"),
    path("open/annual/<int:year>", portal_pages.of_year, name="public-annual"),
    path("open/annual/<int:year>/<str:agency>", portal_pages.of_unit, name="public-annual-unit"),
    path("open/annual/<int:year>/<str:agency>/v<int:number>", portal_pages.of_unit, name="public-annual-version"),
    path("open/annual/<int:year>/<str:agency>/v<int:number>.<str:form>", portal_pages.file, name="public-annual-file"),
]  # fmt: skip
