from django.urls import path

from . import views

# A code is whatever a framework's publisher chose, slashes included.
urlpatterns = [
    path("frameworks/", views.frameworks, name="frameworks"),
    path("frameworks/template.xlsx", views.template, name="framework-template"),
    path("frameworks/<slug:slug>/", views.framework, name="framework"),
    path("frameworks/<slug:slug>/abilities/<path:code>/", views.ability, name="ability"),
    path("frameworks/<slug:slug>/positions/", views.positions, name="framework-positions"),
    path("frameworks/<slug:slug>/positions/<path:code>/", views.position, name="position"),
    path("frameworks/<slug:slug>/certificates/", views.certifications, name="certifications"),
]
