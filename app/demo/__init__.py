"""The demonstration seminar with its synthetic panel."""
