from django.urls import path

from . import views

curriculum_pages = [path("courses/export/", views.export, name="courses-export")]

urlpatterns = [
    path("import/", views.start, name="import"),
    path("import/<int:pk>/", views.preview, name="import-preview"),
    path("import/sources/<slug:slug>/", views.judge_plans, name="source-judges"),
]
