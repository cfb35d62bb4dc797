"""The committee edition: what a committee decides on, in four to six pages; the full report is its appendix."""
