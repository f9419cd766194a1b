"""Plain numbers to pictures."""
