from django.urls import path

from . import views

urlpatterns = [path("progress/<int:pk>/", views.work, name="work")]
