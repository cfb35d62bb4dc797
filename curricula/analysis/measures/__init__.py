"""Measures and readings beside the gap analysis, each on its own."""
