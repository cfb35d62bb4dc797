from django.urls import path

from . import school_views, views

curriculum_pages = [
    path("committee/", views.committee, name="committee"),
    path("committee/choices/", views.choose, name="committee-choices"),
    path("committee/logo/", views.logo, name="committee-logo"),
    path("committee/<str:edition_format>/", views.download, name="committee-download"),
]

urlpatterns = [
    path("schools/<slug:school>/reports/", school_views.school_reports, name="school-reports"),
    path(
        "schools/<slug:school>/reports/<str:edition_format>/",
        school_views.school_report_file,
        name="school-report-file",
    ),
    path("schools/<slug:school>/reports/archive/<int:number>/", school_views.school_archive, name="school-archive"),
]
