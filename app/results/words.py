"""What maps say in words: where something stands, and apart from it, whether the panel is divided."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.i18n import _, enumerate_words, gettext, ngettext
from app.results.cover_tally import CoverCell, CoverTally
from app.results.spread import is_divided, is_few
from app.results.tally import OptionTally, RateTally, Scale
from app.wording.maps import Third, thirds

POINTS: Mapping[tuple[Third, ...], str] = {
    ("high", "high"): _("Both “%(across)s” and “%(upwards)s” are rated high."),
    ("high", "middle"): _("“%(across)s” is rated high, “%(upwards)s” in the middle."),
    ("high", "low"): _("“%(across)s” is rated high, “%(upwards)s” low."),
    ("middle", "high"): _("“%(across)s” is rated in the middle, “%(upwards)s” high."),
    ("middle", "middle"): _("Both “%(across)s” and “%(upwards)s” are rated in the middle."),
    ("middle", "low"): _("“%(across)s” is rated in the middle, “%(upwards)s” low."),
    ("low", "high"): _("“%(across)s” is rated low, “%(upwards)s” high."),
    ("low", "middle"): _("“%(across)s” is rated low, “%(upwards)s” in the middle."),
    ("low", "low"): _("Both “%(across)s” and “%(upwards)s” are rated low."),
}
CELLS: Mapping[str | None, str] = {
    "none": _("The panel finds nothing of the element covered there."),
    "partial": _("The panel finds the element covered in part there."),
    "full": _("The panel finds the element covered in full there."),
    None: _("Nobody has graded this."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`position` in a sentence; `spread` in another, empty where there is nothing to say of it.

    `is_divided` is the sign of the second, never of the first; `is_few` says that so few answered, on one
    scale at least, that it cannot be given there.
    """

    position: str
    spread: str = ""
    is_divided: bool = False
    is_few: bool = False


def of_point(tally: RateTally, subject: OptionTally) -> Verdict:
    """What the panel says of a subject on a plane."""
    axes = tally.scales[:2]
    across, upwards = (subject.by_criterion[scale.code] for scale in axes)
    where = thirds([across.median, upwards.median], [(scale.low, scale.high) for scale in axes])
    position = gettext("It has not been rated on both scales.")
    if where is not None:
        position = gettext(POINTS[where]) % {"across": axes[0].label, "upwards": axes[1].label}
    n = min(across.n, upwards.n)
    apart = [scale for scale in axes if is_divided(subject.by_criterion[scale.code].counts)]
    said = [_of_few(n) if is_few(n) else "", _of_divided(apart)]
    return Verdict(
        position=position,
        spread=" ".join(filter(None, said)),
        is_divided=bool(apart),
        is_few=is_few(n),
    )


def of_cell(cell: CoverCell) -> Verdict:
    """What the panel says of a framework and an element."""
    position = gettext(CELLS[cell.grade])
    if cell.few:
        return Verdict(position=position, spread=_of_few(cell.n), is_few=True)
    if cell.divided:
        apart = gettext(
            "The panel is divided: a third or more see full coverage here, and a third or more none."
        )
        return Verdict(position=position, spread=apart, is_divided=True)
    return Verdict(position=position)


def of_element(tally: CoverTally, element: str) -> Verdict:
    """What the panel says of an element over all frameworks."""
    apart = tally.divided(element)
    return Verdict(
        position=_of_coverage(tally.in_full(element), graded=tally.gap_score(element) is not None),
        spread=ngettext(
            "The panel is divided on one framework.", "The panel is divided on %(n)s frameworks.", len(apart)
        )
        % {"n": len(apart)}
        if apart
        else "",
        is_divided=bool(apart),
    )


def _of_coverage(full: int, *, graded: bool) -> str:
    if not graded:
        return gettext("No framework has been graded on this element.")
    if not full:
        return gettext("The panel finds no framework that covers this element in full.")
    return ngettext(
        "The panel finds one framework that covers this element in full.",
        "The panel finds %(n)s frameworks that cover this element in full.",
        full,
    ) % {"n": full}


def _of_few(n: int) -> str:
    if not n:
        return ""
    return ngettext(
        "One expert alone rated it: that says little of the panel.",
        "Only %(n)s experts rated it: that says little of the panel.",
        n,
    ) % {"n": n}


def _of_divided(apart: list[Scale]) -> str:
    if not apart:
        return ""
    said = enumerate_words([gettext("“%(label)s”") % {"label": scale.label} for scale in apart])
    return gettext("The panel is divided on %(axes)s.") % {"axes": said}
