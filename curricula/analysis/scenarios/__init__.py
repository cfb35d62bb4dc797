"""Edits of a plan, applied to frames, and what they change."""
