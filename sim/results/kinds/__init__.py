"""What came of each kind of employer of a portfolio by itself."""
