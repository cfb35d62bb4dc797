"""Frameworks in, out and on the page."""
