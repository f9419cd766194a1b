"""The report as a Word file: styles, numbered paragraphs, real tables, captions, footnotes, drawings."""

from app.report.word.building import build as build
