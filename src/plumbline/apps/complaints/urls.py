from django.urls import path

from .web import custody, handling, telling

urlpatterns = [
    path("open/report", telling.start, name="report-start"),
    path("open/report/answers", telling.answers, name="report-answers"),
    path("open/report/done", telling.done, name="report-done"),
    path("open/report/photos/<int:photo>", telling.own_photo, name="report-photo"),
    path("open/report/<str:page>", telling.question, name="report-question"),
    path("open/receipt", telling.receipt, name="report-receipt"),
    path("complaints", handling.index, name="complaints"),
    path("complaints/referrals", handling.referrals, name="complaint-referrals"),
    path("complaints/referrals/<int:pk>", handling.referral, name="complaint-referral"),
    path("complaints/identities", custody.index, name="identities"),
    path("complaints/identities/<int:pk>", custody.opening, name="identity-opening"),
    path("complaints/photos/<int:pk>", handling.photo, name="complaint-photo"),
    path("complaints/<str:matter_id>", handling.show, name="complaint"),
]
