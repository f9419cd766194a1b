"""Facilitators decide on what was proposed, and keep the registers in order."""
