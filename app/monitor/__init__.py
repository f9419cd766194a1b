"""How a round is getting on: who has come how far, which mail came back, who left."""
