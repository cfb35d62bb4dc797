"""The frames of an analysis are the same on every database."""

from __future__ import annotations

import pytest

from competencies.models import Posting
from curricula.evaluation.frames import abilities_frame, demand_frames
from tests.universe import Universe, add_postings

pytestmark = pytest.mark.django_db


def test_postings_stand_in_one_order_because_resamples_follow_it(universe: Universe):
    add_postings(universe.curriculum, 4)
    Posting.objects.filter(pk=Posting.objects.order_by("pk").values("pk")[:1]).update(published=None)
    demand = demand_frames(universe.curriculum, abilities_frame(universe.framework))
    assert demand is not None
    assert list(demand.postings.index) == sorted(Posting.objects.values_list("pk", flat=True))
