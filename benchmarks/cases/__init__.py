"""What is compared: our function, the peer's way to the same result, and a check that it is the same."""

import pingouin  # noqa: F401 - first: scikit-criteria deletes importlib.metadata, which this one looks for
