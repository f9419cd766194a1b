"""The ranked ways forward, explained and downloadable."""
