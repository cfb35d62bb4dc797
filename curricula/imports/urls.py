from django.urls import path

from . import run_views, views

curriculum_pages = [path("courses/export/", views.export, name="courses-export")]

urlpatterns = [
    path("import/", views.start, name="import"),
    path("import/<int:pk>/", views.preview, name="import-preview"),
    path("import/<int:pk>/columns/", views.columns, name="import-columns"),
    path("import/saved/", run_views.runs, name="import-runs"),
    path("import/saved/<int:pk>/", run_views.run, name="import-run"),
    path("import/sources/<slug:slug>/", views.judge_plans, name="source-judges"),
]
