"""Facts rendered for people: charts and the report."""
