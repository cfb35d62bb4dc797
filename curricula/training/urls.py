from django.urls import path

from . import rule_views, views

curriculum_pages = [
    path("training/", views.conditions_start, name="training-start"),
    path("training/<slug:panel>/", views.panel, name="training"),
]

urlpatterns = [
    path("papers/", views.papers, name="papers"),
    path("schools/<slug:school>/training-rules/", rule_views.rules, name="training-rules"),
]
