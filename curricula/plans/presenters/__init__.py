"""What the pages of a curriculum show: filtered, sorted, typed, in words."""
