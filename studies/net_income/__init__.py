"""The table of net income by wage: worked out by PolicyEngine in an environment of its own, then packed."""
