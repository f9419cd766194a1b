"""Who took part: round by round, by sector, and who came along from one round to the next."""

from app.i18n import gettext, number, percent
from app.report.blocks import Column, TableBlock
from app.report.material import Asked, Material


def participation(material: Material) -> TableBlock:
    """How many were invited, had joined and submitted, in each published round."""
    return TableBlock(
        name="participation",
        caption=gettext("Participation in each round"),
        columns=(
            Column(gettext("Round"), 0.7),
            Column(gettext("Title"), 3.0, own=True),
            Column(gettext("Closed on"), 1.8),
            Column(gettext("Invited"), numeric=True),
            Column(gettext("Joined"), numeric=True),
            Column(gettext("Submitted"), 1.2, numeric=True),
            Column(gettext("Share of those who had joined"), 1.6, numeric=True),
        ),
        rows=tuple(_round(material, one) for _, one in sorted(material.turnouts.items())),
        note=gettext("Those who were invited and had joined are counted on the day of closing."),
    )


def _round(material: Material, one: Asked) -> tuple[str, ...]:
    round_, tally = one.round_, one.tally
    share = percent(tally.submitted / tally.enrolled) if tally.enrolled else "–"  # noqa: RUF001 - a dash for nothing
    counts = (number(tally.invited), number(tally.enrolled), number(tally.submitted))
    return (f"R{round_.number}", round_.title, material.day(round_), *counts, share)


def sectors(material: Material) -> TableBlock | None:
    """How many of each sector submitted in each round; small sectors stand together."""
    numbers = sorted(material.turnouts)
    if not numbers:
        return None
    found = [material.progress(material.turnouts[one].round_) for one in numbers]
    labels = list(dict.fromkeys(sector.label for one in found for sector in one.sectors))
    rows = []
    for label in labels:
        cells = []
        for progress in found:
            counts = next((one.counts for one in progress.sectors if one.label == label), None)
            cells.append(_of(counts.submitted, counts.joined) if counts else "–")  # noqa: RUF001 - a dash for nothing
        rows.append((label or gettext("No sector stated"), *cells))
    if any(progress.withheld for progress in found):
        together = (_of(one.together.submitted, one.together.joined) for one in found)
        rows.append((gettext("All other sectors together"), *together))
    said = {"minimum": material.seminar.min_group}
    return TableBlock(
        name="participation-sectors",
        caption=gettext("Experts who submitted, of those who joined, by sector"),
        columns=(
            Column(gettext("Sector"), 3.0, own=True),
            *(Column(f"R{one}", numeric=True) for one in numbers),
        ),
        rows=tuple(rows),
        note=gettext(
            "No figure is shown of a sector with fewer than %(minimum)s experts, "
            "nor one from which such a figure could be worked out."
        )
        % said,
    )


def _of(some: int, all_: int) -> str:
    return gettext("%(some)s of %(all)s") % {"some": number(some), "all": number(all_)}


def passages(material: Material) -> TableBlock | None:
    """Who stayed, left and came between the rounds."""
    later = [one for one in material.passages if one.stayed is not None]
    if not later:
        return None
    return TableBlock(
        name="passages",
        caption=gettext("Who came along from round to round"),
        columns=(
            Column(gettext("Round"), 0.8),
            Column(gettext("Submitted"), numeric=True),
            Column(gettext("Of these, also in the round before"), 1.8, numeric=True),
            Column(gettext("Had submitted in the round before, and not in this one"), 2.2, numeric=True),
            Column(gettext("Had not submitted in the round before"), 1.8, numeric=True),
        ),
        rows=tuple(
            (
                f"R{one.round_.number}",
                number(one.submitted),
                number(one.stayed or 0),
                number(one.left or 0),
                number(one.came or 0),
            )
            for one in later
        ),
    )


TABLES = {"participation": participation, "participation-sectors": sectors, "passages": passages}
