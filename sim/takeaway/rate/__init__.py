"""Write a rate build-up: as a Word document, and as a workbook with live formulas."""
