"""`zhuti classify`: documents or table rows in, coded sentences out."""

from pathlib import Path
from typing import Any

import click

from zhuti.commands.options import model_option, source_options

TABLES = (".csv", ".jsonl", ".parquet", ".xlsx")


@click.command("classify")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A .csv, .jsonl, .parquet or .xlsx file.")
@source_options
@model_option
def command(
    paths: tuple[str, ...],
    out: Path,
    unit: Any,
    model: Path | None,
    **sources: Any,
) -> int:
    """Give every sentence a theme, subtheme, second theme and probabilities.

    Documents are split into sentences first. A single table with a column `text` is coded row by row: same
    rows, same order, all columns kept; a column `document` says which rows stand in one text, in reading order.
    """
    from zhuti.errors import TableError
    from zhuti.features import read_documents, read_table, require_columns, write_table
    from zhuti.models import classify, default_model, load_model

    if out.suffix.lower() not in TABLES:
        raise TableError(f"--out {out}: the ending says the format; it must be one of {', '.join(TABLES)}")
    failures = 0
    if len(paths) == 1 and Path(paths[0]).suffix.lower() in TABLES:
        sentences = read_table(paths[0])
        require_columns(sentences, ["text"], str(paths[0]))
    else:
        corpus = read_documents(*paths, progress=True, **sources)
        sentences = corpus.sentences(unit=unit)
        for failure in corpus.failures:
            click.echo(f"zhuti: left out {failure.path}: {failure.reason}", err=True)
        failures = len(corpus.failures)
    coder = load_model(model) if model else default_model(progress=True)
    write_table(classify(sentences, coder), out)
    left_out = f"; {failures} of the files left out, see above" if failures else ""
    click.echo(f"{len(sentences)} rows coded: {out}{left_out}")
    return 1 if failures else 0
