"""What a released result tells of one subject, as the rule of carrying forward asks it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.designer import carrying
from app.designer.carrying import Judged, Placed, Proposal, Reason
from app.i18n import _, enumerate_words, gettext, number
from app.questions.comment import AGAINST, FOR
from app.results import accord
from app.results.allocate_tally import AllocateTally
from app.results.comment_tally import CommentTally
from app.results.compare_tally import CompareTally
from app.results.cover_tally import CoverTally
from app.results.rank_tally import RankTally
from app.results.reasoned import Reasoned
from app.results.spread import LEAST, is_divided, is_few
from app.results.tallies import Tally
from app.results.tally import OptionTally, RateTally

# The labels of the wording rules under which nothing is left to ask, and under which too few answered.
CLOSE, NOT_ENOUGH = "broad_agreement", "not_enough"
# Where Schmidt calls agreement on an order strong, and below which weak.
STRONG, WEAK = 0.7, 0.5
STRONGLY = _(
    "The panel agrees strongly on the order (concordance W is %(w)s): asking again will hardly change it."
)
MODERATELY = _("The panel agrees moderately on the order (concordance W is %(w)s).")
LITTLE = _("The panel agrees little on the order so far (concordance W is %(w)s).")
Ordered = RankTally | AllocateTally | CompareTally

BY_RULE = _("Not settled by the rule that was fixed before the round.")
BY_LABEL = _("Not settled: its label is “%(label)s”.")
DIVIDED = _("The panel is divided on %(names)s.")
RANKS = {
    Reason.RUNNING: _("It may be among the first half: rank between %(low)s and %(high)s of %(among)s."),
    Reason.BEHIND: _("Behind the first half: rank between %(low)s and %(high)s of %(among)s."),
    Reason.CHOSEN: _("Chosen by %(chosen)s of %(choosers)s experts, which is more than half."),
    Reason.PASSED_OVER: _("Chosen by %(chosen)s of %(choosers)s experts, which is no more than half."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What the rule says of a subject; `said` are sentences that say a reason more exactly."""

    proposal: Proposal
    said: dict[Reason, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """Beside the result: new reasons `against`, and another wording.

    `picks` where experts chose a few of many, `ordered` where what was rated goes into an order.
    """

    against: int = 0
    reworded: bool = False
    picks: bool = False
    ordered: bool = False


def version_in(tally: Tally, code: str) -> int | None:
    """The version of the subject that the result is of; None where it is not a part of the result."""
    if isinstance(tally, RateTally):
        option = tally.option(code)
        return option.version if option else None
    subjects = getattr(tally, "subjects", None) or getattr(tally, "frameworks", None) or []
    return next((one.version for one in subjects if one.code == code), None)


def find(tally: Tally, code: str, since: Since) -> Finding:
    """What the rule says of the subject after this result."""
    match tally:
        case RateTally():
            option = tally.option(code)
            assert option is not None
            if since.ordered:
                return _into_an_order(tally, option, since)
            return _of_point(tally, option, since) if tally.is_plane else _of_card(tally, option, since)
        case CoverTally():
            return _of_framework(tally, code, since)
        case RankTally() | AllocateTally() | CompareTally():
            return _of_placed(tally, code, since)
        case _:
            return Finding(carrying.of_judged(Judged(settled=None, reworded=since.reworded)))


def against(tally: Tally, code: str, *, favoured: bool) -> list[str]:
    """The reasons given on the other side of what was settled; `favoured` if that was in favour."""
    side = AGAINST if favoured else FOR
    match tally:
        case RateTally():
            texts, sides = tally.rationales.get(code, []), tally.sides.get(code, [])
            return [text for text, said in zip(texts, sides, strict=False) if said == side]
        case CommentTally():
            return list(tally.of(code)["against" if favoured else "for"])
        case _:
            return []


def reasons(tally: Tally, code: str) -> list[str]:
    """All reasons and arguments that the result has on the subject, whichever side they take."""
    match tally:
        case RateTally() | CoverTally() | Reasoned():
            return tally.rationales.get(code, [])
        case CommentTally():
            sides = tally.of(code)
            return [*sides["for"], *sides["against"]]
        case _:
            return []


def favours(tally: Tally, code: str) -> bool:
    """Whether the panel rates the subject in the better half of the overall scale, or of the first one."""
    option = tally.option(code) if isinstance(tally, RateTally) else None
    scale = (tally.overall or next(iter(tally.scales), None)) if isinstance(tally, RateTally) else None
    median = option.by_criterion[scale.code].median if option and scale else None
    if median is None or scale is None:
        return True
    middle = scale.low + scale.high
    return 2 * median >= middle if scale.benefit else 2 * median <= middle


def _of_card(tally: RateTally, option: OptionTally, since: Since) -> Finding:
    settled = option.settled
    if settled is None and option.label:
        settled = option.label == CLOSE
    overall = tally.overall
    few = option.label == NOT_ENOUGH or bool(overall and not option.by_criterion[overall.code].n)
    facts = Judged(
        settled=settled,
        stable=option.movement.stable if option.movement else None,
        near=option.label_may_change,
        against=since.against,
        few=few,
        reworded=since.reworded,
    )
    label = tally.labels.get(option.label, option.label)
    apart = gettext(BY_LABEL) % {"label": label} if option.settled is None else gettext(BY_RULE)
    return Finding(carrying.of_judged(facts), {Reason.APART: apart})


def _into_an_order(tally: RateTally, option: OptionTally, since: Since) -> Finding:
    few = option.label == NOT_ENOUGH or not any(one.n for one in option.by_criterion.values())
    favoured = None if few else favours(tally, option.code)
    return Finding(carrying.into_an_order(favoured=favoured, reworded=since.reworded))


def _of_point(tally: RateTally, subject: OptionTally, since: Since) -> Finding:
    axes = tally.scales[:2]
    apart = [scale.label for scale in axes if is_divided(subject.by_criterion[scale.code].counts)]
    few = any(is_few(subject.by_criterion[scale.code].n) for scale in axes)
    settled = subject.settled if subject.settled is not None else not apart
    facts = Judged(settled=settled, few=few, reworded=since.reworded)
    said = gettext(DIVIDED) % {"names": _names(apart)} if apart else gettext(BY_RULE)
    return Finding(carrying.of_judged(facts), {Reason.APART: said})


def _of_framework(tally: CoverTally, code: str, since: Since) -> Finding:
    cells = tally.cells.get(code, {})
    apart = [element for element, cell in cells.items() if cell.divided]
    graded = max((cell.n for cell in cells.values()), default=0)
    by_rule = accord.settled(tally).get(code)
    settled = not apart if by_rule is None else by_rule
    facts = Judged(settled=settled, few=graded < LEAST, reworded=since.reworded)
    apart_on = gettext(DIVIDED) % {"names": enumerate_words(apart)}
    said = {Reason.APART: apart_on if apart else gettext(BY_RULE)}
    return Finding(carrying.of_judged(facts), said)


def _of_placed(tally: Ordered, code: str, since: Since) -> Finding:
    placed = next((one for one in tally.options if one.code == code), None)
    chosen, choosers = _choices(tally, code) if since.picks else (None, 0)
    facts = Placed(
        among=len(tally.options),
        low=placed.rank_low if placed else None,
        high=placed.rank_high if placed else None,
        chosen=chosen,
        choosers=choosers,
        reworded=since.reworded,
    )
    fields = {
        "low": facts.low,
        "high": facts.high,
        "among": facts.among,
        "chosen": chosen,
        "choosers": choosers,
    }
    proposal = carrying.of_placed(facts)
    return Finding(proposal, {one: gettext(RANKS[one]) % fields for one in proposal.reasons if one in RANKS})


def _choices(tally: Ordered, code: str) -> tuple[int | None, int]:
    """How many gave the subject a place or points, and of how many experts."""
    if isinstance(tally, RankTally):
        return tally.raters(code), tally.rankings
    if isinstance(tally, AllocateTally):
        return next((one.given for one in tally.options if one.code == code), 0), tally.allocations
    return None, 0


def order_note(tally: Tally) -> str:
    """What is to be said of a whole order: whether asking again can change much (Schmidt 1997)."""
    w = getattr(tally, "kendall_w", None) if isinstance(tally, RankTally | AllocateTally) else None
    if w is None:
        return ""
    said = STRONGLY if w >= STRONG else LITTLE if w < WEAK else MODERATELY
    return gettext(said) % {"w": number(w, 2)}


def _names(labels: Sequence[str]) -> str:
    return enumerate_words([gettext(_("“%(label)s”")) % {"label": label} for label in labels])
