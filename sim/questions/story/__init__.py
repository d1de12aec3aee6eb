"""The career of one peer in one projected future."""
