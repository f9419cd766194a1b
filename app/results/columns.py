"""What the columns of a question's ballots mean, with the labels of their values: for codebooks and SPSS."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session

from app.models import Criterion, Question, Round, Seminar
from app.questions.cover import DONT_KNOW, GRADES, SURE, SURENESS
from app.questions.weigh import ALL, STEPS
from app.rounds import queries as rounds

ROW = "Number of a ballot in the order of its content, anew for each question; tied to nobody."
SURELY = ("not very sure", "fairly sure", "very sure")
CHOICES = {1: "the first comes first", 0: "about equal", -1: "the second comes first"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: a whole number from `low` to `high`, or a word of `reasons` for giving none, or nothing.

    `points` has labels of numbers. `ordered` numbers say only which is more.
    """

    name: str
    meaning: str
    low: int = 0
    high: int | None = None
    points: Mapping[int, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    ordered: bool = True


# the method of a question that names none
PAIRWISE = {"compare": "pairwise", "weigh": "points"}
Describe = Callable[[str, str], Column]


def of(session: Session, question: Question) -> list[Column]:
    """The columns of the question's ballots, the number of the ballot first; none where they are texts."""
    subjects = rounds.asked_about(session, question)
    names = rounds.question_type(session, question).columns([one.code for one in subjects])
    if not names:
        return []
    titles = {one.code: one.title for one in subjects}
    describe = _describer(session, question, titles)
    row = Column(name="row", meaning=ROW, low=1, ordered=False)
    return [row, *(describe(*name.split(".", 1)) for name in names)]


def _describer(session: Session, question: Question, titles: Mapping[str, str]) -> Describe:
    """What describes the column of a subject's code and a part."""
    match question.type:
        case "rate":
            return _ratings(session, question, titles)
        case "cover":
            return _grades(session, question, titles)
        case "compare" | "weigh" if question.settings.get("method", PAIRWISE[question.type]) == "pairwise":
            return _pairs(question, titles)
        case _:
            return _numbers(question, titles)


def _ratings(session: Session, question: Question, titles: Mapping[str, str]) -> Describe:
    seminar = session.get_one(Seminar, session.get_one(Round, question.round_id).seminar_id)
    criteria = {criterion.code: criterion for criterion in rounds.criteria(session, seminar)}
    reasons = _reasons(question)

    def describe(code: str, part: str) -> Column:
        criterion = criteria[part]
        return Column(
            name=f"{code}.{part}",
            meaning=f"{criterion.label}: {code} {titles[code]}",
            low=criterion.low,
            high=criterion.high,
            points=_anchors(criterion),
            reasons=reasons,
        )

    return describe


def _anchors(criterion: Criterion) -> dict[int, str]:
    found = ((point, label) for point, label in criterion.anchors.items() if point.lstrip("-").isdecimal())
    return {int(point): label for point, label in sorted(found, key=lambda one: int(one[0]))}


def _grades(session: Session, question: Question, titles: Mapping[str, str]) -> Describe:
    elements = {element.code: element.title for element in rounds.elements(session, question)}

    def describe(code: str, part: str) -> Column:
        element = part.removesuffix(SURE)
        about = f"{element} {elements.get(element, '')}".strip()
        if part.endswith(SURE):
            return Column(
                name=f"{code}.{part}",
                meaning=f"How sure of that: {about} by {code} {titles[code]}",
                low=SURENESS[0],
                high=SURENESS[-1],
                points=dict(zip(SURENESS, SURELY, strict=True)),
            )
        return Column(
            name=f"{code}.{part}",
            meaning=f"Coverage: {about} by {code} {titles[code]}",
            high=len(GRADES) - 1,
            points=dict(enumerate(GRADES)),
            reasons={DONT_KNOW: "does not know"},
        )

    return describe


def _pairs(question: Question, titles: Mapping[str, str]) -> Describe:
    weighs = question.type == "weigh"
    told = "How many times as important, on Saaty's scale" if weighs else "Which of two comes first"
    reasons = {} if weighs else _reasons(question) or {DONT_KNOW: DONT_KNOW}
    steps = {0: "as important"} | {
        sign * step: f"the {which} is {step + 1} times as important"
        for step in STEPS
        if step > 0
        for sign, which in ((1, "first"), (-1, "second"))
    }

    def describe(code: str, part: str) -> Column:
        return Column(
            name=f"{code}.{part}",
            meaning=f"{told}: {code} {titles[code]} or {part} {titles[part]}",
            low=STEPS[0] if weighs else -1,
            high=STEPS[-1] if weighs else 1,
            points=dict(sorted(steps.items())) if weighs else CHOICES,
            reasons=reasons,
        )

    return describe


def _numbers(question: Question, titles: Mapping[str, str]) -> Describe:
    """A place, or points."""
    ranks = question.type == "rank"
    told = "Place, 1 is first" if ranks else "Points"

    def describe(code: str, part: str) -> Column:
        return Column(
            name=f"{code}.{part}",
            meaning=f"{told}: {code} {titles[code]}",
            low=1 if ranks else 0,
            high=None if ranks else int(question.settings.get("points", ALL)),
            reasons=_reasons(question),
            ordered=ranks,
        )

    return describe


def _reasons(question: Question) -> dict[str, str]:
    found = question.settings.get("abstentions", [])
    return {one["value"]: str(one.get("label") or one["value"]) for one in found}
