"""What is compared: our function, the peer's way to the same result, and a check that it is the same."""
