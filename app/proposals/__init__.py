"""Experts propose items for the registers, similar ones shown to them first, and see what becomes of each."""
