"""The fields of each record, declared once: names, column names, how a cell is read and written, where it is shown.

Pure, and below everything else in `curricula`: models, readers of files, pages and reports take the words from here.
"""
