"""Plans side by side on one framework, and one plan on two frameworks."""
