"""Every table by name; importing this is knowing the schema."""

from app.models.audit import AuditEntry
from app.models.ballots import AnswerRevision, Ballot, Participation, RationaleRevision, Seal
from app.models.identity import Person, RateCount, SignInLink, WebSession
from app.models.notifications import Message
from app.models.proposals import HeldText, Proposal, Remark
from app.models.registers import GlossaryTerm, Item, ItemChange, ItemLink, ItemVersion
from app.models.results import Result
from app.models.rounds import Criterion, Question, Round, Subject
from app.models.seminars import (
    Invitation,
    Membership,
    Panellist,
    PseudonymLink,
    Sector,
    Seminar,
    SeminarKey,
)

__all__ = [
    "AnswerRevision",
    "AuditEntry",
    "Ballot",
    "Criterion",
    "GlossaryTerm",
    "HeldText",
    "Invitation",
    "Item",
    "ItemChange",
    "ItemLink",
    "ItemVersion",
    "Membership",
    "Message",
    "Panellist",
    "Participation",
    "Person",
    "Proposal",
    "PseudonymLink",
    "Question",
    "RateCount",
    "RationaleRevision",
    "Remark",
    "Result",
    "Round",
    "Seal",
    "Sector",
    "Seminar",
    "SeminarKey",
    "SignInLink",
    "Subject",
    "WebSession",
]
