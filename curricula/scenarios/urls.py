from django.urls import path

from . import advice_views, elsewhere_views, on_home, optimise_views, proposal_views, views

__all__ = ["curriculum_pages", "on_home"]  # home shows what on_home registers

curriculum_pages = [
    path("courses/<int:pk>/elsewhere/", elsewhere_views.elsewhere, name="course-elsewhere"),
    path("advice/", advice_views.advice, name="advice"),
    path("advice/add/", advice_views.add_advice, name="advice-add"),
    path("what-if/", views.scenarios, name="scenarios"),
    path("what-if/new/", views.new_scenario, name="scenario-new"),
    path("what-if/try/", optimise_views.take_optimised, name="scenario-try"),
    path("what-if/compare/", views.compare_scenarios, name="scenario-compare"),
    path("what-if/optimise/", optimise_views.optimise, name="optimise"),
    path("what-if/optimise/take/", optimise_views.take_optimised, name="optimise-take"),
    path("what-if/optimise/lock/", optimise_views.lock_course, name="course-lock"),
    path("what-if/<int:pk>/", views.scenario, name="scenario"),
    path("what-if/<int:pk>/edit/", views.add_edit, name="scenario-edit"),
    path("what-if/<int:pk>/change/", views.change_scenario, name="scenario-change"),
    path("what-if/<int:pk>/apply/", views.apply_scenario, name="scenario-apply"),
    path("what-if/<int:pk>/proposal/", proposal_views.proposal, name="scenario-proposal"),
    path("what-if/<int:pk>/proposal/<str:format>/", proposal_views.download, name="scenario-report"),
]
