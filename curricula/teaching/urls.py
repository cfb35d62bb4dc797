from django.urls import path

from . import asking_views, task_views, views

curriculum_pages = [
    path("asked/", asking_views.asked, name="asked"),
    path("asked/new/", asking_views.ask, name="ask"),
    path("asked/<int:pk>/", asking_views.change_asked, name="asked-change"),
    path("courses/<int:pk>/task/", task_views.task, name="course-task"),
]

urlpatterns = [
    path("schools/<slug:school>/lecturers/", views.lecturers, name="school-lecturers"),
    path("my-courses/", task_views.mine, name="my-courses"),
]
