"""Design a round: what it asks, about what, on which criteria, by which rules; plans to begin with."""
