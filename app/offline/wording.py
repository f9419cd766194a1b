"""What a form says besides its questions."""

from app.i18n import _

CODE = _("Form code: %(code)s")
FOOTER = _("Form code %(code)s, round R%(number)s. No name belongs on this form.")
UNTIL = _("Please return it before %(moment)s.")
HOW = _("How to fill in this form")
FILLING = (
    _("It can be filled in on a computer or printed and filled in by hand. It bears a code and no name."),
    _(
        "Put an x into one box of a line, or write a number where a number is asked for. To change a mark, "
        "take the old one away."
    ),
    _("Please change nothing else: not the questions, not the small grey keys, not the order of the tables."),
)
RETURN = _(
    "Return it where you got it from, or upload it yourself at %(address)s. You then get a receipt with all "
    "that was read, and can correct it."
)
WARNING = _("No classified, operational or technical instructions; no personal data.")
PART = _("Part %(number)s: %(name)s")
REASONS = _("Reasons that others gave:")
THANKS = _("Thank you.")
# of the workbook
START, SUBJECT, ASKED, ALLOWED = (
    _("Start"),
    _("What is asked about"),
    _("What is asked"),
    _("What may stand here"),
)
ANSWER, BEFORE = _("Your answer"), _("In the round before")
NUMBERS = _("a whole number from %(low)s to %(high)s")
TEXT = _("a text of up to %(limit)s characters")
CHOSEN = _("one of: %(options)s")
FILLING_SHEETS = _("Write into the light yellow cells alone; everything else is protected.")
NOT_ALLOWED = _("Please choose one of the answers that are offered.")
