"""The figures that a report can show, drawn for print."""

from collections.abc import Callable

from app.errors import NotFound
from app.figures.look import Figure, Look
from app.maps import plane_pictures, register_pictures
from app.outcome import pictures as outcome
from app.outcome import reading
from app.outcome.queries import Outcome
from app.report.blocks import Column, FigureBlock, TableBlock
from app.report.material import Material
from app.results import drawing
from app.results.pictures import Picture
from app.spreadsheet.tabular import Cell

PRINT = Look(paper=True)
Build = Callable[[], FigureBlock]


def all_of(material: Material) -> dict[str, Build]:
    """Every figure that there is, by its name; it is drawn when it is asked for."""
    found: dict[str, Build] = {}
    if material.outcome is not None:
        found |= _of_outcome(material.outcome)
    for picture in _pictures(material):
        if picture.is_drawn:
            found[picture.name] = _from(picture)
    return found


def _of_outcome(page: Outcome) -> dict[str, Build]:
    names = [name for name in outcome.PICTURES if _can_be_drawn(page, name)]
    return {name: _drawn(page, outcome.picture(name)) for name in names}


def _can_be_drawn(page: Outcome, name: str) -> bool:
    """A ranking without its uncertainty is not printed, nor overall support that was not asked."""
    if name == "overall-support":
        return page.tally.overall is not None
    if name == "rank-intervals":
        return reading.is_sure(page.tally) and reading.ranked(page.tally) > 0
    try:
        outcome.picture(name).table(page)
    except NotFound:
        return False
    return True


def _drawn(page: Outcome, picture: outcome.Picture) -> Build:
    def build() -> FigureBlock:
        table = picture.table(page)
        columns = tuple(Column(outcome.heading(one)) for one in table.columns)
        rows = tuple(
            tuple(outcome.cell(name, value) for name, value in zip(table.columns, row, strict=True))
            for row in table.rows
        )
        return _block(picture.name, picture.draw(page, PRINT), columns, rows)

    return build


def _pictures(material: Material) -> list[Picture]:
    found = [
        *plane_pictures.of(material.threats),
        *plane_pictures.of(material.stakeholders),
        *register_pictures.of_coverage(material.cover),
    ]
    if material.allotted is not None and material.allotted.tally.allocations:
        found.append(drawing.PICTURES["allocate"](material.seminar, material.allotted))
    return found


def _from(picture: Picture) -> Build:
    def build() -> FigureBlock:
        table = picture.table()
        columns = tuple(Column(title) for title in table.columns.values())
        rows = tuple(tuple(_written(cell) for cell in row) for row in table.rows)
        return _block(picture.name, picture.draw(PRINT), columns, rows)

    return build


def _written(cell: Cell) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    return outcome.cell("n", cell)


def _block(
    name: str, figure: Figure, columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...]
) -> FigureBlock:
    return FigureBlock(
        name=name,
        caption=figure.title,
        alternative=f"{figure.title}. {figure.description}",
        drawing=figure,
        table=TableBlock(name=name, caption=figure.title, columns=columns, rows=rows, note=figure.note),
        note=" ".join(filter(None, (f"{figure.subtitle}." if figure.subtitle else "", figure.note))),
    )
