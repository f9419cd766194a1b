"""The types of question behind one interface."""
