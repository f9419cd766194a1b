"""Mail that the seminar sends."""
