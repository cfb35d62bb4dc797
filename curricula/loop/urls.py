from django.urls import path

from . import views

curriculum_pages = [
    path("review/", views.review, name="review"),
    path("state/", views.earlier_state, name="curriculum-state"),
    path("review/decide/", views.decide_on, name="review-decide"),
    path("snapshots/", views.snapshots, name="snapshots"),
    path("snapshots/new/", views.new_snapshot, name="snapshot-new"),
    path("snapshots/compare/", views.compare_snapshots, name="snapshot-compare"),
    path("snapshots/<int:pk>/", views.snapshot, name="snapshot"),
    path("actions/", views.actions, name="actions"),
    path("actions/new/", views.edit_action, name="action-new"),
    path("actions/<int:pk>/", views.action, name="action"),
    path("actions/<int:pk>/edit/", views.edit_action, name="action-edit"),
    path("loop/", views.loop, name="loop"),
    path("changes/", views.changes, name="changes"),
]
