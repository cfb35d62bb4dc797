"""What somebody who signs in sees first, and the table of all programs."""
