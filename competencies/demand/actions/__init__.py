"""The only writers of demand: each saves whole or not at all and says what it did."""
