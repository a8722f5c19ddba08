from django.urls import path

from . import public, web, web_officers, web_photos

urlpatterns = [
    path("lists/agencies", web.agencies, name="agencies"),
    path("lists/officers", web.officers, name="officers"),
    path("lists/officers/exams", web_officers.exams, name="officer-exams"),
    path("lists/officers/exams/new", web_officers.exam_new, name="officer-exam-new"),
    path("lists/officers/apply", web_officers.apply, name="officer-apply"),
    path("lists/officers/applications/<int:pk>", web_officers.application, name="officer-application"),
    path("lists/officers/changes", web_officers.changes, name="officer-changes"),
    path("lists/officers/settings", web_officers.settings, name="officer-settings"),
    path("lists/officers/cards", web_officers.cards, name="officer-cards"),
    path("lists/officers/<int:pk>", web.officer, name="officer"),
    path("lists/officers/<int:pk>/photo", web_photos.photo, name="officer-photo"),
    path("lists/officers/<int:pk>/photo/new", web_photos.photo_new, name="officer-photo-new"),
    path("open/officers", public.officers, name="public-officers"),
    path("open/officers/<str:number>", public.officer, name="public-officer"),
]
