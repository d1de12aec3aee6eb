"""The commands about saved runs and notes."""
