"""What leaves the school by a link: a snapshot or a report for a time, and a page of abilities for students."""
