from django.urls import path

from .views import advice, optimising, proposals, what_if

urlpatterns = [
    path("advice/", advice.advice, name="advice"),
    path("advice/add/", advice.add_advice, name="advice-add"),
    path("what-if/", what_if.scenarios, name="scenarios"),
    path("what-if/new/", what_if.new_scenario, name="scenario-new"),
    path("what-if/try/", what_if.try_recommendations, name="scenario-try"),
    path("what-if/compare/", what_if.compare_scenarios, name="scenario-compare"),
    path("what-if/optimise/", optimising.optimise, name="optimise"),
    path("what-if/optimise/take/", optimising.take_optimised, name="optimise-take"),
    path("what-if/<int:pk>/", what_if.scenario, name="scenario"),
    path("what-if/<int:pk>/edit/", what_if.add_edit, name="scenario-edit"),
    path("what-if/<int:pk>/change/", what_if.change_scenario, name="scenario-change"),
    path("what-if/<int:pk>/apply/", what_if.apply_scenario, name="scenario-apply"),
    path("what-if/<int:pk>/proposal/", proposals.proposal, name="scenario-proposal"),
    path("what-if/<int:pk>/proposal/<str:format>/", proposals.download, name="scenario-report"),
]
