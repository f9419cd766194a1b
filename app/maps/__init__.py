"""The maps that the panel has drawn: stakeholders, threats, coverage, and the traces between them."""
