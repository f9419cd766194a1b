"""Home screens: what is asked of me now."""
