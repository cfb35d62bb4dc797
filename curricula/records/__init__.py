"""Records of a curriculum on their way in, out, and into the next version."""
