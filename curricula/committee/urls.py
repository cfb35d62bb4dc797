from django.urls import path

from . import views

curriculum_pages = [
    path("committee/", views.committee, name="committee"),
    path("committee/choices/", views.choose, name="committee-choices"),
    path("committee/logo/", views.logo, name="committee-logo"),
    path("committee/<str:edition_format>/", views.download, name="committee-download"),
]
