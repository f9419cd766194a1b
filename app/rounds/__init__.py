"""Rounds: set up, opened, extended, closed, published."""
