from django.urls import path

from . import views
from .editing import views as editing

# A code is whatever a framework's publisher chose, slashes included.
urlpatterns = [
    path("frameworks/", views.frameworks, name="frameworks"),
    path("frameworks/template.xlsx", views.template, name="framework-template"),
    path("framework/new/", editing.new, name="framework-new"),
    path("frameworks/<slug:slug>/", views.framework, name="framework"),
    path("frameworks/<slug:slug>/abilities/<path:code>/", views.ability, name="ability"),
    path("frameworks/<slug:slug>/positions/", views.positions, name="framework-positions"),
    path("frameworks/<slug:slug>/positions/<path:code>/", views.position, name="position"),
    path("frameworks/<slug:slug>/certificates/", views.certifications, name="certifications"),
    path("frameworks/<slug:slug>/export/<slug:format_name>/", views.export, name="framework-export"),
    path("frameworks/<slug:slug>/edit/", editing.head, name="framework-edit"),
    path("frameworks/<slug:slug>/status/", editing.take_step, name="framework-status"),
    path("frameworks/<slug:slug>/edit/ability/", editing.ability, name="ability-new"),
    path("frameworks/<slug:slug>/edit/ability/<int:pk>/", editing.ability, name="ability-edit"),
    path("frameworks/<slug:slug>/edit/position/", editing.position, name="position-new"),
    path("frameworks/<slug:slug>/edit/position/<int:pk>/", editing.position, name="position-edit"),
    path("frameworks/<slug:slug>/edit/certificate/", editing.certificate, name="certificate-new"),
    path("frameworks/<slug:slug>/edit/certificate/<int:pk>/", editing.certificate, name="certificate-edit"),
]
