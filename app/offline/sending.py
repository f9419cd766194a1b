"""Forms for those who get them by mail or by post: blank, one file for each, named by its code.

Who sends them must know which is for whom, and knows nothing else: a form that an organizer holds has no
answer in it.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextvars import copy_context
from typing import TypeAlias

from sqlmodel import Session

from app import audit, i18n
from app.ballots.queries import Asking
from app.models import Panellist, Person, Round, Seminar
from app.offline import archive, building, queries, service
from app.offline.codebook import CodeBook, Paper
from app.offline.queries import Recipient
from app.offline.sheet import Form
from app.seminars import pseudonyms
from app.settings import Settings
from app.spreadsheet.tabular import to_csv

LIST = "to-whom.csv"
MEDIA = "application/zip"

Issued: TypeAlias = Sequence[tuple[Recipient, Paper]]


def issue(
    session: Session,
    settings: Settings,
    *,
    seminar: Seminar,
    round_: Round,
    to: Collection[Recipient],
    by: Person,
) -> Issued:
    """The forms of these experts, with codes, ready to be written."""
    book = CodeBook(session, settings, seminar)
    forms = [
        (one, service.form_for(session, book, round_=round_, panellist=_panellist(session, settings, one)))
        for one in to
    ]
    audit.record(
        session,
        "offline:forms:prepare",
        actor=by.id,
        seminar=seminar.id,
        subject=f"R{round_.number}",
        count=len(forms),
    )
    return forms


def written(
    session: Session,
    settings: Settings,
    *,
    seminar: Seminar,
    round_: Round,
    asked: Asking,
    issued: Issued,
    kind: str,
    write: Callable[[Form], bytes],
) -> bytes:
    """An archive of blank forms, each in its expert's language, and the list of who gets which."""

    def in_language(language: str, paper: Paper) -> bytes:
        i18n.use(language)
        origin = settings.origin
        return write(
            building.build(
                session, seminar=seminar, round_=round_, asked=asked, paper=paper, own=False, origin=origin
            )
        )

    names = [f"R{round_.number}-{paper.code}.{kind}" for _, paper in issued]
    rows = [[one.name, one.email, paper.code, name] for (one, paper), name in zip(issued, names, strict=True)]
    files = {
        name: copy_context().run(in_language, one.language or seminar.language, paper)
        for (one, paper), name in zip(issued, names, strict=True)
    }
    return archive.packed({LIST: to_csv(["name", "address", "code", "file"], rows)} | files)


def _panellist(session: Session, settings: Settings, one: Recipient) -> Panellist:
    return pseudonyms.panellist_of(session, settings, one.membership)


def chosen(session: Session, round_: Round, members: Iterable[object]) -> list[Recipient]:
    """Those of the panel who are among these members."""
    wanted = set(members)
    return [one for one in queries.recipients(session, round_) if one.membership.id in wanted]
