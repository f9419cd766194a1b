"""The demonstration's report: begun by the organizer after the first rating, with a version and a comment."""

from sqlmodel import Session

from app.models import Person, Seminar
from app.report import approving, queries, service

NOTE = "Synthetic: first draft, for the facilitator to read."
COMMENT = (
    "Synthetic: say in the first sentence that this is the state after the first of two ratings. "
    "The second may still move it."
)


def begin(session: Session, *, seminar: Seminar, organiser: Person, facilitator: Person) -> None:
    """A draft of every section, kept once, and a word of the facilitator on the summary."""
    report = service.begin(session, seminar=seminar, by=organiser)
    service.keep(session, report=report, note=NOTE, by=organiser)
    summary = queries.section(session, report, "summary")
    assert summary is not None
    approving.comment(session, section=summary, text=COMMENT, by=facilitator)
