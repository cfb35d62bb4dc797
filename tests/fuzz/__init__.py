"""Generated files, each made from a small one by mutations, through the pages that take files."""
