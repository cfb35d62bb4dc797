"""People: how they get in, who they are here, and which role each has in a school."""
