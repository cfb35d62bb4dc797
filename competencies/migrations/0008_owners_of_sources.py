"""A source belongs to the school of whoever uploaded it; what a command made belongs to the site."""

from __future__ import annotations

from typing import Any

from django.db import migrations

DIRECTING = ("director", "administrator")


def owner_of(source: Any, apps: Any) -> int | None:
    """The school that its maker directs, rather one whose plans it judges; else the only school that it judges."""
    if source.made_by_id is None:
        return None
    memberships = apps.get_model("curricula", "Membership").objects.filter(user=source.made_by_id)
    directed = memberships.filter(role__in=DIRECTING).order_by("school__slug").values_list("school", flat=True)
    judges = apps.get_model("curricula", "Curriculum").objects.filter(demand_sources=source)
    judged = set(judges.values_list("program__school", flat=True))
    if directed:
        return next((school for school in directed if school in judged), directed[0])
    return next(iter(judged)) if len(judged) == 1 else None


def give(apps: Any, schema_editor: Any) -> None:
    sources = apps.get_model("competencies", "DemandSource").objects
    for source in sources.order_by("pk"):
        sources.filter(pk=source.pk).update(owner=owner_of(source, apps))


class Migration(migrations.Migration):
    dependencies = [("competencies", "0007_owners"), ("curricula", "0012_strength_of_support")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
