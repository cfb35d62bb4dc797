"""Comments on the parts of a plan: threads, mentions, what is resolved, and whom they reach."""
