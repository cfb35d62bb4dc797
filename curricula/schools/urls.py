from django.urls import path

from . import record_views, views

urlpatterns = [
    path("schools/", views.schools, name="schools"),
    path("schools/<slug:school>/", views.school_settings, name="school"),
    path("schools/<slug:school>/take/", views.take_school, name="school-take"),
    path("schools/<slug:school>/programs/<slug:program>/", views.program_settings, name="program"),
    path("schools/<slug:school>/members/", views.add_member, name="school-members"),
    path("schools/<slug:school>/members/<int:pk>/", views.change_member, name="school-member"),
    path("schools/<slug:school>/records/<slug:kind>/", record_views.records, name="records"),
    path("schools/<slug:school>/records/<slug:kind>/new/", record_views.edit_record, name="record-new"),
    path("schools/<slug:school>/records/<slug:kind>/export/", record_views.export, name="records-export"),
    path("schools/<slug:school>/records/<slug:kind>/<int:pk>/", record_views.record, name="record"),
    path("schools/<slug:school>/records/<slug:kind>/<int:pk>/edit/", record_views.edit_record, name="record-edit"),
]
