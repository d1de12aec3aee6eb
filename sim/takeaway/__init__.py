"""Take an answer away: workbook, brief as Word, PDF and HTML, table as CSV, and a bundle that makes it again.

`offer.made` writes any of them; each gives the same words and digits as the command line.
"""
