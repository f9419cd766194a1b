"""Panels made by hand: what each expert says, without a database."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from app.results.panel import Ballot, Cell, Pair, Panel
from app.results.tally import NEITHER, Scale
from app.results.turnout import Entry

CATALOGUE = Path(__file__).parents[2] / "app" / "founding" / "catalogue"


@lru_cache
def wording() -> dict[str, Any]:
    """The wording rules of the seminar on resolution 2370."""
    (path,) = CATALOGUE.glob("*2370*/report_rules.yaml")
    rules: dict[str, Any] = yaml.safe_load(path.read_text())
    return rules


def scale(code: str, weight: float = 0, low: int = 1, high: int = 9, *, benefit: bool = True) -> Scale:
    """A criterion; the one of the code OV is the overall one."""
    overall = code == "OV"
    return Scale(code=code, label=code, low=low, high=high, overall=overall, benefit=benefit, weight=weight)


SCALES = (scale("OV"), scale("C1", 60), scale("C2", 40))


def options(count: int) -> tuple[Entry, ...]:
    """The ways forward W01, W02 …"""
    return tuple(Entry(code=f"W{n:02}", title=f"Option {n}", version=1) for n in range(1, count + 1))


def panel(
    ballots: Iterable[Ballot],
    *,
    count: int,
    scales: Sequence[Scale] = SCALES,
    pairs: Iterable[Pair] | None = None,
    rationales: Iterable[tuple[str, str] | tuple[str, str, str]] = (),
    rules: dict[str, Any] | None = None,
    **more: Any,
) -> Panel:
    """The panel of these ballots on so many options."""
    return Panel.of(
        round_number=3,
        question="Q1",
        options=options(count),
        scales=tuple(scales),
        wording=wording() if rules is None else rules,
        ballots=ballots,
        rationales=[(code, text, side[0] if side else NEITHER) for code, text, *side in rationales],
        pairs=pairs,
        **more,
    )


def by_option(**columns: Sequence[Sequence[Cell]]) -> list[Ballot]:
    """Ballots from columns: of every option, on every criterion, what the first, second … expert says."""
    by_criterion = [list(zip(*column, strict=True)) for column in columns.values()]
    return [tuple(cells) for cells in zip(*by_criterion, strict=True)]
