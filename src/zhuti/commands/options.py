"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_SOURCES = (
    click.option("--district", help="The place all documents speak for, where the texts do not say it."),
    click.option("--metadata", type=click.Path(path_type=Path), help="Table with a row a file: file, district, year …"),
    click.option("--encoding", help="Encoding of text files, such as gb18030 or big5; by default found out."),
    click.option(
        "--max-megabytes",
        type=click.IntRange(1),
        default=64,
        show_default=True,
        help="What one file may have, as it is stored and as it unpacks; larger ones are left out.",
    ),
    click.option(
        "--unit",
        type=click.Choice(["sentence", "clause", "paragraph"]),
        default="sentence",
        show_default=True,
        help="What is coded as one unit.",
    ),
)

_MODEL = (click.option("--model", type=click.Path(path_type=Path), help="A model file made by zhuti train."),)

lang_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="Language of what is written.",
)


def _stacked(options: tuple[Callable[[F], F], ...]) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


source_options = _stacked(_SOURCES)
model_option = _stacked(_MODEL)
