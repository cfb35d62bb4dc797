"""The readings of the conditions of training: records of a school → numbers → words, one panel a module."""
