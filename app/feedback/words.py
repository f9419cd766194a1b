"""What a result says in words: of a question in one sentence, and of each subject where it stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.feedback.standings import View
from app.i18n import _, enumerate_words, fixed, gettext, ngettext, number
from app.models.registers import Kind
from app.questions.answers import RATIONALE
from app.questions.cover import DONT_KNOW, GRADES
from app.registers.words import KINDS
from app.results import accord, drawing
from app.results import words as results_words
from app.results.allocate_tally import AllocateTally
from app.results.comment_tally import CommentTally
from app.results.compare_tally import CompareTally
from app.results.cover_tally import CoverCell, CoverTally
from app.results.propose_tally import ProposeTally
from app.results.rank_tally import RankTally
from app.results.reasoned import Reasoned
from app.results.spread import is_divided, is_few
from app.results.tallies import Tally
from app.results.tally import AGAINST, FOR, NEITHER, UNTOLD, Distribution, OptionTally, RateTally, Scale
from app.results.weigh_tally import WeighTally
from app.rounds import agreement
from app.rounds.queries import Asks
from app.wording.maps import third

SIDES: Mapping[str, str] = {
    FOR: _("For"),
    AGAINST: _("Against"),
    NEITHER: _("Neither for nor against"),
    UNTOLD: _("Side not told"),
}
GRADE_WORDS: Mapping[str, str] = {"none": _("Not covered"), "partial": _("In part"), "full": _("Fully")}
PLACES: Mapping[str, str] = {
    "high": _("The panel rates it high: the median is %(median)s on a scale from %(low)s to %(high)s."),
    "middle": _(
        "The panel rates it in the middle: the median is %(median)s on a scale from %(low)s to %(high)s."
    ),
    "low": _("The panel rates it low: the median is %(median)s on a scale from %(low)s to %(high)s."),
}
# Rules that know a side on which something is settled.
SIDED = frozenset({"two_band", "rand_ucla"})


@dataclass(frozen=True, slots=True)
class Wording:
    """What the parts of an answer are called, and how their values read."""

    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, part: str) -> str:
        """What a part is called."""
        return gettext("Your reason") if part == RATIONALE else self.names.get(part, part)

    def say(self, part: str, value: object) -> str:
        """How a value of the part reads."""
        return self.values.get(part, {}).get(str(value), str(value))


def wording(asks: Asks) -> Wording:
    """The words of a question."""
    reasons = {one["value"]: one["label"] for one in asks.question.settings.get("abstentions", [])}
    grades = {str(place): gettext(GRADE_WORDS[grade]) for place, grade in enumerate(GRADES)}
    grades[DONT_KNOW] = gettext("I do not know")
    return Wording(
        names={criterion.code: criterion.label for criterion, _ in asks.criteria}
        | {one.code: one.title for one in asks.elements},
        values={criterion.code: reasons for criterion, _ in asks.criteria}
        | {one.code: grades for one in asks.elements},
    )


def place(d: Distribution, scale: Scale) -> str:
    """Where the panel stands on one scale, and apart from it, whether it is divided."""
    if d.median is None:
        return gettext("Nobody rated this.")
    said = gettext(PLACES[third(d.median, scale.low, scale.high)]) % {
        "median": number(d.median, 1),
        "low": scale.low,
        "high": scale.high,
    }
    if is_few(d.n):
        few = ngettext(
            "One expert alone rated it: that says little of the panel.",
            "Only %(n)s experts rated it: that says little of the panel.",
            d.n,
        )
        return f"{said} {few % {'n': d.n}}"
    if is_divided(d.counts):
        apart = gettext("The panel is divided: a third or more rate it low, and a third or more high.")
        return f"{said} {apart}"
    return said


def point(tally: RateTally, option: OptionTally) -> results_words.Verdict:
    """Where a subject stands on a plane, and apart from it, whether the panel is divided."""
    return results_words.of_point(tally, option)


def framework(tally: CoverTally, code: str) -> str:
    """What one framework covers, over all elements that were graded."""
    cells = [cell for cell in tally.cells[code].values() if cell.n]
    if not cells:
        return gettext("Nobody has graded this.")
    said = ngettext(
        "Of one element graded, it covers %(full)s in full and %(partial)s in part.",
        "Of %(n)s elements graded, it covers %(full)s in full and %(partial)s in part.",
        len(cells),
    ) % {
        "n": len(cells),
        "full": sum(cell.grade == "full" for cell in cells),
        "partial": sum(cell.grade == "partial" for cell in cells),
    }
    divided = sum(cell.divided for cell in cells)
    if not divided:
        return said
    apart = ngettext("The panel is divided on one.", "The panel is divided on %(n)s.", divided)
    return f"{said} {apart % {'n': divided}}"


def kind(word: str) -> str:
    """The kind of an item that was proposed."""
    return gettext(KINDS[Kind(word)].one)


def settled(tally: RateTally, option: OptionTally) -> str:
    """Whether the rule that was fixed before the round calls it settled; nothing where there was none."""
    if option.settled is None or tally.agreement is None:
        return ""
    if not option.settled:
        return gettext("It stays open.")
    scale = tally.overall
    median = option.by_criterion[scale.code].median if scale else None
    low = scale is not None and median is not None and 2 * median < scale.low + scale.high
    if low and tally.agreement.get("rule") in SIDED:
        return gettext("It is settled against.")
    return gettext("It is settled.")


def rule(tally: Tally) -> str:
    """The rule in words, or nothing."""
    chosen = getattr(tally, "agreement", None)
    return agreement.sentence(chosen) if chosen else ""


def verdicts(tally: Tally) -> dict[str, bool]:
    """Of each subject whether a rule without a scale calls it settled; empty without one."""
    return accord.settled(tally)


def grade_verdict(tally: CoverTally, cell: CoverCell) -> str:
    """What the rule says of one grade."""
    return verdict(accord.is_agreed(tally, cell))


def verdict(is_settled: bool | None) -> str:  # noqa: FBT001 - the one thing it says
    """What a rule without a side says of something; nothing where there was none."""
    if is_settled is None:
        return ""
    return gettext("It is settled.") if is_settled else gettext("It stays open.")


def order(tally: RankTally) -> str:
    """What a rule on the whole order says of it; nothing where there was none."""
    whole = accord.is_concordant(tally)
    if whole is None:
        return ""
    return gettext("The order as a whole is settled.") if whole else gettext("The order stays open.")


def finding(tally: Tally, view: View) -> str:
    """What was found of a question, in one sentence."""
    say = next((say for kind, say in FINDINGS.items() if isinstance(tally, kind)), None)
    return say(tally, view) if say else _of_turnout(tally)


def _of_turnout(tally: Tally) -> str:
    count = tally.submitted
    return ngettext("One expert submitted.", "%(n)s experts submitted.", count) % {"n": count}


def _of_rating(tally: RateTally, view: View) -> str:
    standings = list(view.standings.values())
    divided = sum(one.is_divided for one in standings)
    numbers = {"all": len(standings), "divided": divided}
    if tally.agreement:
        numbers["settled"] = sum(one.is_settled is True for one in standings)
        return gettext("Settled: %(settled)s of %(all)s. The panel is divided on %(divided)s.") % numbers
    labels = _labels([one for one in tally.options if one.code in view.standings], tally.labels)
    if labels:
        said = {"all": len(standings), "labels": enumerate_words(labels)}
        return gettext("Of %(all)s: %(labels)s.") % said
    return gettext("The panel is divided on %(divided)s of %(all)s.") % numbers


def _labels(options: Sequence[OptionTally], texts: Mapping[str, str]) -> list[str]:
    given = [option.label for option in options]
    counts = {label: given.count(label) for label in texts}
    return [
        gettext("%(n)s with “%(label)s”") % {"n": n, "label": texts[label]}
        for label, n in counts.items()
        if n
    ]


def _of_coverage(tally: CoverTally, view: View) -> str:
    del view
    graded = [one for one in tally.elements if tally.gap_score(one.code) is not None]
    return gettext(
        "Of %(all)s elements, %(gaps)s are covered in full by no framework; "
        "the panel is divided on %(divided)s."
    ) % {
        "all": len(graded),
        "gaps": sum(tally.is_gap(one.code) for one in graded),
        "divided": sum(bool(tally.divided(one.code)) for one in graded),
    }


def _of_comments(tally: CommentTally, view: View) -> str:
    del view
    sides = tally.arguments.values()
    return gettext("%(pro)s arguments for and %(con)s against, on %(n)s subjects.") % {
        "pro": sum(len(one["for"]) for one in sides),
        "con": sum(len(one["against"]) for one in sides),
        "n": len(tally.arguments),
    }


def _of_proposals(tally: ProposeTally, view: View) -> str:
    del view
    n = tally.total
    return ngettext("One item was proposed.", "%(n)s items were proposed.", n) % {"n": n}


def _of_order(tally: RankTally | CompareTally, view: View) -> str:
    del view
    codes = [one.code for one in tally.leaders]
    if not codes:
        return _of_turnout(tally)
    if len(codes) > 1:
        return gettext("%(codes)s share the first place.") % {"codes": enumerate_words(codes)}
    return gettext("%(code)s comes first.") % {"code": codes[0]}


def _of_points(tally: AllocateTally, view: View) -> str:
    del view
    first = tally.options[0] if tally.allocations and tally.options else None
    if first is None or first.mean is None:
        return _of_turnout(tally)
    return gettext("%(code)s gets most: %(points)s of %(all)s points on the average.") % {
        "code": first.code,
        "points": number(first.mean, 1),
        "all": tally.points,
    }


def _of_weights(tally: WeighTally, view: View) -> str:
    del view
    first = tally.in_order[0] if tally.weighings and tally.in_order else None
    if first is None or first.mean is None:
        return _of_turnout(tally)
    titles = {one.code: one.title for one in tally.subjects}
    return gettext("%(title)s (%(code)s) weighs most: %(share)s per cent.") % {
        "title": titles.get(first.code, first.code),
        "code": first.code,
        "share": fixed(100 * first.mean, 1),
    }


FINDINGS: Mapping[type[Any], Callable[[Any, View], str]] = {
    RateTally: _of_rating,
    CoverTally: _of_coverage,
    CommentTally: _of_comments,
    ProposeTally: _of_proposals,
    RankTally: _of_order,
    CompareTally: _of_order,
    AllocateTally: _of_points,
    WeighTally: _of_weights,
    Reasoned: lambda tally, _view: drawing.finding(tally) or _of_turnout(tally),
}
