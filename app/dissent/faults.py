"""What is refused of minority statements, and in what words."""

from app.errors import AppError, Conflict


class NotTaken(Conflict):
    """It is too early, or too late."""

    message = (
        "Minority statements are taken once the panel knows a rating and is asked again, until the seminar"
        " ends."
    )


class NotPublished(Conflict):
    """Nothing is known of how the panel rates the option."""

    message = "No rating of %(code)s has been published, so that there is no main view to differ from."


class NotRated(Conflict):
    """Whoever has not rated stands neither within the main view nor outside it."""

    message = (
        "You gave %(code)s no rating in round R%(number)s, so you stand neither within the panel's main view"
        " nor outside it. You can support a statement of others."
    )


class WithinMainView(Conflict):
    """She is one of the majority."""

    message = (
        "Your rating of %(code)s in round R%(number)s lies within the panel's main view. You can support a"
        " statement of others; of those who hold it only those outside are counted."
    )


class HasOne(Conflict):
    """One expert, one statement on an option."""

    message = "You have written a statement on %(code)s already: %(reference)s. You can change its wording."


class NotAuthor(Conflict):
    """The words are her own to change."""

    message = "Only its author can change the words of statement %(reference)s."


class NotOwner(Conflict):
    """She has no part in it."""

    message = "Only who wrote or supports statement %(reference)s can do that."


class StaysReleased(Conflict):
    """A released wording is not changed."""

    message = "Statement %(reference)s has been released, and its wording stays as it is."


class NotCollected(Conflict):
    """It is withheld, or taken back."""

    message = "Statement %(reference)s is not being collected: it is withheld, or was taken back."


class Reworded(Conflict):
    """Somebody has changed the words since they were read."""

    message = (
        "The wording of statement %(reference)s was changed since you opened it. It stands here as it is now;"
        " please read it again."
    )


class HasReplied(Conflict):
    """Once for each wording."""

    message = "You have said something about this wording of statement %(reference)s already."


class IsFinal(Conflict):
    """The outcome has been published."""

    message = (
        "The seminar has ended and its outcome is out: statement %(reference)s can no longer be taken back."
    )


class SameWords(AppError):
    """The other wording is the one in force."""

    message = "Please change something: this is the wording in force."


class NotApproved(Conflict):
    """The author has not agreed to the words."""

    message = "The author of statement %(reference)s has not approved this wording yet."


class TooFewHolders(Conflict):
    """The rules of the seminar ask for more."""

    message = (
        "Statement %(reference)s cannot be released: this wording is not approved by two participants whose"
        " rating lies outside the main view, nor by one who consents to being called “one participant”."
    )
