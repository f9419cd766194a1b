"""A table of numbers as a file of SPSS (SAV), with labels of variables and values, and missing values.

A word instead of a number becomes a number that SPSS counts as missing, with the word's label. Names follow
SPSS's rules and never collide; a label that is longer than SPSS can hold ends in an ellipsis, and stands
whole in the codebook.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.spreadsheet.tabular import Cell

MOST_NAME, MOST_LABEL, MOST_VALUE_LABEL, MOST_FILE_LABEL = 64, 255, 120, 64
# below every scale, and SPSS takes three such numbers for a variable
MISSING = (-99, -98, -97)
RESERVED = frozenset(["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"])
FORBIDDEN = re.compile(r"[^A-Za-z0-9_.]")
ELLIPSIS = "…"
# where the header of a file tells the day and the time of writing, which would differ each time
DAY, TIME = slice(92, 101), slice(101, 109)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One column: whole numbers, some of them with labels, and words instead of them by their labels."""

    name: str
    label: str
    points: Mapping[int, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    ordered: bool = True


class TooManyReasons(ValueError):
    """More words instead of numbers than SPSS has missing values."""


def write(variables: Sequence[Variable], rows: Sequence[Sequence[Cell]], *, title: str, on: str) -> bytes:
    """The file, dated with a day of the data and not with that of writing."""
    # with pandas, on which it rests, it takes half a second to load, and few processes write such a file
    import pyreadstat  # noqa: PLC0415
    from pandas import DataFrame  # type: ignore[import-untyped]  # noqa: PLC0415

    named = names([one.name for one in variables])
    codes = [_codes(one) for one in variables]
    frame: Any = DataFrame(
        {name: [_number(row[place], codes[place]) for row in rows] for place, name in enumerate(named)},
        dtype="float64",
    )
    with TemporaryDirectory() as folder:
        file = Path(folder) / "data.sav"
        pyreadstat.write_sav(
            frame,
            file,
            file_label=_within(title, MOST_FILE_LABEL),
            column_labels=[_within(_full(one), MOST_LABEL) for one in variables],
            variable_value_labels=dict(zip(named, map(_labels, variables, codes), strict=True)),
            missing_ranges={
                name: list(some.values()) for name, some in zip(named, codes, strict=True) if some
            },
            variable_measure={
                name: "ordinal" if one.ordered else "scale"
                for name, one in zip(named, variables, strict=True)
            },
            variable_format=dict.fromkeys(named, "F8.0"),
        )
        return _dated(file.read_bytes(), on)


def names(wanted: Sequence[str]) -> list[str]:
    """For each a name that SPSS takes, no two of them the same to SPSS, which knows no case.

    Examples
    --------
    >>> names(["W01.OV", "FW-01.E01", "FW_01.E01", "1st", "and"])
    ['W01.OV', 'FW_01.E01', 'FW_01.E01_2', 'v_1st', 'v_and']
    """
    found: list[str] = []
    taken: set[str] = set()
    for one in wanted:
        name = FORBIDDEN.sub("_", one).rstrip("._") or "v"
        if not name[0].isalpha() or name.upper() in RESERVED:
            name = f"v_{name}"
        number, unique = 1, name[:MOST_NAME].rstrip("._")
        while unique.upper() in taken:
            number += 1
            end = f"_{number}"
            unique = name[: MOST_NAME - len(end)] + end
        taken.add(unique.upper())
        found.append(unique)
    return found


def _codes(one: Variable) -> dict[str, int]:
    if len(one.reasons) > len(MISSING):
        raise TooManyReasons
    return dict(zip(sorted(one.reasons), MISSING, strict=False))


def _number(cell: Cell, codes: Mapping[str, int]) -> float:
    if cell is None:
        return float("nan")
    return float(codes[cell] if isinstance(cell, str) else cell)


def _full(one: Variable) -> str:
    """The label, which tells the column's own name where SPSS's is another one."""
    return one.label if names([one.name]) == [one.name] else f"{one.name}: {one.label}"


def _labels(one: Variable, codes: Mapping[str, int]) -> dict[float, str]:
    labels = {float(point): label for point, label in one.points.items()}
    labels |= {float(code): one.reasons[word] for word, code in codes.items()}
    return {point: _within(label, MOST_VALUE_LABEL) for point, label in sorted(labels.items())}


def _within(text: str, most: int) -> str:
    """The text in so many bytes of UTF-8; if it is longer, its beginning in whole signs, and an ellipsis."""
    if len(text.encode()) <= most:
        return text
    kept = text.encode()[: most - len(ELLIPSIS.encode())].decode(errors="ignore")
    return kept.rstrip() + ELLIPSIS


def _dated(content: bytes, on: str) -> bytes:
    year, month, day = on.split("-")
    header = bytearray(content)
    header[DAY] = f"{day} {MONTHS[int(month) - 1]} {year[2:]}".encode()
    header[TIME] = b"00:00:00"
    return bytes(header)
