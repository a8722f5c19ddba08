from django.urls import path

from . import web

urlpatterns = [
    path("rights", web.people, name="rights"),
    path("rights/people/new", web.person_new, name="rights-person-new"),
    path("rights/people/<int:pk>", web.person, name="rights-person"),
    path("rights/posts", web.posts, name="rights-posts"),
    path("rights/posts/new", web.post_new, name="rights-post-new"),
    path("rights/posts/<int:pk>", web.post, name="rights-post"),
    path("rights/administrators", web.administrators, name="rights-administrators"),
]
