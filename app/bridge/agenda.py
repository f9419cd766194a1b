"""The agenda of the next session: what the panel is most divided on, with the arguments of each side."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from app.i18n import gettext, number
from app.models import Question, Round
from app.policy import Role
from app.results import disclosure, words
from app.results.allocate_tally import AllocateTally
from app.results.comment_tally import CommentTally
from app.results.compare_tally import CompareTally
from app.results.rank_tally import RankTally
from app.results.reasoned import Reasoned
from app.results.spread import is_divided
from app.results.tally import Distribution, OptionTally, RateTally, Scale
from app.rounds import queries as rounds

FOR, AGAINST = "for", "against"
# so many points a session can hold, and so many it begins with
MOST, PROPOSED = 30, 5
# of places and of points: half of the places between the quartiles, or nearly as many givers as others
DIVIDED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How the panel rated a subject on one criterion."""

    scale: Scale
    distribution: Distribution

    @property
    def is_divided(self) -> bool:
        """Whether a third or more stand at either end."""
        return is_divided(self.distribution.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One subject for the session; `division` is 0 where all are of one view."""

    question: str
    code: str
    title: str
    text: str
    verdict: str
    division: float
    spreads: list[Spread] = field(default_factory=list)
    sides: dict[str, list[str]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The question's and the subject's code."""
        return f"{self.question}.{self.code}"

    @property
    def is_divided(self) -> bool:
        """Whether the panel is divided on a criterion, or gave arguments on both sides."""
        if self.spreads:
            return any(spread.is_divided for spread in self.spreads)
        if self.sides.get(FOR) or self.sides.get(AGAINST):
            return bool(self.sides.get(FOR) and self.sides.get(AGAINST))
        return self.division > DIVIDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The points that were chosen, most divided first, and all that there are to choose from."""

    round_: Round
    chosen: list[Point]
    points: list[Point]
    minutes: int

    @property
    def length(self) -> int:
        """How many minutes the points take in all."""
        return self.minutes * len(self.chosen)


def agenda(
    session: Session, *, round_: Round, roles: Collection[Role], keys: Sequence[str], minutes: int
) -> Agenda:
    """The agenda from a round whose result these roles may see; without keys the most divided are proposed.

    `NotReleased` says why there is none.
    """
    found = sorted(_points(session, round_, roles), key=lambda point: (-point.division, point.code))
    by_key = {point.key: point for point in found}
    wanted = [by_key[key] for key in dict.fromkeys(keys) if key in by_key]
    chosen = sorted(wanted, key=found.index) if keys else _proposed(found)
    return Agenda(round_=round_, chosen=chosen[:MOST], points=found, minutes=minutes)


def _proposed(found: list[Point]) -> list[Point]:
    """Those on which the panel is divided; if there is none, the first of those nearest to it."""
    divided = [point for point in found if point.is_divided]
    return divided[:PROPOSED] or found[:1]


def _points(session: Session, round_: Round, roles: Collection[Role]) -> Iterator[Point]:
    asked = rounds.questions(session, round_)
    if not asked:
        raise disclosure.NotReleased(number=round_.number)
    for question in asked:
        tally = disclosure.released_of(session, question=question, roles=roles)
        texts = {subject.code: subject.text for subject in rounds.subjects(session, question)}
        if isinstance(tally, RateTally):
            yield from (_rated(question, tally, option, texts) for option in tally.options)
        elif isinstance(tally, CommentTally):
            yield from _argued(question, tally, texts)
        elif isinstance(tally, RankTally):
            yield from _placed(question, tally, texts)
        elif isinstance(tally, AllocateTally):
            yield from _allotted(question, tally, texts)
        elif isinstance(tally, CompareTally):
            yield from _compared(question, tally, texts)


def _rated(question: Question, tally: RateTally, option: OptionTally, texts: dict[str, str]) -> Point:
    scales = tally.scales[:2] if tally.is_plane else [tally.overall or tally.scales[0]]
    spreads = [Spread(scale=scale, distribution=option.by_criterion[scale.code]) for scale in scales]
    agreements = [one.distribution.agreement for one in spreads if one.distribution.agreement is not None]
    verdict = words.of_point(tally, option).position if tally.is_plane else tally.labels.get(option.label, "")
    return Point(
        question=question.code,
        code=option.code,
        title=option.title,
        text=texts.get(option.code, ""),
        verdict=verdict,
        division=1 - min(agreements, default=1.0),
        spreads=spreads,
        sides=_by_side(tally.reasons(option.code)),
    )


def _by_side(reasons: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """The reasons by the side that they are on; where none is told, they stand together."""
    found: dict[str, list[str]] = {}
    for text, side in reasons:
        found.setdefault(side if side in {FOR, AGAINST} else "", []).append(text)
    return found


def _argued(question: Question, tally: CommentTally, texts: dict[str, str]) -> Iterator[Point]:
    for subject in tally.subjects:
        sides = tally.of(subject.code)
        fore, against = len(sides["for"]), len(sides["against"])
        if fore + against:
            yield Point(
                question=question.code,
                code=subject.code,
                title=subject.title,
                text=texts.get(subject.code, ""),
                verdict=gettext("%(fore)s speak for it, %(against)s against.")
                % {"fore": fore, "against": against},
                division=2 * min(fore, against) / (fore + against),
                sides={FOR: list(sides["for"]), AGAINST: list(sides["against"])},
            )


def _placed(question: Question, tally: RankTally, texts: dict[str, str]) -> Iterator[Point]:
    """What was ranked, by how far apart the middle half of its places lie."""
    farthest = max(len(tally.subjects) - 1, 1)
    for one in tally.options:
        if one.q1 is None or one.q3 is None or one.median is None:
            continue
        verdict = gettext(
            "%(n)s experts placed it: median place %(median)s, middle half from %(q1)s to %(q3)s."
        ) % {
            "n": one.n,
            "median": number(one.median, 1),
            "q1": number(one.q1, 1),
            "q3": number(one.q3, 1),
        }
        yield _reasoned(question, tally, one.code, texts, verdict, (one.q3 - one.q1) / farthest)


def _allotted(question: Question, tally: AllocateTally, texts: dict[str, str]) -> Iterator[Point]:
    """What had points to get, by how evenly those who gave it some and those who gave none are divided."""
    for one in tally.options:
        if one.share_given is None or one.mean is None:
            continue
        verdict = gettext("%(given)s of %(n)s experts gave it points, %(mean)s on the average of all.") % {
            "given": one.given,
            "n": one.n,
            "mean": number(one.mean, 1),
        }
        division = 4 * one.share_given * (1 - one.share_given)
        yield _reasoned(question, tally, one.code, texts, verdict, division)


def _compared(question: Question, tally: CompareTally, texts: dict[str, str]) -> Iterator[Point]:
    """What was compared, by how evenly experts put it before each of the others and after it."""
    for one in tally.options:
        others = tally.above[one.code]
        decided = one.won + one.lost
        if not one.compared:
            continue
        verdict = gettext(
            "It was put before another %(won)s times and after another %(lost)s times; "
            "about equal were %(tied)s."
        ) % {"won": one.won, "lost": one.lost, "tied": one.tied}
        even = sum(min(won, tally.above[other][one.code]) for other, won in others.items())
        division = 2 * even / decided if decided else 0.0
        yield _reasoned(question, tally, one.code, texts, verdict, division)


def _reasoned(
    question: Question, tally: Reasoned, code: str, texts: dict[str, str], verdict: str, division: float
) -> Point:
    reasons = tally.rationales.get(code, [])
    return Point(
        question=question.code,
        code=code,
        title=next(subject.title for subject in tally.subjects if subject.code == code),
        text=texts.get(code, ""),
        verdict=verdict,
        division=division,
        sides={"": list(reasons)} if reasons else {},
    )
