from django.urls import path

from . import answer_views, views

urlpatterns = [
    path("questionnaire/", answer_views.answer, name="questionnaire-answer"),
    path("schools/<slug:school>/questionnaires/", views.questionnaires, name="questionnaires"),
    path("schools/<slug:school>/questionnaires/new/", views.edit, name="questionnaire-new"),
    path("schools/<slug:school>/questionnaires/<int:pk>/", views.questionnaire, name="questionnaire"),
    path("schools/<slug:school>/questionnaires/<int:pk>/edit/", views.edit, name="questionnaire-edit"),
    path("schools/<slug:school>/questionnaires/<int:pk>/links/", views.links, name="questionnaire-links"),
    path("schools/<slug:school>/questionnaires/<int:pk>/answers/", views.answers, name="questionnaire-answers"),
    path("schools/<slug:school>/questionnaires/<int:pk>/words/", views.words, name="questionnaire-words"),
    path("schools/<slug:school>/questionnaires/links/<int:pk>/revoke/", views.revoke, name="questionnaire-revoke"),
]
