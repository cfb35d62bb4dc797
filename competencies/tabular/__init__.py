"""Bytes to sheets, named columns and rows, within limits, and back; knows no kind of record."""
