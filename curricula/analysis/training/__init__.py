"""Pure readings of the conditions of training: plain numbers and records in, frozen results out."""
