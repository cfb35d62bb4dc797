"""From files of postings, surveys and figures to checked rows; no database."""
