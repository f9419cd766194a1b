"""Draw invented ratings and reasons, the same for the same seed: what the demonstration's panel answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import median

from app.demo.invented import read
from app.questions.answers import Answer, Judgement

LOW, HIGH = 1, 9
OVERALL, REQUIRED, OPTIONAL = "OV", ("C1", "C2"), ("C3", "C4", "C5", "C6")
FAVOURABLE, UNFAVOURABLE = (7.8, 0.8), (2.4, 0.9)  # mean and spread of the two camps of a divided panel
ABSTENTIONS = ("no_expertise", "cannot_say", "prefer_not")
IN_FAVOUR, FAR = (
    7,
    3,
)  # from where a rating is in favour; from where a step towards the middle is a double one

# How often, in the second round: a rating moves by whether the panel is in two camps, strays on its own,
# is moved on another criterion; a reason is added, or given again.
MOVES, STRAYS, SHIFTS, ADDS, REPEATS = {True: 0.08, False: 0.45}, 0.04, 0.1, 0.05, 0.5

# what speaks for an option on resources and on time, by its own cost class and horizon
CHEAP = {"low": 7.4, "medium": 5.6, "high": 3.7}
SOON = {"short": 7.6, "medium": 5.4, "long": 3.0}

# what one expert answers: an answer for each option, by its code
Sheet = dict[str, Answer]


@dataclass(frozen=True, slots=True)
class Hint:
    """Around what, how widely, and whether in two camps an option is rated."""

    center: float
    spread: float
    polarized: bool


@dataclass(slots=True)
class Subject:
    """One option as the panel meets it, with the reasons that nobody has given yet."""

    code: str
    hint: Hint
    leaning: dict[str, float]
    reasons: dict[bool, list[str]] = field(default_factory=dict)

    @property
    def share_in_favour(self) -> float:
        """How large the favourable camp is, for the hint's centre to lie between the two."""
        (high, _), (low, _) = FAVOURABLE, UNFAVOURABLE
        return max(0.34, (self.hint.center - low) / (high - low))


@dataclass(frozen=True, slots=True)
class Temper:
    """How one expert fills in a ballot."""

    generous: float
    thorough: float
    unsure: float
    talkative: float


def subjects(draw: Random, fields: Mapping[str, Mapping[str, str]]) -> list[Subject]:
    """The options by code with what the hints and their own fields say of them."""
    hints, reasons = read("demo_hints.yaml"), read("reasons.yaml")["options"]
    by_code = {hint["id"]: hint for hint in hints["options"]}
    found = []
    for code, own in sorted(fields.items()):
        hint = by_code[code]
        center = hints["center_scale"][hint["center"]]
        found.append(
            Subject(
                code=code,
                hint=Hint(center, hints["spread_scale"][hint["spread"]], hint["polarized"]),
                leaning=_leaning(draw, center, own),
                reasons={
                    True: draw.sample(reasons[code]["for"], len(reasons[code]["for"])),
                    False: draw.sample(reasons[code]["against"], len(reasons[code]["against"])),
                },
            )
        )
    return found


def _leaning(draw: Random, center: float, fields: Mapping[str, str]) -> dict[str, float]:
    return {
        "C1": center + draw.gauss(-0.3, 0.7),
        "C2": center + draw.gauss(-0.6, 0.8),
        "C3": CHEAP[fields["cost_class"]] + draw.gauss(0, 0.4),
        "C4": SOON[fields["time_horizon"]] + draw.gauss(0, 0.4),
        "C5": center + draw.gauss(-0.4, 0.6),
        "C6": draw.gauss(6.2, 0.8),
    }


def first_round(draw: Random, options: Sequence[Subject], experts: int) -> list[Sheet]:
    """One independent sheet for each expert."""
    return [_sheet(draw, options, _temper(draw)) for _ in range(experts)]


def second_round(draw: Random, options: Sequence[Subject], before: Sequence[Sheet]) -> list[Sheet]:
    """The sheets after the panel has seen its own answers: most keep, some draw nearer, camps stay."""
    middle = {option.code: _middle(before, option.code) for option in options}
    return [
        {option.code: _again(draw, option, middle[option.code], mine[option.code]) for option in options}
        for mine in before
    ]


def _temper(draw: Random) -> Temper:
    return Temper(
        generous=draw.gauss(0, 0.4),
        thorough=draw.choice((0.0, 0.0, 0.3, 0.6, 1.0)),
        unsure=draw.choice((0.01, 0.03, 0.05, 0.12)),
        talkative=draw.choice((0.05, 0.15, 0.3)),
    )


def _sheet(draw: Random, options: Sequence[Subject], temper: Temper) -> Sheet:
    return {option.code: _answer(draw, option, temper) for option in options}


def _answer(draw: Random, option: Subject, temper: Temper) -> Answer:
    opinion = _opinion(draw, option, temper)
    unsure = temper.unsure * (2.5 if option.hint.polarized else 1.0)
    if draw.random() < unsure:
        excuse = draw.choices(ABSTENTIONS, (6, 3, 1))[0]
        return Answer(dict.fromkeys((OVERALL, *REQUIRED), excuse))
    judgements: dict[str, Judgement] = {OVERALL: _on_scale(opinion)}
    for criterion in (*REQUIRED, *OPTIONAL):
        if criterion in REQUIRED or draw.random() < temper.thorough:
            judgements[criterion] = _judgement(draw, option, criterion, opinion, unsure)
    talks = draw.random() < temper.talkative
    return Answer(judgements, _reason(option, judgements[OVERALL]) if talks else "")


def _opinion(draw: Random, option: Subject, temper: Temper) -> float:
    if option.hint.polarized:
        camp = FAVOURABLE if draw.random() < option.share_in_favour else UNFAVOURABLE
        return draw.gauss(*camp) + temper.generous / 2
    return draw.gauss(option.hint.center, option.hint.spread) + temper.generous


def _judgement(draw: Random, option: Subject, criterion: str, opinion: float, unsure: float) -> Judgement:
    if draw.random() < unsure / 2:
        return "cannot_say" if criterion in OPTIONAL else draw.choice(ABSTENTIONS[:2])
    weight = 0.6 if criterion in REQUIRED else 0.35
    return _on_scale(weight * opinion + (1 - weight) * option.leaning[criterion] + draw.gauss(0, 0.9))


def _reason(option: Subject, judgement: Judgement) -> str:
    """A reason that nobody has given yet; of a middling rating, what holds it back."""
    unused = option.reasons[isinstance(judgement, int) and judgement >= IN_FAVOUR]
    return unused.pop() if unused else ""


def _again(draw: Random, option: Subject, middle: float, before: Answer) -> Answer:
    score = before.score(OVERALL)
    if score is None:
        return before
    judgements = before.judgements | {OVERALL: _moved(draw, score, middle, MOVES[option.hint.polarized])}
    for criterion in REQUIRED:
        mine = before.score(criterion)
        if mine is not None and draw.random() < SHIFTS:
            judgements[criterion] = _on_scale(mine + draw.choice((-1, 1)))
    if before.rationale:
        return Answer(judgements, before.rationale if draw.random() < REPEATS else "")
    return Answer(judgements, _reason(option, judgements[OVERALL]) if draw.random() < ADDS else "")


def _moved(draw: Random, score: int, middle: float, often: float) -> int:
    distance = middle - score
    if draw.random() < often and abs(distance) >= 1:
        step = 2 if abs(distance) > FAR else 1
        return _on_scale(score + (step if distance > 0 else -step))
    if draw.random() < STRAYS:
        return _on_scale(score + draw.choice((-1, 1)))
    return score


def _middle(sheets: Sequence[Sheet], code: str) -> float:
    scores = [score for sheet in sheets if (score := sheet[code].score(OVERALL)) is not None]
    return median(scores) if scores else (LOW + HIGH) / 2


def _on_scale(value: float) -> int:
    return min(HIGH, max(LOW, round(value)))
