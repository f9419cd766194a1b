"""The addresses of a ballot's pages."""

from fastapi import Request

from app.ballots.papers.reading import Reading
from app.ballots.queries import Part
from app.models import Round, Seminar


def of_round(seminar: Seminar, round_: Round) -> dict[str, str]:
    """The parts of the address that all of a round's pages share."""
    return {"seminar_slug": seminar.slug, "round_number": str(round_.number)}


def path_of(request: Request, seminar: Seminar, round_: Round, route: str, **more: str) -> str:
    """The path of one of the ballot's pages."""
    return str(request.app.url_path_for(route, **of_round(seminar, round_), **more))


def page_of(request: Request, reading: Reading, part: Part) -> str:
    """The path of a question's own page; the only question has the ballot's."""
    stem = "ballots.preview" if reading.mode == "preview" else "ballots.ballot"
    if len(reading.asked.parts) == 1:
        return path_of(request, reading.seminar, reading.round_, stem)
    route = "ballots.preview_question" if reading.mode == "preview" else "ballots.question"
    return path_of(request, reading.seminar, reading.round_, route, question_code=part.code)
