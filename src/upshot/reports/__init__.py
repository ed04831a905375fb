"""Facts rendered for people: charts, and the report as page, workbook and slides."""
