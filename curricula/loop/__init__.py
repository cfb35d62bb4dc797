"""The feedback loop: snapshots of what was found, what was decided and done, and what came of it."""
