from django.urls import path

from . import views

urlpatterns = [
    path("schools/", views.schools, name="schools"),
    path("schools/<slug:school>/", views.school_settings, name="school"),
    path("schools/<slug:school>/take/", views.take_school, name="school-take"),
    path("schools/<slug:school>/programs/<slug:program>/", views.program_settings, name="program"),
    path("schools/<slug:school>/members/", views.add_member, name="school-members"),
    path("schools/<slug:school>/members/<int:pk>/", views.change_member, name="school-member"),
]
