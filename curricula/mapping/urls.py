from django.urls import path

from . import suggestion_views, views

curriculum_pages = [
    path("matrix/", views.matrix, name="matrix"),
    path("matrix/cell/", views.cell, name="matrix-cell"),
    path("suggestions/", suggestion_views.suggestions, name="suggestions"),
]
