"""The tables of a question's released result, with a codebook of their columns; they are in no language."""

from collections.abc import Iterable, Mapping, Sequence

from app.results import accord
from app.results.answers import Answers
from app.results.comment_tally import CommentTally
from app.results.cover_tally import CoverCell, CoverTally
from app.results.propose_tally import ProposeTally
from app.results.reasoned import Reasoned
from app.results.spread import is_divided
from app.results.tallies import Tally
from app.results.tally import Distribution, RateTally, Scale
from app.results.turnout import Entry
from app.spreadsheet.tabular import Cell, Table

Stretch = tuple[int, int]

STATISTICS = ("n", "median", "q1", "q3", "mean", "agreement")
CODEBOOK = {
    "code": "The public code of what was asked about.",
    "version": "Number of the version that was asked about.",
    "n": "Valid ratings, or grades. An abstention is none, nor is what was left blank.",
    "median": "Their median (type 7). Of grades: 0 none, 1 partial, 2 full.",
    "q1": "Their lower quartile (type 7).",
    "q3": "Their upper quartile (type 7).",
    "mean": "Their mean.",
    "agreement": "Consensus index of Tastle and Wierman (2007): 1 one mind, 0 two camps at the ends.",
    "divided": "yes: a third or more in the lower third of the scale, and a third or more in the upper.",
    "rated_1": "How many gave the rating 1; the other points alike.",
    "rated_0_9": "On a scale of more than eleven points: how many gave 0 to 9; the other stretches alike.",
    "abstained_…": "How many abstained for this reason. An abstention is no middle rating.",
    "dont_know": "How many said that they do not know.",
    "sure": "Median of how sure those were who said so: 1 not very, 2 fairly, 3 very.",
    "grade": "The median as a grade; between two grades, the lower.",
    "hypothesis": "The grade that the register held when the round was closed. It is no finding.",
    "own": "yes: the mandate's own instrument, from which the elements are taken; it counts nowhere.",
    "gap_score": "1 minus the mean of the frameworks' medians as shares of full: 1 if none covers any of it.",
    "in_full": "How many frameworks cover the element in full by the panel's median.",
    "nearest": "The frameworks that come nearest to covering the element, the nearest first.",
    "divided_on": "The frameworks on which the panel is divided.",
    "sector": "The sector; empty for those who stated none. A row that is missing is withheld.",
    "row": "Number of a ballot in the order of its content, anew for each question; tied to nobody.",
    "settled": "yes: it is, by the rule of agreement that was fixed before the round.",
    "state": "Where the proposal stood when the round was closed.",
}
COMMON = {name: CODEBOOK[name] for name in ("code", "version", "row", "settled")}


def of(tally: Tally, answers: Answers | None) -> list[Table]:
    """The tables of a result, the one that says most first; single ballots last."""
    match tally:
        case RateTally():
            found = [_ratings(tally), *_sectors(tally), _texts(tally.rationales)]
        case CoverTally():
            found = [_cells(tally), _elements(tally), _sources(tally), _texts(tally.rationales)]
        case CommentTally():
            found = [_arguments(tally)]
        case ProposeTally():
            found = [_proposals(tally)]
        case Reasoned():
            found = [*tally.tables(), _texts(tally.rationales)]
    found += _settled(tally)
    return found + ([Table("Answers", answers.columns, answers.rows)] if answers else [])


def _settled(tally: Tally) -> list[Table]:
    """What a rule of agreement without a scale says of each subject, where there is one."""
    verdicts = accord.settled(tally)
    rows: list[list[Cell]] = [[code, _word(one)] for code, one in verdicts.items()]
    return [Table("Settled", ["code", "settled"], rows)] if rows else []


def codebook(tally: Tally) -> dict[str, str]:
    """What the columns of its tables mean."""
    return {**COMMON, **tally.MEANINGS} if isinstance(tally, Reasoned) else CODEBOOK


def _ratings(tally: RateTally) -> Table:
    points, reasons = _points(tally.scales), _reasons(tally)
    columns = ["code", "title", "version", "criterion", *STATISTICS, "divided"]
    columns += [*_rated(points), *(f"abstained_{reason}" for reason in reasons)]
    rows: list[list[Cell]] = []
    for option in sorted(tally.options, key=lambda one: one.code):
        for scale in tally.scales:
            d = option.by_criterion[scale.code]
            rows.append(
                [
                    *(option.code, option.title, option.version, scale.code),
                    *_statistics(d),
                    _word(is_divided(d.counts)),
                    *_counts(d.counts, scale, points),
                    *(d.abstained.get(reason, 0) for reason in reasons),
                ]
            )
    return Table("Ratings", columns, rows)


def _sectors(tally: RateTally) -> list[Table]:
    if not tally.groups:
        return []
    points = _points(tally.scales)
    columns = ["sector", "sector_label", "code", "criterion", "n", "median", "q1", "q3"]
    rows: list[list[Cell]] = []
    for group in tally.groups:
        for code, cells in sorted(group.by_item.items()):
            for scale in tally.scales:
                if cell := cells.get(scale.code):
                    place: list[Cell] = [group.code, group.label, code, scale.code]
                    counts = _counts(cell.counts, scale, points)
                    rows.append([*place, cell.n, cell.median, cell.q1, cell.q3, *counts])
    return [Table("Sectors", [*columns, *_rated(points)], rows)]


def _cells(tally: CoverTally) -> Table:
    columns = ["framework", "framework_title", "version", "own", "element", "element_title", *STATISTICS]
    columns += ["grade", "divided", "none", "partial", "full", "dont_know", "sure", "hypothesis"]
    rows: list[list[Cell]] = [
        [
            *(framework.code, framework.title, framework.version, _word(framework.code == tally.own)),
            *(element.code, element.title),
            *_of_cell(tally.cell(framework.code, element.code)),
        ]
        for framework in tally.frameworks
        for element in tally.elements
    ]
    return Table("Coverage", columns, rows, frozenset({"framework_title", "element_title"}))


def _of_cell(cell: CoverCell) -> list[Cell]:
    said: list[Cell] = [cell.grade, _word(cell.divided), *cell.counts, cell.dont_know, cell.sure]
    return [*_statistics(cell), *said, cell.hypothesis]


def _elements(tally: CoverTally) -> Table:
    columns = ["element", "title", "gap_score", "in_full", "nearest", "divided_on"]
    rows: list[list[Cell]] = [
        [
            *(element.code, element.title, tally.gap_score(element.code), tally.in_full(element.code)),
            _codes(tally.nearest(element.code)),
            _codes(tally.divided(element.code)),
        ]
        for element in tally.elements
    ]
    return Table("Elements", columns, rows)


def _sources(tally: CoverTally) -> Table:
    rows: list[list[Cell]] = [
        [framework, element, source]
        for framework, row in sorted(tally.cells.items())
        for element, cell in sorted(row.items())
        for source in cell.sources
    ]
    return Table("Sources", ["framework", "element", "source"], rows, frozenset({"source"}))


def _texts(texts: Mapping[str, Sequence[str]]) -> Table:
    rows: list[list[Cell]] = [[code, text] for code, some in sorted(texts.items()) for text in some]
    return Table("Rationales", ["code", "rationale"], rows)


def _arguments(tally: CommentTally) -> Table:
    titles = {subject.code: subject.title for subject in tally.subjects}
    rows: list[list[Cell]] = [
        [code, titles.get(code, ""), side, text]
        for code, sides in sorted(tally.arguments.items())
        for side, texts in (("for", sides["for"]), ("against", sides["against"]))
        for text in texts
    ]
    return Table("Arguments", ["code", "title", "side", "text"], rows)


def _proposals(tally: ProposeTally) -> Table:
    rows: list[list[Cell]] = [
        [kind, state, number]
        for kind, states in sorted(tally.counts.items())
        for state, number in sorted(states.items())
    ]
    return Table("Proposals", ["kind", "state", "proposals"], rows)


def _statistics(of: Distribution | CoverCell) -> list[Cell]:
    return [getattr(of, name) for name in STATISTICS]


def _points(scales: Iterable[Scale]) -> list[Stretch]:
    """The points of all scales together, and the stretches of those that are longer."""
    return sorted({stretch for scale in scales for stretch in scale.stretches})


def _rated(points: Sequence[Stretch]) -> list[str]:
    return [f"rated_{low}" if low == high else f"rated_{low}_{high}" for low, high in points]


def _counts(counts: Sequence[int], scale: Scale, points: Sequence[Stretch]) -> list[Cell]:
    by_point = {(low, high): count for low, high, count in scale.heaped(counts)}
    return [by_point.get(point) for point in points]


def _reasons(tally: RateTally) -> list[str]:
    return sorted(
        {word for option in tally.options for d in option.by_criterion.values() for word in d.abstained}
    )


def _codes(entries: Iterable[Entry]) -> str:
    return ", ".join(entry.code for entry in entries)


def _word(value: bool) -> str:  # noqa: FBT001 - the one thing it says
    return "yes" if value else "no"
