"""What all visitors of a server share: workers, jobs, limits."""
