"""Loaded by every process that works for pages, and by no command."""

from .statements import bound_statements

bound_statements()
