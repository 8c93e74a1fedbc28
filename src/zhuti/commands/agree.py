"""`zhuti agree`: how far coders agree, and what they should settle."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhuti.commands.options import lang_option

if TYPE_CHECKING:
    from zhuti.seeds.codebook import Language


@click.command("agree")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--column", type=click.Choice(["theme", "subtheme"]), default="theme", show_default=True, help="What is compared."
)
@click.option("--codebook", type=click.Path(path_type=Path), help="A codebook of your own; by default zhuti's.")
@click.option("--level", type=click.FloatRange(0.5, 0.999), default=0.95, show_default=True, help="Of the intervals.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the tables.")
@lang_option
def command(
    files: tuple[Path, ...], column: str, codebook: Path | None, level: float, out: Path | None, lang: "Language"
) -> int:
    """Compare codings of the same sentences: a FILE a coder, or one with a column coder.

    Rows are matched by sentence_id; empty cells count as not coded. Shown are Krippendorff's α, Cohen's κ and
    the share of equal codes, for all themes and for each, with intervals; the confusion between coders; and the
    sentences to settle.
    """
    from zhuti.reports import agreement, read_codings, render_agreement, write_agreement
    from zhuti.seeds import read_codebook

    book = read_codebook(codebook)
    found = agreement(read_codings(files), codebook=book, column=column, level=level)
    if out:
        write_agreement(found, out)
    click.echo(render_agreement(found, book, lang=lang))
    return 0
