"""What leaves the dashboard: numbers for the command line, later workbook, slides and returns."""
