"""Work that goes on behind its page: asked for by one person, done apart, told how far it is, and let go at a word."""
