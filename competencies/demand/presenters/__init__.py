"""What the pages of demand show: typed, in the reader's words."""
