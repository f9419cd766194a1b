"""The codebook: each column of each table with its meaning, its type, and the labels of its values."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from app.models.registers import LinkKind
from app.outcome import tables
from app.results import tables as results
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
MINORITY = {
    "option": ("The code of the option on which experts state another view.", "text"),
    "option_version": ("Number of the wording that was rated.", "whole number"),
    "round": ("Number of the round.", "whole number"),
    "held_by": ("How many experts hold it, in words where they are few.", "text"),
    "held_by_count": ("How many hold it; empty where they are too few to be told.", "whole number"),
    "language": ("The language of the statement.", "text"),
    "wording": ("Number of the statement's wording.", "whole number"),
    "text": ("The statement, as those who hold it approved it.", "text"),
}
CODEBOOK = {
    "file": ("The file in which the column stands.", "text"),
    "column": ("The column's name.", "text"),
    "meaning": ("What it means.", "text"),
    "type": ("What its cells are.", "text"),
    "values": ("The labels of values.", "text"),
}


# What columns mean wherever they stand, unless their table says otherwise.
GENERAL = {
    "round": "Number of the round.",
    "title": "The title in the version that was asked about.",
    "text": "The text.",
    "side": "for, or against.",
    "label": "The name.",
    "criterion": "The criterion's code.",
    "question": "What was asked.",
    "overall": "yes: it sums up, and the words of the report rest on it.",
    "weight": "Its share in the ranking, beside the others.",
    "benefit": "no: less of it is better.",
    "low": "Lower end of the scale.",
    "high": "Upper end of the scale.",
    "rationale": "What one expert gave as her reason; in an order that says nothing.",
    "source": "Where one expert says that it can be read.",
    "framework": "The framework's code.",
    "framework_title": "Its title.",
    "element": "The element's code.",
    "element_title": "Its title.",
    "none": "How many say that it covers nothing of the element.",
    "partial": "How many say that it covers a part of it.",
    "full": "How many say that it covers it in full.",
    "sector_label": "The sector's name.",
    "kind": "The register.",
    "proposals": "How many.",
    "state": "Where they stood when the round was closed.",
    "first": "The code of the first of the two.",
    "second": "The code of the second of the two.",
    "first_above": "How many experts put the first before the second.",
    "second_above": "How many experts put the second before the first.",
    "equal": "How many found the two about equal.",
    "share_high": "Share of the ratings in the favourable third of the scale.",
    "share_low": "Share of the ratings in the unfavourable third of the scale.",
    "method": "The method by which it is ranked.",
    "group": "Number of the group of opinion.",
    "sd": "Standard deviation.",
    "name": "What is told.",
    "meaning": "What it is, or means.",
    **dict.fromkeys(map(str, LinkKind), "The codes of the items to which it has this link."),
}
NUMBERED = re.compile(r"(rated|placed)_(\d+(?:_\d+)?)")
TABLES = {
    "codebook.csv": CODEBOOK,
    "data/criteria.csv": CRITERIA,
    "data/items.csv": ITEMS,
    "data/links.csv": LINKS,
    "data/minority.csv": MINORITY,
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
    return [[file, one.name, one.meaning, kind_of(one), values_of(one) or None] for one in columns]


def kind_of(column: Column) -> str:
    """What the cells are, in words."""
    ends = f"{column.low} or more" if column.high is None else f"{column.low} to {column.high}"
    either = ", or the word of an abstention" if column.reasons else ""
    return f"whole number, {ends}{either}; empty: nothing was said"


def values_of(column: Column) -> str:
    """The labels of values, the words last."""
    labels = [*column.points.items(), *column.reasons.items()]
    return "; ".join(f"{value} = {label}" for value, label in labels)


def of_outcome(table: str) -> dict[str, str]:
    """What the columns of a table of the outcome mean."""
    own = tables.RANKING if table == "Ranking" else {}
    said = {name.partition(".")[2]: text for name, text in tables.OTHERS.items() if name.startswith(table)}
    return own | said


def meaning(column: str, meanings: Mapping[str, str]) -> str:
    """What a column means in a table that says so of some of its columns."""
    if column in meanings:
        return meanings[column]
    if numbered := NUMBERED.fullmatch(column):
        what = "the rating" if numbered[1] == "rated" else "place"
        return f"How many gave {what} {numbered[2].replace('_', ' to ')}."
    if column.startswith("abstained_"):
        return f"How many abstained for the reason “{column.removeprefix('abstained_')}”. No middle rating."
    return GENERAL.get(column, results.CODEBOOK.get(column, ""))
