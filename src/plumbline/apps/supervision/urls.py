from django.urls import path

from .web import alerts, batch, exits, lead_answers, lead_pages, lead_steps, orders, records

urlpatterns = [
    path("alerts", alerts.alerts, name="alerts"),
    path("alerts/export", alerts.export, name="alerts-export"),
    path("alerts/batch", batch.batch, name="alerts-batch"),
    path("alerts/precision", alerts.precision, name="alerts-precision"),
    path("alerts/<int:pk>", alerts.alerts, name="alert"),
    path("alerts/<int:pk>/ask", exits.ask, name="alert-ask"),
    path("alerts/<int:pk>/explained", exits.explained, name="alert-explained"),
    path("alerts/<int:pk>/false-alarm", exits.false_alarm, name="alert-false-alarm"),
    path("alerts/<int:pk>/merge", exits.merge, name="alert-merge"),
    path("alerts/<int:pk>/part", exits.part, name="alert-part"),
    path("alerts/<int:pk>/issue/<str:kind>", exits.issue, name="alert-issue"),
    path("alerts/<int:pk>/answer/<int:question>", exits.answer, name="alert-answer"),
    path("leads", lead_pages.leads, name="leads"),
    path("leads/new", lead_steps.new, name="lead-new"),
    path("leads/import", lead_steps.take_in_list, name="leads-import"),
    path("leads/import/template", lead_steps.list_template, name="leads-template"),
    path("leads/answers", lead_answers.answers, name="lead-answers"),
    path("leads/settings", lead_steps.settings_page, name="supervision-settings"),
    path("leads/<str:matter_id>", lead_pages.lead, name="lead"),
    path("leads/<str:matter_id>/files/<int:pk>", lead_pages.lead_file, name="lead-file"),
    path("orders", orders.orders, name="orders"),
    path("orders/new/<str:kind>", records.new_record, name="record-new"),
    path("orders/ledger/export", orders.ledger_export, name="orders-ledger-export"),
    path("open/supervision", records.public_summaries, name="public-supervision"),
    path("orders/ledger", orders.ledger, name="orders-ledger"),
    path("orders/<str:matter_id>", orders.order, name="order"),
    path("orders/<str:matter_id>/files/<int:pk>", orders.reply_file, name="order-file"),
]
