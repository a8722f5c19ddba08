from django.urls import path

from . import catalogue_pages, competence_pages, web

urlpatterns = [
    path("lists/powers", web.powers, name="powers"),
    path("lists/powers/<str:code>", web.power, name="power"),
    path("lists/competent", competence_pages.competent, name="competent"),
    path("lists/gaps", competence_pages.gaps, name="competence-gaps"),
    path("lists/legal-review", catalogue_pages.catalogue, name="review-catalogue"),
    path("lists/legal-review/<str:mark>", catalogue_pages.settle, name="review-conflict"),
    path("open/competent", competence_pages.public_competent, name="public-competent"),
]
