"""How much one file may hold, so that a bomb is a clear error and no full disk or memory."""

from typing import NamedTuple

from zhuti.errors import ReadError

MEGABYTES = 64
_MEGA = 1024 * 1024


class Limits(NamedTuple):
    """What is refused; `megabytes` bounds a file as it is stored and as it unpacks.

    Attributes
    ----------
    megabytes : int
        Of a file on disk, of a part of a Word file or an archive's member when unpacked, and of all members.
    characters : int
        Of one text; a work report has some 20,000, a yearbook 3 million.
    lines : int
        Of one text.
    members : int
        Of an archive.
    pages : int
        Of a PDF.
    seconds : int
        That LibreOffice may take for one file.
    """

    megabytes: int = MEGABYTES
    members: int = 20_000
    pages: int = 5_000
    seconds: int = 120

    @property
    def bytes(self) -> int:
        """`megabytes` in bytes."""
        return self.megabytes * _MEGA

    @property
    def characters(self) -> int:
        """A sixteenth of `megabytes`, so that what is made of a text stays within some gigabytes."""
        return self.bytes // 16

    @property
    def lines(self) -> int:
        """A sixteenth of `characters`."""
        return self.characters // 16

    def check_bytes(self, name: str, size: int, *, unpacked: bool = False) -> None:
        """Raise a `ReadError` when a size goes over the limit."""
        if size > self.bytes:
            does = "unpacks to more than" if unpacked else f"has {size / _MEGA:,.0f} MB, more than"
            raise ReadError(f"{name}: {does} the limit of {self.megabytes} MB; split it, or raise max_megabytes")

    def check_text(self, name: str, text: str) -> str:
        """Return the text, or raise a `ReadError` when it is too long."""
        lines = text.count("\n") + text.count("\r") - text.count("\r\n")
        for what, count, limit in (("characters", len(text), self.characters), ("lines", lines, self.lines)):
            if count > limit:
                raise ReadError(
                    f"{name}: its text has {count:,} {what}, more than the limit of {limit:,}; "
                    "split it, or raise max_megabytes"
                )
        return text
