"""What can be wrong with an item, with what is asked to become of it, and with its links."""

from app.errors import AppError, Conflict, Invalid


class Empty(AppError):
    """A field that an item of this kind must have."""

    message = "Please fill this in."


class TooLong(AppError):
    """A text is longer than its field."""

    message = "Please use at most %(limit)s characters."


class NotAYear(AppError):
    """A year in four digits was expected."""

    message = "Please enter a year in four digits."


class NotUnderstood(AppError):
    """Anything else that does not fit."""

    message = "This is not in the form expected here."


class NotOffered(AppError):
    """A value that the seminar's own words do not have."""

    message = "“%(value)s” is not one of the choices: %(choices)s."


class ReasonMissing(AppError):
    """What becomes of an item is always said with a reason."""

    message = "Please say why; the panel will read it."


class NotACode(AppError):
    """A code that cannot stand in an address."""

    message = "A code has letters, digits and hyphens, at most %(limit)s of them."


class CodeTaken(AppError):
    """Another item has this code."""

    message = "The code %(code)s is taken."


class UnknownCode(AppError):
    """No item of the seminar, or none that stands, has this code."""

    message = "No entry that stands has the code %(code)s."


class NotLinkable(AppError):
    """The kinds of the two items do not allow this link."""

    message = "%(code)s is of a kind that cannot be linked here."


class NoSuchLink(AppError):
    """Items of this kind have no links of that kind."""

    message = "Entries of this register have no such links."


class NotAGrade(AppError):
    """How far a framework covers an element is none, partial or full."""

    message = "%(code)s needs one of these grades: none, partial, full."


class TooFewParts(AppError):
    """A split makes several of one."""

    message = "Please describe at least two entries into which this one is split."


class NothingChanged(AppError):
    """A rewording that says the same by the letter."""

    message = "Nothing was changed."


class AskedNow(Conflict):
    """Experts are answering about the item; what they see must stay."""

    message = (
        "%(codes)s: a round that is open asks about this. "
        "Until it is closed, only a rewording that leaves the meaning as it is can be made."
    )


class NotStanding(Conflict):
    """The item was merged or withdrawn."""

    message = "%(code)s was merged or withdrawn, and stays as it is for the record."


class IntoItself(Invalid):
    """An item cannot be merged into itself."""

    message = "An entry cannot be merged into itself."


class OtherKind(Invalid):
    """Only items of one kind can be merged, within one seminar."""

    message = "Only entries of the same register can be merged."


class UnknownColumn(AppError):
    """A column that means nothing in this register."""

    message = "There is no column “%(column)s” in this register."


class ColumnTwice(AppError):
    """Two columns of one name."""

    message = "The column “%(column)s” stands there twice."


class ColumnMissing(AppError):
    """Nothing says which items are meant."""

    message = "The first row must name the columns, and “code” or “title” must be among them."


class NothingBelow(AppError):
    """A header and nothing under it."""

    message = "There is no entry below the first row."


class TooManyCells(AppError):
    """A row with more cells than there are columns."""

    message = "This row has more cells than there are columns."


class RowTwice(AppError):
    """The same item in two rows."""

    message = "This entry stands in row %(row)s already."


class OtherRegister(AppError):
    """The code of an item of another kind."""

    message = "%(code)s is in another register."


class HoldsFormula(AppError):
    """A cell whose value is reckoned elsewhere."""

    message = "This cell holds a formula. Please put in its value."


class NotAStatus(AppError):
    """A status that an import cannot give."""

    message = (
        "An import can withdraw an entry that stands, and nothing else. Entries are merged under moderation."
    )


class ForTheRecord(AppError):
    """What was merged or withdrawn is not changed."""

    message = "This entry was merged or withdrawn, and stays as it is for the record."


class AskedMeanwhile(AppError):
    """Experts are answering about the item."""

    message = (
        "A round that is open asks about this entry. "
        "Until it is closed, only a rewording that leaves the meaning as it is can be made."
    )
