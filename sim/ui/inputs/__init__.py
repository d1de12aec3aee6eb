"""The controls that a visitor types into."""
