"""The data set that leaves the building: a signed archive, whose figures anybody can count again offline."""
