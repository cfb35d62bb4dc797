from django.urls import path

from . import block_views, carrying_views, suggestion_views, views

curriculum_pages = [
    path("matrix/", views.matrix, name="matrix"),
    path("matrix/cell/", views.cell, name="matrix-cell"),
    path("matrix/cells/", block_views.block, name="matrix-cells"),
    path("matrix/effect/", block_views.effect, name="matrix-effect"),
    path("suggestions/", suggestion_views.suggestions, name="suggestions"),
]

urlpatterns = [path("frameworks/<slug:slug>/carry/", carrying_views.carry, name="framework-carry")]
