"""From sealed ballots to frozen numbers, and the only door by which they leave."""
