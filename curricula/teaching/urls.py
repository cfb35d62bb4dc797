from django.urls import path

from . import views

urlpatterns = [path("schools/<slug:school>/lecturers/", views.lecturers, name="school-lecturers")]
