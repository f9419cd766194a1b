"""Found a seminar: blank, or from a template that brings its content."""
