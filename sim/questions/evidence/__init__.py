"""Where a number comes from, how sure it is, and what it acts on."""
