"""Minority statements: what those say who stay outside the main view, in wording they approved."""
