"""The only writers of curricula: each saves the whole of what it was given, or nothing."""
