"""What the seminar talks about: the registers and their items."""
