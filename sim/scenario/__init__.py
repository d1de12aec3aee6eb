"""What if: the question's schema, files, checks and dated changes."""
