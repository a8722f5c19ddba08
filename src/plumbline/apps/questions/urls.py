from django.urls import path

from .web import collection, detail, listing

ROW = "questions/<str:matter_id>"

urlpatterns = [
    path("questions", listing.index, name="questions"),
    path("questions/export.xlsx", listing.export, name="questions-export"),
    path("questions/figures", listing.board, name="questions-figures"),
    path("questions/figures.xlsx", listing.board_export, name="questions-figures-export"),
    path("questions/new", detail.new, name="question-new"),
    path("questions/answers", collection.index, name="shared-answers"),
    path("questions/answers.xlsx", collection.export, name="shared-answers-export"),
    path("questions/answers/<int:pk>", collection.show, name="shared-answer"),
    path("questions/answers/<int:pk>/stop", collection.stop, name="shared-answer-stop"),
    path(ROW, detail.show, name="question"),
    path(f"{ROW}/do/<str:verb>", detail.do, name="question-do"),
    path(f"{ROW}/files/<int:pk>/<int:number>", detail.file, name="question-file"),
]
