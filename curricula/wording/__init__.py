"""Codes and numbers of the analysis as sentences in the reader's language."""
