"""The statements as each may read them: without authors, and with her own part in them for each alone."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from app.dissent.sizes import Size, size
from app.models import (
    Item,
    ItemVersion,
    MinorityOwner,
    MinorityStatement,
    MinorityWording,
    Panellist,
    Round,
    Seminar,
)
from app.models.dissent import StatementState
from app.policy import Permission, Role, allows
from app.wording import Rules

# while it is being collected, experts read it, and may support it
COLLECTING = frozenset({StatementState.WRITTEN, StatementState.EDITED, StatementState.APPROVED})
UNSETTLED = COLLECTING | {StatementState.WITHHELD}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A released statement, as pages, exports and the report print it under its option.

    `count` is how many hold it, None where so few do that `size` says it in words; these are in the
    seminar's language where `size_is_ruled`. `version` is the option's wording of which it speaks,
    `wording` the how-manieth of its own this is, `round_number` the round on whose ratings it rests.
    """

    reference: str
    code: str
    text: str
    language: str
    size: str
    size_is_ruled: bool
    count: int | None
    version: int
    wording: int
    round_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """A statement in the making, or made, as one reader sees it; `mine` is her part in it, if any."""

    statement: MinorityStatement
    code: str
    title: str
    wording: MinorityWording
    mine: MinorityOwner | None

    @property
    def reference(self) -> str:
        """Its public name, which tells no order."""
        return self.statement.reference

    @property
    def state(self) -> StatementState:
        """Where it stands."""
        return self.statement.state

    @property
    def is_collecting(self) -> bool:
        """Whether it can still be supported."""
        return self.state in COLLECTING

    @property
    def is_author(self) -> bool:
        """Whether the reader wrote it."""
        return self.mine is not None and self.mine.wrote

    @property
    def awaits_me(self) -> bool:
        """Whether the reader has approved an earlier wording, and this one not."""
        return self.is_collecting and self.mine is not None and self.mine.approved != self.wording.number

    @property
    def may_reply(self) -> bool:
        """Whether the reader has not yet said what she has to say of this wording."""
        return (
            self.mine is not None
            and self.state is not StatementState.WITHDRAWN
            and self.state is not StatementState.RELEASED
            and self.mine.replied != self.wording.number
        )


def find(session: Session, *, seminar: Seminar, reference: str) -> MinorityStatement | None:
    """The statement of that reference."""
    return session.exec(
        select(MinorityStatement).where(
            MinorityStatement.seminar_id == seminar.id, MinorityStatement.reference == reference
        )
    ).one_or_none()


def code_of(session: Session, statement: MinorityStatement) -> str:
    """The code of the option on which it is."""
    return session.get_one(Item, statement.item_id).code


def owners(session: Session, statement: MinorityStatement) -> list[MinorityOwner]:
    """Who wrote and who supports it, in an order that says nothing."""
    rows = select(MinorityOwner).where(MinorityOwner.statement_id == statement.id)
    return list(session.exec(rows.order_by(col(MinorityOwner.id))))


def wordings(session: Session, statement: MinorityStatement) -> list[MinorityWording]:
    """Its wordings, the one in force last."""
    rows = select(MinorityWording).where(MinorityWording.statement_id == statement.id)
    return list(session.exec(rows.order_by(col(MinorityWording.number))))


def wording(session: Session, statement: MinorityStatement) -> MinorityWording:
    """The wording in force."""
    return wordings(session, statement)[-1]


def own_part(
    session: Session, statement: MinorityStatement, panellist: Panellist | None
) -> MinorityOwner | None:
    """The panellist's part in it, if she has one."""
    if panellist is None:
        return None
    return session.exec(
        select(MinorityOwner).where(
            MinorityOwner.statement_id == statement.id, MinorityOwner.panellist_id == panellist.id
        )
    ).one_or_none()


def view(session: Session, statement: MinorityStatement, panellist: Panellist | None) -> StatementView:
    """One statement as the reader sees it."""
    return _views(session, [statement], panellist)[0]


def visible(
    session: Session,
    *,
    seminar: Seminar,
    roles: Collection[Role],
    panellist: Panellist | None,
    reader: UUID,
    states: Collection[StatementState] = UNSETTLED,
) -> list[StatementView]:
    """What the reader sees of the statements that are being made, in an order of her own.

    Experts see what is being collected and all that is theirs, facilitators also what is withheld; of all
    else nobody but its author knows that it was there.
    """
    statements = session.exec(
        select(MinorityStatement).where(
            MinorityStatement.seminar_id == seminar.id, col(MinorityStatement.state).in_(states)
        )
    ).all()
    found = _views(session, statements, panellist)
    return sorted(
        (one for one in found if may_see(one, roles)),
        key=lambda one: hashlib.sha256(f"{reader}:{one.reference}:{one.code}".encode()).digest(),
    )


def may_see(one: StatementView, roles: Collection[Role]) -> bool:
    """Whether a reader in these roles may see the statement."""
    if one.state is StatementState.RELEASED:
        return _may(roles, Permission.READ)
    if one.mine is not None and (one.mine.wrote or one.state is not StatementState.WITHDRAWN):
        return True
    if one.state in COLLECTING and _may(roles, Permission.DISSENT):
        return True
    return one.state in UNSETTLED and _may(roles, Permission.SETTLE_DISSENT)


def released(session: Session, *, seminar: Seminar, roles: Collection[Role]) -> dict[str, list[Statement]]:
    """The released statements by the code of their option; they stand under it whatever its label."""
    if not _may(roles, Permission.READ):
        return {}
    statements = session.exec(
        select(MinorityStatement)
        .where(MinorityStatement.seminar_id == seminar.id, MinorityStatement.state == StatementState.RELEASED)
        .order_by(col(MinorityStatement.reference))
    ).all()
    rules = Rules.read(seminar.wording)
    numbers = _numbers(session, statements)
    found: dict[str, list[Statement]] = {}
    for one in _views(session, statements, None):
        size = size_of(one.statement, rules, seminar.min_group)
        found.setdefault(one.code, []).append(_released(one, size, numbers))
    return found


def size_of(statement: MinorityStatement, rules: Rules, minimum: int) -> Size:
    """How many held it when it was released, as it may be told."""
    counted, raters = statement.counted or 0, statement.raters or 0
    return size(counted, raters, rules=rules, minimum=minimum)


def waiting(session: Session, *, seminar: Seminar) -> bool:
    """Whether anything of late may have to be approved or read by its owners, whoever they are."""
    states = (StatementState.EDITED, StatementState.WITHHELD)
    some = select(MinorityStatement.id).where(
        MinorityStatement.seminar_id == seminar.id, col(MinorityStatement.state).in_(states)
    )
    return session.exec(some.limit(1)).first() is not None


def _released(one: StatementView, size: Size, numbers: dict[UUID, int]) -> Statement:
    statement = one.statement
    return Statement(
        reference=statement.reference,
        code=one.code,
        text=one.wording.text,
        language=statement.language,
        size=size.words,
        size_is_ruled=size.is_ruled,
        count=size.count,
        version=statement.item_version,
        wording=one.wording.number,
        round_number=numbers[statement.round_id] if statement.round_id else 0,
    )


def _numbers(session: Session, statements: Iterable[MinorityStatement]) -> dict[UUID, int]:
    keys = {one.round_id for one in statements}
    return dict(session.exec(select(Round.id, Round.number).where(col(Round.id).in_(keys))).all())


def _views(
    session: Session, statements: Sequence[MinorityStatement], panellist: Panellist | None
) -> list[StatementView]:
    keys = [one.id for one in statements]
    words = session.exec(
        select(MinorityWording)
        .where(col(MinorityWording.statement_id).in_(keys))
        .order_by(col(MinorityWording.number))
    )
    in_force = {one.statement_id: one for one in words}
    mine: dict[UUID, MinorityOwner] = {}
    if panellist is not None:
        parts = select(MinorityOwner).where(MinorityOwner.panellist_id == panellist.id)
        mine = {one.statement_id: one for one in session.exec(parts)}
    titles = _titles(session, {one.item_id for one in statements})
    return [
        StatementView(
            statement=one,
            code=titles[one.item_id][0],
            title=titles[one.item_id][1],
            wording=in_force[one.id],
            mine=mine.get(one.id),
        )
        for one in statements
    ]


def _titles(session: Session, items: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    rows = session.exec(
        select(Item.id, Item.code, ItemVersion.title)
        .join(ItemVersion, col(ItemVersion.item_id) == col(Item.id))
        .where(col(Item.id).in_(items), ItemVersion.number == Item.version)
    )
    return {key: (code, title) for key, code, title in rows}


def _may(roles: Collection[Role], permission: Permission) -> bool:
    return any(allows(role, permission) for role in roles)
