"""From an uploaded file over its preview to saved records."""
