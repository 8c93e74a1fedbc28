"""The one family of errors that zhuti raises for what it was given.

Each message names the thing, the rule, what came, and the way out. The command line prints it as one
line on stderr and ends with code 2; in Python they are caught as `ZhutiError` or as `ValueError`.
"""


class ZhutiError(ValueError):
    """Something that was handed to zhuti cannot be used; the message says what and what to do."""


class ReadError(ZhutiError):
    """A file cannot be read: missing, empty, binary, damaged, or in no known encoding."""


class TableError(ZhutiError):
    """A table lacks a column, holds a doubled row, or a cell that breaks the rule of its column."""


class CodebookError(ZhutiError):
    """A codebook file breaks the contract, or a label is not in the codebook."""


class ModelError(ZhutiError):
    """A model file is not ours, was tampered with, or was made for something else."""
