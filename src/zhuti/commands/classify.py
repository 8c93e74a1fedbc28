"""`zhuti classify`: documents or table rows in, coded sentences out."""

from pathlib import Path
from typing import Any

import click

from zhuti.commands.options import model_option, source_options

TABLES = (".csv", ".jsonl", ".parquet", ".xlsx")


@click.command("classify")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="A .csv, .jsonl, .parquet or .xlsx file; or a folder, for Parquet parts that are coded side by side.",
)
@click.option("--workers", type=click.IntRange(min=1), help="Processes, where --out is a folder; by default all cores.")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", help="Who runs the workers.")
@click.option("--scheduler", help="Address of a running Dask scheduler, such as tls://host:8786.")
@source_options
@model_option
def command(
    paths: tuple[str, ...],
    out: Path,
    unit: Any,
    model: Path | None,
    workers: int | None,
    engine: Any,
    scheduler: str | None,
    **sources: Any,
) -> int:
    """Give every sentence a theme, subtheme, second theme and probabilities.

    Documents are split into sentences first. A single table with a column `text` is coded row by row: same
    rows, same order, all columns kept; a column `document` says which rows stand in one text, in reading order.

    Where --out is a folder, files are coded part by part on all cores, and the same command goes on where an
    earlier one was stopped; tables among them are taken for documents, sentence by sentence.
    """
    from zhuti.errors import TableError
    from zhuti.features import read_documents, read_table, require_columns, write_table
    from zhuti.models import classify, default_model, load_model

    if out.suffix.lower() not in TABLES:
        if out.suffix and not out.is_dir():
            raise TableError(
                f"--out {out}: the ending says the format; it must be one of {', '.join(TABLES)}, or none for a folder"
            )
        return _into_folder(paths, out, model, unit, workers, engine, scheduler, sources)
    if workers or scheduler or engine != "local":
        raise TableError(
            f"--out {out}: --workers, --engine and --scheduler fill a folder; give --out a name without ending"
        )
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


def _into_folder(
    paths: tuple[str, ...],
    out: Path,
    model: Path | None,
    unit: Any,
    workers: int | None,
    engine: Any,
    scheduler: str | None,
    sources: dict[str, Any],
) -> int:
    import os

    from zhuti.models import classify_files

    cores = workers or os.cpu_count() or 1
    how = {"workers": cores, "engine": engine, "scheduler": scheduler, "unit": unit}
    try:
        done = classify_files(*paths, out=out, model=model, progress=True, **how, **sources)
    except KeyboardInterrupt:
        click.echo(f"\nzhuti: stopped; the same command goes on with what is missing in {out}", err=True)
        return 130
    for failure in done.failures:
        click.echo(f"zhuti: left out {failure}", err=True)
    left_out = f"; {len(done.failures)} of the files left out, see above" if done.failures else ""
    before = f" ({done.parts - done.coded} were there already)" if done.coded < done.parts else ""
    click.echo(f"{done.sentences} rows coded in {done.coded} parts{before}: {out}{left_out}")
    return 1 if done.failures else 0
