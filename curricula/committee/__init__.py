"""What a committee decides on: the edition of a plan for it, chosen on a page before it is made."""
