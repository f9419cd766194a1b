"""A round as a form on paper: written per expert, read when it comes back."""
