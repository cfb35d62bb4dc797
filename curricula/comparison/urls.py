from django.urls import path

from . import views

urlpatterns = [
    path("compare/", views.compare, name="compare"),
    path("compare/frameworks/", views.compare_frameworks, name="compare-frameworks"),
]
