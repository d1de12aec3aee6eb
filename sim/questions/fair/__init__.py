"""Whom a change reaches: pay, retention, promotion and leaving by group."""
