"""What a curriculum does for each ability, in numbers. Nothing here knows Django."""
