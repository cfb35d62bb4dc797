from django.urls import path

from . import agenda_views, asking_views, on_home, task_views, views

__all__ = ["curriculum_pages", "on_home", "urlpatterns"]  # home shows what on_home registers

curriculum_pages = [
    path("asked/", asking_views.asked, name="asked"),
    path("asked/new/", asking_views.ask, name="ask"),
    path("asked/<int:pk>/", asking_views.change_asked, name="asked-change"),
    path("agenda/", agenda_views.agenda, name="agenda"),
    path("agenda/settle/", agenda_views.settle_cells, name="agenda-settle"),
    path("courses/<int:pk>/task/", task_views.task, name="course-task"),
]

urlpatterns = [
    path("schools/<slug:school>/lecturers/", views.lecturers, name="school-lecturers"),
    path("my-courses/", task_views.mine, name="my-courses"),
]
