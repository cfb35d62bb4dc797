from django.urls import path

from . import views

urlpatterns = [path("method/", views.method, name="method")]
