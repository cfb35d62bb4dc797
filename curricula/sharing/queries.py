"""Links of a plan, and what a link or the public may read."""

from __future__ import annotations

from django.db.models import Count, Max, QuerySet

from curricula.models import Curriculum, SharedLink, Snapshot


def links_of(curriculum: Curriculum) -> QuerySet[SharedLink]:
    """Of all versions and years of its program, the newest first, with how often each was opened."""
    links = SharedLink.objects.filter(curriculum__program=curriculum.program_id, curriculum__removed_at=None)
    counted = links.annotate(times=Count("openings"), last=Max("openings__opened"))
    return counted.select_related("curriculum__program__school", "snapshot__curriculum", "made_by").defer(
        "snapshot__inputs", "snapshot__result"
    )


def snapshots_to_share(curriculum: Curriculum) -> QuerySet[Snapshot]:
    return (
        Snapshot.objects.light()
        .filter(curriculum__program=curriculum.program_id, curriculum__removed_at=None)
        .select_related("curriculum__program")
    )


def opened_by(token: str) -> SharedLink | None:
    """The link that a token opens by now."""
    found = SharedLink.objects.open().by_token(token)
    return found.select_related("curriculum__program__school", "curriculum__framework", "snapshot").first()


def public_plan(*, school: str, program: str, year: int) -> Curriculum | None:
    """The newest approved version of a plan whose school shows its plans to students."""
    found = Curriculum.objects.filter(
        program__school__slug=school,
        program__school__removed_at=None,
        program__school__students_see_plans=True,
        program__slug=program,
        program__removed_at=None,
        year=year,
        state=Curriculum.State.APPROVED,
    )
    return found.select_related("program__school", "framework").order_by("-version").first()
