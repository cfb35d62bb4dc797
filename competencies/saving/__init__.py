"""Writing many rows: in a constant number of queries, whole or not at all."""
