from django.urls import path

from . import public_views, views

curriculum_pages = [
    path("sharing/", views.sharing, name="sharing"),
    path("sharing/<int:pk>/", views.shared_link, name="shared-link"),
    path("sharing/<int:pk>/revoke/", views.revoke_link, name="shared-link-revoke"),
]

urlpatterns = [
    path("shared/", public_views.shared, name="shared"),
    path("shared/file/", public_views.shared_file, name="shared-file"),
    path("plans/<slug:school>/<slug:program>/<int:year>/", public_views.student_plan, name="student-plan"),
]
