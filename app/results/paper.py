"""What forms on paper leave behind when their round is over: nothing that says which expert used one.

Who was told that a form of hers was entered can be read of the mails; beside the forms that were entered, and
the transactions that wrote and held their rows, it would tell who is who (security.md, trap 2).
"""

from collections.abc import Collection
from secrets import SystemRandom
from uuid import UUID

from sqlmodel import Session, col, delete, select, update

from app.models import PaperEntry, PaperForm, Round
from app.models.ballots import EntryState

SETTLED = frozenset({EntryState.CONFIRMED, EntryState.DROPPED})


def forget(session: Session, round_: Round, states: Collection[EntryState] = SETTLED) -> None:
    """Forget the forms that came back and are in these states; nothing tells the others apart any more.

    Of what was proposed nothing says any more that it came on a form. When the result is published, and none
    of the forms can be entered any more, they are nobody's: of each remains of which round it was.
    """
    forms = list(session.exec(select(PaperForm.id).where(PaperForm.round_id == round_.id)))
    if not forms:
        return
    mine = col(PaperEntry.form_id).in_(forms)
    session.exec(delete(PaperEntry).where(mine, col(PaperEntry.state).in_(states)))
    entries = list(session.exec(select(PaperEntry.id).where(mine)))
    nobodys = {"panellist_id": None} if frozenset(EntryState) <= frozenset(states) else {}
    for key in _mixed(forms):
        form = update(PaperForm).where(col(PaperForm.id) == key).values(proposals={}, **nobodys)
        session.exec(form.execution_options(synchronize_session=False))
    for key in _mixed(entries):
        entry = update(PaperEntry).where(col(PaperEntry.id) == key).values(number=PaperEntry.number)
        session.exec(entry.execution_options(synchronize_session=False))


def _mixed(keys: list[UUID]) -> list[UUID]:
    SystemRandom().shuffle(keys)
    return keys
