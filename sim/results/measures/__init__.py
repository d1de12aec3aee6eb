"""Every measure, each defined once."""
