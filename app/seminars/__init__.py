"""Seminars, their members and invitations, and the pseudonyms of the panel."""
