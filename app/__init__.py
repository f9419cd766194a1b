"""Colloquy: the platform on which an expert seminar deliberates between its sessions."""
