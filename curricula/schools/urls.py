from django.urls import path

from . import bin_views, record_views, views, visit_views

curriculum_pages = [path("remove/", bin_views.remove_plan, name="curriculum-remove")]

urlpatterns = [
    path("schools/", views.schools, name="schools"),
    path("demand/<slug:slug>/remove/", bin_views.remove_source, name="source-remove"),
    path("schools/removed/sources/<int:pk>/restore/", bin_views.restore_source_of_site, name="source-restore"),
    path("schools/removed/<int:pk>/restore/", bin_views.restore_school, name="school-restore"),
    path("schools/<slug:school>/", views.school_settings, name="school"),
    path("schools/<slug:school>/remove/", bin_views.remove_school, name="school-remove"),
    path("schools/<slug:school>/bin/", bin_views.bin_page, name="bin"),
    path("schools/<slug:school>/bin/<slug:kind>/<int:pk>/restore/", bin_views.restore, name="bin-restore"),
    path("schools/<slug:school>/visit/", visit_views.visit, name="school-visit"),
    path("schools/<slug:school>/history/", visit_views.history, name="school-history"),
    path("schools/<slug:school>/take/", views.take_school, name="school-take"),
    path("schools/<slug:school>/programs/<slug:program>/", views.program_settings, name="program"),
    path("schools/<slug:school>/programs/<slug:program>/remove/", bin_views.remove_program, name="program-remove"),
    path("schools/<slug:school>/records/", record_views.all_records, name="records-all"),
    path("schools/<slug:school>/records.xlsx", record_views.workbook, name="records-workbook"),
    path("schools/<slug:school>/records/<slug:kind>/", record_views.records, name="records"),
    path("schools/<slug:school>/records/<slug:kind>/new/", record_views.edit_record, name="record-new"),
    path("schools/<slug:school>/records/<slug:kind>/export/", record_views.export, name="records-export"),
    path("schools/<slug:school>/records/<slug:kind>/<int:pk>/", record_views.record, name="record"),
    path("schools/<slug:school>/records/<slug:kind>/<int:pk>/edit/", record_views.edit_record, name="record-edit"),
]
