"""Work in a process of its own that may die of it: a limit of time, a limit of memory, and who asked can let it go."""
