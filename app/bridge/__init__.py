"""From a closed round to the next session in the room, and back."""
