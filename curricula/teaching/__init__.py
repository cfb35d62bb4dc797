"""Whose course is it: names in the plans, and the members that they mean."""
