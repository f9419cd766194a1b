"""Who may do what: one table, read by the routes and printed on the privacy page."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in one seminar."""

    EXPERT = "expert"
    FACILITATOR = "facilitator"
    ORGANISER = "organiser"
    OBSERVER = "observer"
    CLERK = "clerk"


class Permission(StrEnum):
    """Something that a role may or may not do."""

    READ = "read the seminar, its registers and its published outcome"
    ANSWER = "answer rounds"
    DISSENT = "write and support minority statements, and approve their wording"
    PREVIEW = "preview a round as an expert sees it"
    PROPOSE = "propose items for the registers"
    MODERATE = "decide on proposals, and reword, merge, split and retire items"
    SETTLE_DISSENT = "edit, release and withhold minority statements, without a name"
    IMPORT = "import registers from a spreadsheet"
    RUN_ROUNDS = "design, open, extend, close, reopen and publish rounds"
    WATCH = "watch participation by sector"
    READ_CLOSED = "read the result of a closed round before it is published"
    ENTER_FORMS = "enter forms that came back by mail, by their code and without a name"
    EXTEND_ONE = "give one expert more time"
    SEE_PEOPLE = "see by name who was invited and who has submitted"
    INVITE = "invite people and assign roles"
    CONFIGURE = "change the seminar's settings and wording rules"
    WRITE_REPORT = "write the report from what is published"
    APPROVE_REPORT = "approve the report"
    EXPORT = "download the outcome and its anonymous data"
    AUDIT = "read the audit log"


# The organiser sees who, not what; the facilitator sees what, not who.
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.EXPERT: frozenset({Permission.READ, Permission.ANSWER, Permission.PROPOSE, Permission.DISSENT}),
    Role.FACILITATOR: frozenset(
        {
            Permission.READ,
            Permission.PREVIEW,
            Permission.MODERATE,
            Permission.SETTLE_DISSENT,
            Permission.IMPORT,
            Permission.RUN_ROUNDS,
            Permission.WATCH,
            Permission.READ_CLOSED,
            Permission.WRITE_REPORT,
            Permission.EXPORT,
        }
    ),
    Role.ORGANISER: frozenset(
        {
            Permission.READ,
            Permission.PREVIEW,
            Permission.WATCH,
            Permission.READ_CLOSED,
            Permission.SEE_PEOPLE,
            Permission.EXTEND_ONE,
            Permission.INVITE,
            Permission.IMPORT,
            Permission.CONFIGURE,
            Permission.WRITE_REPORT,
            Permission.APPROVE_REPORT,
            Permission.EXPORT,
            Permission.AUDIT,
        }
    ),
    Role.OBSERVER: frozenset({Permission.READ}),
    Role.CLERK: frozenset({Permission.READ, Permission.ENTER_FORMS}),
}


def allows(role: Role, permission: Permission) -> bool:
    """Whether the role has the permission."""
    return permission in PERMISSIONS[role]
