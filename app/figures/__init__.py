"""Figures from plain numbers: each kind a module that gives a Vega-Lite specification, and one renderer."""
