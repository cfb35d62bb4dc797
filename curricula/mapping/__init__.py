"""The matrix of courses and abilities, and the suggestions that fill it."""
