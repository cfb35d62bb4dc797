from __future__ import annotations

from competencies.models import Posting

from .readers.near_duplicates import Advertisement


def advertisement_of(posting: Posting) -> Advertisement:
    """A stored posting as near-duplicates are compared."""
    return Advertisement(
        text=posting.text,
        title=posting.title,
        employer=posting.employer,
        region=posting.region,
        day=posting.published.toordinal() if posting.published else 0,
    )
