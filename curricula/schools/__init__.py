"""Schools, their programs and members."""
