"""A framework written and changed on the page: its head, abilities, positions and certificates."""
