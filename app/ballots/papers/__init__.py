"""Each question of a ballot as it lies before its author: a module for every way to ask."""
