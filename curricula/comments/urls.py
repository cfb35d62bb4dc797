from django.urls import path

from . import on_home, views

__all__ = ["curriculum_pages", "on_home", "urlpatterns"]  # home shows what on_home registers

curriculum_pages = [
    path("comments/", views.comments, name="comments"),
    path("comments/<int:pk>/", views.comment, name="comment"),
]

urlpatterns = [path("comments/", views.mine, name="my-comments")]
