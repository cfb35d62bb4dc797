from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from competencies.management.imports import REFUSED, wrong_usage
from curricula.evaluation.snapshots import Verification, verification_of
from curricula.management.targets import curriculum_named
from curricula.models import Snapshot

MOST_NAMED = 20


class Command(BaseCommand):
    help = "Repeat the analysis of snapshots from what was frozen with them, and compare it with what they say."
    requires_system_checks = []  # they load every page

    def add_arguments(self, parser: ArgumentParser) -> None:
        named = "a snapshot's number, or school/program/year for all snapshots of that plan's versions"
        parser.add_argument("snapshot", help=named)

    def handle(self, *args: Any, **options: Any) -> None:
        differing = 0
        for snapshot in _asked_for(options["snapshot"]):
            found = verification_of(snapshot)
            self.stdout.write(f"snapshot {snapshot.pk}, {snapshot}: {_verdict(found)}")
            for name, (was, now) in found.changed.items():
                self.stdout.write(f"  made with {name} {was}; here it is {now}")
            for place in found.figures[:MOST_NAMED]:
                self.stdout.write(f"  differs: {place}")
            differing += not found.same
        if differing:
            raise CommandError(f"{differing} did not say the same again", returncode=REFUSED)


def _asked_for(named: str) -> list[Snapshot]:
    if named.isdecimal():
        found = list(Snapshot.objects.filter(pk=int(named)).select_related("curriculum__program__school"))
    else:
        plan = curriculum_named(named)
        snapshots = Snapshot.objects.filter(curriculum__program=plan.program, curriculum__year=plan.year)
        found = list(snapshots.select_related("curriculum__program__school").order_by("created"))
    if not found:
        wrong_usage(f"there is no snapshot “{named}”")
    return found


def _verdict(found: Verification) -> str:
    if not found.intact:
        return "somebody wrote over it"
    if found.refused:
        return f"this program cannot repeat it ({found.refused}); its page shows what was kept"
    if found.same:
        return "the same, bit for bit"
    if not found.figures:
        return f"the same figures and findings; {found.words} sentences are worded otherwise by now"
    return f"{len(found.figures)} figures or findings differ"
