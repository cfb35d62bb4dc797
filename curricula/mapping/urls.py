from django.urls import path

from . import carrying_views, suggestion_views, views

curriculum_pages = [
    path("matrix/", views.matrix, name="matrix"),
    path("matrix/cell/", views.cell, name="matrix-cell"),
    path("suggestions/", suggestion_views.suggestions, name="suggestions"),
]

urlpatterns = [path("frameworks/<slug:slug>/carry/", carrying_views.carry, name="framework-carry")]
