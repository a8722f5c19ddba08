from django.urls import path

from .web import board, detail, sending

ROW = "transfers/<str:matter_id>"

urlpatterns = [
    path("transfers", board.index, name="transfers"),
    path("transfers/all", board.listing, name="transfers-all"),
    path("transfers/export.xlsx", board.export, name="transfers-export"),
    path("transfers/matrix", board.matrix, name="transfers-matrix"),
    path("transfers/matrix.xlsx", board.matrix_export, name="transfers-matrix-export"),
    path("transfers/settings", board.settings, name="transfers-settings"),
    path("transfers/settings/end", board.end_setting, name="transfers-settings-end"),
    path("transfers/new", sending.transfer, name="transfer-new"),
    path("transfers/ask/<str:kind>", sending.ask, name="transfer-ask"),
    path("transfers/dispute", sending.dispute, name="transfer-dispute"),
    path(ROW, detail.show, name="transfer"),
    path(f"{ROW}/do/<str:verb>", detail.do, name="transfer-do"),
    path(f"{ROW}/package/<int:number>", detail.package_file, name="transfer-file"),
    path(f"{ROW}/moves/<int:pk>/<int:number>", detail.move_file, name="transfer-move-file"),
    path(f"{ROW}/papers/<str:code>", detail.paper, name="transfer-paper"),
]
