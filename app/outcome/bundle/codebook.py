"""The codebook: each column of each table with its meaning, its type, and the labels of its values."""

from collections.abc import Sequence
from typing import TypeAlias

from app.results.columns import Column
from app.spreadsheet.tabular import Cell

COLUMNS = ("file", "column", "meaning", "type", "values")
Row: TypeAlias = list[Cell]

# The tables that are not of ballots, by the column's name.
ITEMS = {
    "code": ("The item's public code.", "text"),
    "kind": ("Its register.", "text"),
    "version": ("Number of its wording.", "whole number"),
    "title": ("Its title.", "text"),
    "text": ("Its text.", "text"),
}
LINKS = {
    "from": ("The code of the item from which the link leads.", "text"),
    "kind": ("What it says.", "text"),
    "to": ("The code of the item to which it leads.", "text"),
    "value": ("How much, where a link says so.", "text"),
}
CRITERIA = {
    "code": ("The criterion's code, as it stands in the columns of ballots.", "text"),
    "label": ("Its name.", "text"),
    "question": ("What was asked.", "text"),
    "overall": ("yes: it sums up, and the words of the report rest on it.", "yes or no"),
    "weight": ("Its share in the ranking, beside the others.", "number"),
    "benefit": ("no: less of it is better.", "yes or no"),
    "low": ("Lower end of its scale.", "whole number"),
    "high": ("Upper end of its scale.", "whole number"),
}
CODEBOOK = {
    "file": ("The file in which the column stands.", "text"),
    "column": ("The column's name.", "text"),
    "meaning": ("What it means.", "text"),
    "type": ("What its cells are.", "text"),
    "values": ("The labels of values.", "text"),
}


TABLES = {
    "codebook.csv": CODEBOOK,
    "data/criteria.csv": CRITERIA,
    "data/items.csv": ITEMS,
    "data/links.csv": LINKS,
}


def plain_tables() -> list[Row]:
    """The rows of the tables that are not of ballots."""
    return [
        [file, name, meaning, kind, ""]
        for file, columns in TABLES.items()
        for name, (meaning, kind) in columns.items()
    ]


def ballots(file: str, columns: Sequence[Column]) -> list[Row]:
    """The rows of a table of ballots."""
    return [[file, one.name, one.meaning, kind_of(one), values_of(one)] for one in columns]


def kind_of(column: Column) -> str:
    """What the cells are, in words."""
    ends = f"{column.low} or more" if column.high is None else f"{column.low} to {column.high}"
    either = ", or the word of an abstention" if column.reasons else ""
    return f"whole number, {ends}{either}; empty: nothing was said"


def values_of(column: Column) -> str:
    """The labels of values, the words last."""
    labels = [*column.points.items(), *column.reasons.items()]
    return "; ".join(f"{value} = {label}" for value, label in labels)
