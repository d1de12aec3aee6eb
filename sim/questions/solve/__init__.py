"""The smallest change of one input that meets a set of conditions."""
