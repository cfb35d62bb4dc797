"""What pages and analysis read of demand: nouns, each with a constant number of queries."""
