from __future__ import annotations

from typing import Any

from django.db import transaction

from competencies.models import Position, Posting, PostingCorrection


@transaction.atomic
def correct_position(posting: Posting, position: Position | None, *, user: Any = None) -> bool:
    """Sets the position that a person read from a posting; a search of the titles leaves it alone from then on.

    True where that changed anything. Raises ValueError for a position of another framework.
    """
    if position is not None and position.framework_id != posting.source.framework_id:
        raise ValueError("a posting's position belongs to the framework of its source")
    if posting.position_corrected and posting.position_id == (position and position.pk):
        return False
    PostingCorrection.objects.create(posting=posting, before=posting.position, after=position, user=user)
    posting.position, posting.position_corrected = position, True
    posting.save(update_fields=["position", "position_corrected"])
    posting.source.save()  # figures kept from before are computed anew
    return True
