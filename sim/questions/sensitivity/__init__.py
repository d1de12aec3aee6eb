"""Which inputs move a result most."""
