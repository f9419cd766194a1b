"""The expert's answers in a round."""
