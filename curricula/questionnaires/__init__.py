"""Questionnaires for stakeholders: made, sent by link, answered without an account, read as shares."""
