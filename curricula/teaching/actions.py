from __future__ import annotations

from curricula.models import Lecturer, Membership, School


def tie(school: School, name: str, membership: Membership | None) -> None:
    """A name in the plans means this member from now on; with None nobody."""
    if membership is None:
        Lecturer.objects.filter(school=school, name=name).delete()
    else:
        Lecturer.objects.update_or_create(school=school, name=name, defaults={"membership": membership})
