"""From records to frames to the analysis, kept in the cache: the only place that runs an analysis."""
