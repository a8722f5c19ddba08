from django.urls import path

from .web import alerts, batch, exits, orders

urlpatterns = [
    path("alerts", alerts.alerts, name="alerts"),
    path("alerts/export", alerts.export, name="alerts-export"),
    path("alerts/batch", batch.batch, name="alerts-batch"),
    path("alerts/precision", alerts.precision, name="alerts-precision"),
    path("alerts/<int:pk>", alerts.alerts, name="alert"),
    path("alerts/<int:pk>/ask", exits.ask, name="alert-ask"),
    path("alerts/<int:pk>/explained", exits.explained, name="alert-explained"),
    path("alerts/<int:pk>/false-alarm", exits.false_alarm, name="alert-false-alarm"),
    path("alerts/<int:pk>/issue/<str:kind>", exits.issue, name="alert-issue"),
    path("alerts/<int:pk>/answer/<int:question>", exits.answer, name="alert-answer"),
    path("orders", orders.orders, name="orders"),
    path("orders/ledger", orders.ledger, name="orders-ledger"),
    path("orders/<str:matter_id>", orders.order, name="order"),
    path("orders/<str:matter_id>/files/<int:pk>", orders.reply_file, name="order-file"),
]
