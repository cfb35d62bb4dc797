from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("figures/", views.refresh, name="figures-refresh"),
    path("programs/", views.programs, name="programs"),
    path("programs/xlsx/", views.export, {"kind": "xlsx"}, name="programs-xlsx"),
    path("programs/csv/", views.export, {"kind": "csv"}, name="programs-csv"),
]
