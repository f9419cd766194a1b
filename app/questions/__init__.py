"""The types of question behind one interface: read an answer, validate it, seal it, export it."""
