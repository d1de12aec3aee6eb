"""How a scenario is run: replications in blocks, by one process, several or a cluster; kept and found again."""
