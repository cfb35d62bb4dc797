"""What the reading pages show: one module a page, typed objects with words, no request."""
