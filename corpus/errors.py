"""One base error; the message of each says what is wrong and what to do about it."""


class CancuError(Exception):
    """Something a user can cause.

    `problem` says what is wrong with which value, `remedy` what to do; `str()` joins the two.
    `exit_code` is what the command line returns (DESIGN: 1 failure, 2 usage, 4 no library).
    """

    exit_code = 1

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return " ".join(f"{self.problem} — {self.remedy}".splitlines())  # a file name may hold a line break


class ReadError(CancuError):
    """A file whose text cannot be had (missing, corrupt, empty, of an unknown format)."""


class TableError(CancuError):
    """A data table with bad rows; all of them are named at once."""


class UnknownReferenceError(CancuError):
    """A reference to an instrument that fits none, or that is none."""
