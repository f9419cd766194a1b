"""Every table by name; importing this is knowing the schema."""

from app.models.audit import AuditEntry
from app.models.ballots import (
    AnswerRevision,
    Ballot,
    HelpfulMark,
    PaperEntry,
    PaperForm,
    Participation,
    RationaleRevision,
    Seal,
)
from app.models.dissent import MinorityOwner, MinorityStatement, MinorityWording
from app.models.files import PreparedFile
from app.models.identity import Person, RateCount, SignInLink, WebSession
from app.models.notifications import Message, ReminderChoice
from app.models.proposals import HeldText, Proposal, Remark
from app.models.registers import GlossaryTerm, Item, ItemChange, ItemLink, ItemVersion
from app.models.reports import Report, ReportComment, ReportSection, ReportVersion
from app.models.results import Glimpse, Result
from app.models.rounds import Blueprint, Criterion, Deadline, Question, Round, Subject
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
    "Blueprint",
    "Criterion",
    "Deadline",
    "Glimpse",
    "GlossaryTerm",
    "HeldText",
    "HelpfulMark",
    "Invitation",
    "Item",
    "ItemChange",
    "ItemLink",
    "ItemVersion",
    "Membership",
    "Message",
    "MinorityOwner",
    "MinorityStatement",
    "MinorityWording",
    "Panellist",
    "PaperEntry",
    "PaperForm",
    "Participation",
    "Person",
    "PreparedFile",
    "Proposal",
    "PseudonymLink",
    "Question",
    "RateCount",
    "RationaleRevision",
    "Remark",
    "ReminderChoice",
    "Report",
    "ReportComment",
    "ReportSection",
    "ReportVersion",
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
