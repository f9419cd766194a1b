"""`python -m app` is `colloquy`."""

from app.cli import main

main()
