"""Run one scenario, or compare a base with alternatives, replication by replication."""
