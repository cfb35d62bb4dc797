from django.urls import include, path

import competencies.demand.urls
import competencies.frameworks.urls

urlpatterns = [path("", include(competencies.frameworks.urls)), path("", include(competencies.demand.urls))]
