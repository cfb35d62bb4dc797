"""One search over all that somebody may read."""
