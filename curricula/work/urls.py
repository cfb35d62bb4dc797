from django.urls import path

from . import views

urlpatterns = [path("work/<int:pk>/", views.work, name="work")]
