from django.urls import path

from .views import overview, sources, vocabulary

urlpatterns = [
    path("frameworks/<slug:slug>/demand/", overview.demand_overview, name="demand-overview"),
    path("frameworks/<slug:slug>/demand/postings/", overview.demand_postings, name="demand-postings"),
    path("frameworks/<slug:slug>/demand/trends/", overview.trends, name="demand-trends"),
    path("frameworks/<slug:slug>/demand/specificity/", overview.specific, name="demand-specificity"),
    path("frameworks/<slug:slug>/demand/figures/", overview.figures, name="demand-figures"),
    path("frameworks/<slug:slug>/demand/quality/", overview.quality, name="demand-quality"),
    path("frameworks/<slug:slug>/vocabulary/", vocabulary.vocabulary, name="vocabulary"),
    path("frameworks/<slug:slug>/vocabulary/terms/", vocabulary.change_terms, name="vocabulary-terms"),
    path("frameworks/<slug:slug>/vocabulary/own/", vocabulary.change_own_terms, name="vocabulary-own"),
    path(
        "frameworks/<slug:slug>/vocabulary/search-again/", vocabulary.search_all_again, name="vocabulary-search-again"
    ),
    path("demand/", sources.demand, name="demand"),
    path("demand/postings/<int:pk>/", sources.posting, name="posting"),
    path("demand/postings/<int:pk>/position/", sources.posting_position, name="posting-position"),
    path("demand/<slug:slug>/", sources.demand_source, name="demand-source"),
    path("demand/<slug:slug>/edit/", sources.edit, name="demand-edit"),
    path("demand/<slug:slug>/duplicates/", sources.duplicates, name="demand-duplicates"),
    path("demand/<slug:slug>/publish/", sources.publish, name="demand-publish"),
    path("demand/<slug:slug>/search-again/", sources.search_again, name="demand-search-again"),
]
