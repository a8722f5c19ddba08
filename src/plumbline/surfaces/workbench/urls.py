from django.urls import path

from . import web

urlpatterns = [
    path("", web.root, name="root"),
    path("desk", web.desk, name="desk"),
    path("desk/month", web.month, name="month"),
    path("tasks", web.tasks, name="tasks"),
    path("search", web.search, name="search"),
    path("notices", web.notices, name="notices"),
    path("notices/read", web.read_notices, name="notices-read"),
    path("help", web.help_page, name="help"),
    path("feedback", web.feedback, name="feedback"),
    path("feedback/<int:pk>/answer", web.answer, name="feedback-answer"),
]
