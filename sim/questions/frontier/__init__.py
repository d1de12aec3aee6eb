"""The best mixes of several inputs that cost the same."""
