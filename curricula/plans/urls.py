from django.urls import path

from .views import (
    abilities,
    api,
    course_editing,
    courses,
    further,
    groups,
    history,
    needs,
    next_evidence,
    overview,
    reports,
    settings,
)

curriculum_pages = [
    path("", overview.overview, name="overview"),
    path("today/", overview.overview_today, name="overview-today"),
    path("abilities/", abilities.abilities, name="abilities"),
    path("abilities/<path:code>/", abilities.curriculum_ability, name="curriculum-ability"),
    path("postings/", abilities.postings, name="postings"),
    path("courses/", courses.courses, name="courses"),
    path("courses/<int:pk>/", courses.course, name="course"),
    path("courses/new/", course_editing.edit_course, name="course-new"),
    path("courses/removed/", course_editing.removed_courses, name="courses-removed"),
    path("courses/removed/<int:pk>/restore/", course_editing.restore, name="course-restore"),
    path("courses/<int:pk>/edit/", course_editing.edit_course, name="course-edit"),
    path("courses/<int:pk>/remove/", course_editing.remove, name="course-remove"),
    path("courses/groups/new/", groups.group, name="elective-group-new"),
    path("courses/groups/<int:pk>/", groups.group, name="elective-group"),
    path("positions/", courses.positions, name="positions"),
    path("positions/<path:code>/", courses.curriculum_position, name="curriculum-position"),
    path("certificates/", courses.certificates, name="certificates"),
    path("certificates/link/", courses.link_equivalence, name="certificate-link"),
    path("prerequisites/", further.prerequisites, name="prerequisites"),
    path("robustness/", further.robustness, name="robustness"),
    path("depth/", further.depth, name="depth"),
    path("evidence/", next_evidence.next_evidence, name="next-evidence"),
    path("evidence/done/", next_evidence.tick, name="next-evidence-done"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<str:format>/", reports.download, name="report-download"),
    path("history/", history.history, name="history"),
    path("settings/", settings.curriculum_settings, name="curriculum-settings"),
    path("settings/framework/", settings.other_framework, name="curriculum-framework"),
    path("next/", settings.make_next_version, name="curriculum-next"),
    path("next-year/", settings.make_next_year, name="curriculum-next-year"),
]

urlpatterns = [
    path("frameworks/<slug:slug>/demand/needs/", needs.needs, name="demand-needs"),
    path("api/curricula/<slug:school>/<slug:program>/<str:year>/report", api.report, name="api-report"),
]
