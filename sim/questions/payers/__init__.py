"""Who pays how much more than in the base, and until when the money lasts."""
