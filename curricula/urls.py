from django.urls import URLPattern, URLResolver, include, path

import curricula.accounts.urls
import curricula.comments.urls
import curricula.committee.urls
import curricula.comparison.urls
import curricula.finding.urls
import curricula.home.urls
import curricula.imports.urls
import curricula.mapping.urls
import curricula.method.urls
import curricula.plans.urls
import curricula.progress.urls
import curricula.questionnaires.urls
import curricula.schools.urls
import curricula.sharing.urls
import curricula.teaching.urls
import curricula.training.urls
from curricula.comments.urls import curriculum_pages as comment_pages
from curricula.committee.urls import curriculum_pages as committee_pages
from curricula.imports.urls import curriculum_pages as import_pages
from curricula.loop.urls import curriculum_pages as loop_pages
from curricula.mapping.urls import curriculum_pages as mapping_pages
from curricula.plans.urls import curriculum_pages as plan_pages
from curricula.scenarios.urls import curriculum_pages as scenario_pages
from curricula.schools.urls import curriculum_pages as school_pages
from curricula.sharing.urls import curriculum_pages as sharing_pages
from curricula.teaching.urls import curriculum_pages as teaching_pages
from curricula.training.urls import curriculum_pages as training_pages

curriculum_pages: list[URLPattern | URLResolver] = [
    *plan_pages,
    *import_pages,
    *mapping_pages,
    *scenario_pages,
    *loop_pages,
    *committee_pages,
    *sharing_pages,
    *school_pages,
    *teaching_pages,
    *comment_pages,
    *training_pages,
]

urlpatterns = [
    path("", include(curricula.plans.urls)),
    path("", include(curricula.accounts.urls)),
    path("", include(curricula.committee.urls)),
    path("", include(curricula.comments.urls)),
    path("", include(curricula.comparison.urls)),
    path("", include(curricula.finding.urls)),
    path("", include(curricula.home.urls)),
    path("", include(curricula.imports.urls)),
    path("", include(curricula.mapping.urls)),
    path("", include(curricula.method.urls)),
    path("", include(curricula.questionnaires.urls)),
    path("", include(curricula.schools.urls)),
    path("", include(curricula.sharing.urls)),
    path("", include(curricula.teaching.urls)),
    path("", include(curricula.training.urls)),
    path("", include(curricula.progress.urls)),
    path("c/<slug:school>/<slug:program>/<int:year>/", include(curriculum_pages)),
]
