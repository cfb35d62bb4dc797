from django.urls import path

from . import posting_views, views

curriculum_pages = [path("courses/export/", views.export, name="courses-export")]

urlpatterns = [
    path("import/", views.start, name="import"),
    path("import/<int:pk>/", views.preview, name="import-preview"),
    path("import/sources/<slug:slug>/", posting_views.judge_plans, name="source-judges"),
]
