"""The tables that a report can show, each by its name; it is made when it is asked for."""

from collections.abc import Callable, Iterator
from functools import partial

from app.report.blocks import TableBlock
from app.report.material import Material
from app.report.tables import annexes, maps, options, panel

Build = Callable[[], TableBlock]
# each makes its table, or says by None that there is nothing to show
TABLES: dict[str, Callable[[Material], TableBlock | None]] = {
    **panel.TABLES,
    **maps.TABLES,
    **options.TABLES,
    **annexes.TABLES,
}


def find(material: Material, name: str) -> TableBlock | None:
    """The table of that name, or None where there is none, or nothing in it."""
    make = TABLES.get(name)
    table = make(material) if make else None
    return table if table and table.rows else None


def all_of(material: Material) -> Iterator[tuple[str, Callable[[], TableBlock | None]]]:
    """Every table by its name."""
    for name in TABLES:
        yield name, partial(find, material, name)
