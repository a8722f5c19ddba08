from django.urls import path

from . import web

urlpatterns = [
    path("alerts", web.alerts, name="alerts"),
    path("alerts/export", web.export, name="alerts-export"),
    path("alerts/precision", web.precision, name="alerts-precision"),
    path("alerts/<int:pk>", web.alerts, name="alert"),
    path("alerts/<int:pk>/ask", web.ask, name="alert-ask"),
    path("alerts/<int:pk>/explained", web.explained, name="alert-explained"),
    path("alerts/<int:pk>/false-alarm", web.false_alarm, name="alert-false-alarm"),
    path("alerts/<int:pk>/issue/<str:kind>", web.issue, name="alert-issue"),
    path("alerts/<int:pk>/answer/<int:question>", web.answer, name="alert-answer"),
    path("orders", web.orders, name="orders"),
    path("orders/ledger", web.ledger, name="orders-ledger"),
    path("orders/<str:matter_id>", web.order, name="order"),
    path("orders/<str:matter_id>/files/<int:pk>", web.reply_file, name="order-file"),
]
