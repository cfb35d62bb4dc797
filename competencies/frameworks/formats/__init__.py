"""The formats in which frameworks come and go, one module each; no database."""
