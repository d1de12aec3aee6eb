"""How it is shown: charts, tables, brief and provenance."""
