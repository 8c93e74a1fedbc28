"""`zhuti codebook`: show it, read it over, write it for coders and for other programs."""

from pathlib import Path
from typing import Any

import click

from zhuti.commands.options import lang_option

_file = click.argument("codebook", type=click.Path(path_type=Path), required=False)


@click.group("codebook")
def command() -> None:
    """Look at a codebook; CODEBOOK is a TOML file, by default the one that comes with zhuti."""


@command.command("show")
@_file
@lang_option
def show(codebook: Path | None, lang: Any) -> int:
    """Print themes and subthemes with their definitions."""
    from zhuti.seeds import read_codebook

    book = read_codebook(codebook)
    click.echo(f"{book.title.in_language(lang)}  {book.id} {book.version}")
    for theme in book.themes:
        click.echo(f"\n{theme.id}  {theme.label(lang)}  {theme.definition.in_language(lang)}")
        for code in theme.leaves():
            if code.id != theme.id:
                click.echo(f"  {code.id}  {code.label(lang)}  {code.definition.in_language(lang)}")
    return 0


@command.command("check")
@_file
@click.option("--model", type=click.Path(path_type=Path), help="A model file whose coding of the examples is checked.")
def check(codebook: Path | None, model: Path | None) -> int:
    """Read a codebook over; every fault is a line, and with a fault the exit code is 1."""
    from zhuti.seeds import lint_codebook, read_codebook

    book = read_codebook(codebook)
    coder = None
    if model or codebook is None:
        from zhuti.models import default_model, load_model

        classifier = (load_model(model) if model else default_model(progress=True)).classifier
        coder = lambda texts: [str(theme) for theme in classifier.predict(list(texts))]  # noqa: E731
    faults = lint_codebook(book, coder)
    for fault in faults:
        click.echo(f"{fault.place}: {fault.text}")
    click.echo(f"{book.id} {book.version}: {len(faults) or 'no'} fault{'' if len(faults) == 1 else 's'}")
    return 1 if faults else 0


@command.command("export")
@_file
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A .md, .html or .qdc file.")
@lang_option
def export(codebook: Path | None, out: Path, lang: Any) -> int:
    """Write a coder's manual (.md, .html) or a REFI-QDA codebook (.qdc) for NVivo, ATLAS.ti or MAXQDA."""
    from zhuti.errors import CodebookError
    from zhuti.files import whole_file
    from zhuti.seeds import read_codebook, render_manual, render_qdc

    book = read_codebook(codebook)
    writers = {
        ".md": lambda: render_manual(book, lang=lang),
        ".html": lambda: render_manual(book, lang=lang, as_html=True),
        ".qdc": lambda: render_qdc(book, lang=lang),
    }
    if out.suffix not in writers:
        raise CodebookError(f"--out {out}: the ending says the format; it must be one of {', '.join(writers)}")
    with whole_file(out) as part:
        part.write_text(writers[out.suffix](), encoding="utf-8", newline="\n")
    click.echo(str(out))
    return 0
