"""An evaluation as text for the terminal, as JSON, or as a workbook."""

import json
from collections.abc import Callable, Sequence
from typing import Any, Literal
from unicodedata import combining, east_asian_width

from app.spreadsheet import workbook
from app.spreadsheet.evaluation import Evaluation
from app.spreadsheet.faults import printable
from app.spreadsheet.scale import told_band
from app.spreadsheet.tabular import Cell, Table

Form = Literal["table", "json", "xlsx"]

# A workbook must bear a date, and the same ratings give the same bytes on any day.
NO_DAY = "1980-01-01"
LONGEST = 60
KEY = {
    "rank": "place by the mean rating, of several criteria by the weighted sum of the means",
    "low, high": "95 % rank interval over resampled panels: it describes this panel and proves no order",
    "p_top3": "share of the resampled panels in which the item is among the first three",
    "tier": "items in one tier cannot be told apart; those of a better tier are surely above (90 %, jointly)",
    "n": "answers; for the ranking, experts with any answer that counts for it",
    "share_low, share_middle, share_high": "shares of the answers {low}, in between, and {high}",
    "cns": "Tastle and Wierman's consensus index, from 0 (two camps at the ends) to 1 (one mind)",
    "rand_ucla": "class by the RAND/UCLA appropriateness method (scale from 1 to 9)",
    "agreement": "in: at least 70 % {high} and under 15 % {low}; out: the reverse; none: neither",
    "kendall_w": "from 0 to 1 (all order the items alike), of the w_experts who answered everything",
    "krippendorff_alpha": "1 for full agreement, 0 for none beyond chance (ordinal; answers may be missing)",
}
COST = "less is better: counted from the other end of the scale for the ranking and for what is judged"
# Of columns in which nothing stands, why.
LEFT_OUT = {
    "rand_ucla": "left out, because it is made for a scale from 1 to 9",
    "cns": "left out, because it counts points, on a scale with at most 11 of them",
}


def write(evaluation: Evaluation, form: Form) -> bytes:
    """The file; twice the same bytes for the same ratings and settings."""
    return FORMS[form](evaluation)


def _text(evaluation: Evaluation) -> bytes:
    parts = [_headline(evaluation.settings)]
    parts += [f"{table.name}\n{_aligned(_shortened(table))}" for table in evaluation.tables]
    parts.append("\n".join(f"{printable(name)}: {meaning}" for name, meaning in _key(evaluation)))
    return ("\n\n".join(parts) + "\n").encode()


def _key(evaluation: Evaluation) -> list[tuple[str, str]]:
    """What the columns mean, or why nothing stands in them; what only holds of some scales, of this one."""
    low, high = map(told_band, evaluation.settings["bands"])
    missing = {
        name
        for name in LEFT_OUT
        if all(row[evaluation.answers.columns.index(name)] is None for row in evaluation.answers.rows)
    }
    told = {
        name: LEFT_OUT[name] if name in missing else meaning.format(low=low, high=high)
        for name, meaning in KEY.items()
    }
    return [*told.items(), *((name, COST) for name in evaluation.settings["cost"])]


def _headline(settings: dict[str, Any]) -> str:
    low, high = settings["scale"]
    weights = ", ".join(f"{printable(name)} {weight:g}" for name, weight in settings["weights"].items())
    return (
        f"{settings['experts']} experts, {settings['items']} items; scale from {low:g} to {high:g}; "
        f"weights: {weights}; {settings['replicates']} replicates, seed {settings['seed']}"
    )


def _shortened(table: Table) -> Table:
    """Without columns in which nothing stands, as where the scale is another than 1 to 9."""
    used = [place for place in range(len(table.columns)) if any(row[place] is not None for row in table.rows)]
    return Table(
        table.name,
        [table.columns[place] for place in used],
        [[row[place] for place in used] for row in table.rows],
    )


def _aligned(table: Table) -> str:
    """Columns side by side: numbers to the right, words to the left."""
    texts = [[_shown(cell) for cell in row] for row in table.rows]
    columns = []
    for place, name in enumerate(table.columns):
        column = [name, *(row[place] for row in texts)]
        width = max(map(_width, column))
        words = any(isinstance(row[place], str) for row in table.rows)
        columns.append([_padded(text, width, left=words) for text in column])
    return "\n".join("  ".join(row).rstrip() for row in zip(*columns, strict=True))


def _shown(cell: Cell) -> str:
    if cell is None:
        return "."
    if isinstance(cell, float):
        return f"{cell:.2f}"
    text = printable(str(cell))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese sign takes two, an accent on its own none."""
    return sum(0 if combining(sign) else 1 + (east_asian_width(sign) in "WF") for sign in text)


def _padded(text: str, width: int, *, left: bool) -> str:
    space = " " * (width - _width(text))
    return text + space if left else space + text


def _json(evaluation: Evaluation) -> bytes:
    content: dict[str, Any] = {"settings": evaluation.settings}
    content |= {table.name.lower(): _records(table) for table in evaluation.tables}
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True).encode() + b"\n"


def _records(table: Table) -> list[dict[str, Cell]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def _xlsx(evaluation: Evaluation) -> bytes:
    settings: list[Sequence[Cell]] = [["experts", evaluation.settings["experts"]]]
    settings += [["scale", " to ".join(f"{end:g}" for end in evaluation.settings["scale"])]]
    settings += [["cost", ", ".join(evaluation.settings["cost"])]] if evaluation.settings["cost"] else []
    settings += [[f"weight of {name}", value] for name, value in evaluation.settings["weights"].items()]
    settings += [[name, evaluation.settings[name]] for name in ("replicates", "seed")]
    settings += [[name, meaning] for name, meaning in _key(evaluation)]
    method = Table("Method", ["name", "meaning"], [list(row) for row in settings])
    return workbook.write([*evaluation.tables, method], title="Ratings", on=NO_DAY)


FORMS: dict[Form, Callable[[Evaluation], bytes]] = {"table": _text, "json": _json, "xlsx": _xlsx}
