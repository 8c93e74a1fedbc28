"""Read what a command was given, and say on stderr what was left out or not understood."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from zhuti.features import Failure, ReadSentences


def read_sources(paths: Sequence[Path | str], sources: Mapping[str, Any]) -> "ReadSentences":
    """Read and split documents; a line for each file that was left out, and for each warning."""
    from zhuti.features import read_sentences

    read = read_sentences(*paths, progress=True, **sources)
    for failure in read.failures:
        click.echo(f"zhuti: left out {failure.path}: {failure.reason}", err=True)
    tell_warnings(read.warnings)
    return read


def tell_warnings(warnings: "Sequence[Failure]") -> None:
    """Say what does not keep a file from being read but should be known."""
    for warning in warnings:
        click.echo(f"zhuti: {warning.error}", err=True)


def said_of(failures: int) -> str:
    """Return the end of a last line: how many files were left out."""
    return f"; {failures} of the files left out, see above" if failures else ""
