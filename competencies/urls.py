from django.urls import path

from .views import demand, frameworks, overview, vocabulary

# A code is whatever a framework's publisher chose, slashes included.
urlpatterns = [
    path("frameworks/", frameworks.frameworks, name="frameworks"),
    path("frameworks/<slug:slug>/", frameworks.framework, name="framework"),
    path("frameworks/<slug:slug>/abilities/<path:code>/", frameworks.ability, name="ability"),
    path("frameworks/<slug:slug>/positions/", frameworks.positions, name="framework-positions"),
    path("frameworks/<slug:slug>/positions/<path:code>/", frameworks.position, name="position"),
    path("frameworks/<slug:slug>/certificates/", frameworks.certifications, name="certifications"),
    path("frameworks/<slug:slug>/demand/", overview.demand_overview, name="demand-overview"),
    path("frameworks/<slug:slug>/demand/postings/", overview.demand_postings, name="demand-postings"),
    path("frameworks/<slug:slug>/demand/trends/", overview.trends, name="demand-trends"),
    path("frameworks/<slug:slug>/demand/specificity/", overview.specific, name="demand-specificity"),
    path("frameworks/<slug:slug>/demand/figures/", overview.figures, name="demand-figures"),
    path("frameworks/<slug:slug>/demand/quality/", overview.quality, name="demand-quality"),
    path("frameworks/<slug:slug>/vocabulary/", vocabulary.vocabulary, name="vocabulary"),
    path("frameworks/<slug:slug>/vocabulary/terms/", vocabulary.change_terms, name="vocabulary-terms"),
    path(
        "frameworks/<slug:slug>/vocabulary/search-again/", vocabulary.search_all_again, name="vocabulary-search-again"
    ),
    path("demand/", demand.demand, name="demand"),
    path("demand/postings/<int:pk>/", demand.posting, name="posting"),
    path("demand/postings/<int:pk>/position/", demand.posting_position, name="posting-position"),
    path("demand/<slug:slug>/", demand.demand_source, name="demand-source"),
    path("demand/<slug:slug>/duplicates/", demand.duplicates, name="demand-duplicates"),
    path("demand/<slug:slug>/search-again/", demand.search_again, name="demand-search-again"),
]
