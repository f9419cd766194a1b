"""What the panel said, shown to each expert beside what she said herself."""
