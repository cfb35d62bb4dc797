"""The pages of one curriculum."""
