"""Forms for those who get them by mail or by post: blank, one file for each, named by its code.

Who sends them must know which is for whom, and knows nothing else: a form that an organizer holds has no
answer in it.
"""

from collections.abc import Callable, Iterable
from contextvars import copy_context
from types import ModuleType

from sqlmodel import Session

from app import audit, i18n
from app.ballots.queries import Asking
from app.models import PaperForm, Person, Round, Seminar
from app.offline import archive, building, queries, service
from app.offline.queries import Recipient
from app.seminars import pseudonyms
from app.settings import Settings
from app.spreadsheet.tabular import to_csv

LIST = "to-whom.csv"
MEDIA = "application/zip"


def prepare(
    session: Session,
    settings: Settings,
    *,
    seminar: Seminar,
    round_: Round,
    asked: Asking,
    to: Iterable[Recipient],
    writer: ModuleType,
    kind: str,
    by: Person,
) -> bytes:
    """An archive of blank forms, each in its expert's language, and the list of who gets which."""
    service.require_forms(round_)

    def write(paper: PaperForm) -> tuple[str, bytes]:
        origin = settings.origin
        form = building.build(
            session, seminar=seminar, round_=round_, asked=asked, form=paper, own=False, origin=origin
        )
        return f"{form.name}.{kind}", writer.write(form)

    files: dict[str, bytes] = {}
    rows: list[list[str | int | float | None]] = []
    for one in to:
        panellist = pseudonyms.panellist_of(session, settings, one.membership)
        paper = service.form_for(session, round_=round_, panellist=panellist)

        name, content = copy_context().run(_written, one.language or seminar.language, write, paper)
        files[name] = content
        rows.append([one.name, one.email, paper.code, name])
    audit.record(
        session,
        "offline:forms:prepare",
        actor=by.id,
        seminar=seminar.id,
        subject=f"R{round_.number}",
        count=len(rows),
    )
    return archive.packed({LIST: to_csv(["name", "address", "code", "file"], rows)} | files)


def _written(
    language: str, write: Callable[[PaperForm], tuple[str, bytes]], paper: PaperForm
) -> tuple[str, bytes]:
    i18n.use(language)
    return write(paper)


def chosen(session: Session, round_: Round, members: Iterable[object]) -> list[Recipient]:
    """Those of the panel who are among these members."""
    wanted = set(members)
    return [one for one in queries.recipients(session, round_) if one.membership.id in wanted]
