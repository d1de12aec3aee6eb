"""What a served client would have to avoid for a change to pay for itself."""
