"""What is wrong with a spreadsheet or with what was asked of it, told by row and column."""

from dataclasses import dataclass


def printable(text: str) -> str:
    """The text without signs that would steer a terminal."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell, one row (no column), or (row 0) the whole file."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        """The place and the fault, as the command line prints it."""
        place = f"row {self.row}" if self.row else "file"
        return printable(
            f"{place}, column “{self.column}”: {self.text}" if self.column else f"{place}: {self.text}"
        )


class BrokenSheet(Exception):
    """The file cannot be read as ratings; nothing was computed."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("Nothing was computed, because the file has faults.")
        self.faults = faults


class WrongOption(ValueError):
    """What was asked for does not fit, by itself or to the file."""

    def __str__(self) -> str:
        """The refusal, which may quote the file."""
        return printable(super().__str__())
