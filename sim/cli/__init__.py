"""How it is run: one file a command."""
