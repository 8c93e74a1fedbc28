"""`zhuti classify`: documents or table rows in, coded sentences out."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhuti.commands.options import model_option, source_options
from zhuti.commands.sources import read_sources, said_of, tell_warnings

if TYPE_CHECKING:
    from zhuti.features import Failure

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
@click.option("--scheduler", help="Address of a running Dask scheduler, such as tls://host:8786; with --engine dask.")
@click.option(
    "--plain-tcp",
    is_flag=True,
    help="Take a scheduler on another machine without tls: whoever reaches its port can run code there.",
)
@click.option("--overwrite", is_flag=True, help="Delete the parts of another run in the folder --out.")
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
    plain_tcp: bool,
    overwrite: bool,
    **sources: Any,
) -> int:
    """Give every sentence a theme, subtheme, second theme and probabilities.

    Documents are split into sentences first. A single table with a column `text` is coded row by row: same
    rows, same order, all columns kept; a column `document` says which rows stand in one text, in reading order.

    Where --out is a folder, files are coded part by part on all cores, and the same command goes on where an
    earlier one was stopped. Tables alone, of any size, are coded row by row there too; tables among other files
    are taken for documents, sentence by sentence.
    """
    from zhuti.errors import TableError
    from zhuti.features import read_table, require_columns, write_table
    from zhuti.models import classify, default_model, load_model

    if out.suffix.lower() not in TABLES:
        if out.suffix and not out.is_dir():
            raise TableError(
                f"--out {out}: the ending says the format; it must be one of {', '.join(TABLES)}, or none for a folder"
            )
        how = {"workers": workers, "engine": engine, "scheduler": scheduler, "plain_tcp": plain_tcp}
        return _into_folder(paths, out, {"model": model, "unit": unit, "overwrite": overwrite, **how}, sources)
    if workers or scheduler or engine != "local":
        raise TableError(
            f"--out {out}: --workers, --engine and --scheduler fill a folder; give --out a name without ending"
        )
    failures = 0
    if len(paths) == 1 and Path(paths[0]).suffix.lower() in TABLES:
        sentences = read_table(paths[0])
        require_columns(sentences, ["text"], str(paths[0]))
    else:
        read = read_sources(paths, {"unit": unit, **sources})
        sentences, failures = read.sentences, len(read.failures)
    coder = load_model(model) if model else default_model(progress=True)
    write_table(classify(sentences, coder), out)
    click.echo(f"{len(sentences)} rows coded: {out}{said_of(failures)}")
    return 1 if failures else 0


def _into_folder(paths: tuple[str, ...], out: Path, how: dict[str, Any], sources: dict[str, Any]) -> int:
    import os

    from zhuti.models import classify_files

    how["workers"] = how["workers"] or os.cpu_count() or 1
    try:
        done = classify_files(*paths, out=out, progress=True, **how, **sources)
    except KeyboardInterrupt:
        click.echo(f"\nzhuti: stopped; the same command goes on with what is missing in {out}", err=True)
        return 130
    for failure in done.failures:
        click.echo(f"zhuti: left out {failure}", err=True)
    tell_warnings(_unused_metadata(paths, out, sources.get("metadata")))
    before = f" ({done.parts - done.coded} were there already)" if done.coded < done.parts else ""
    click.echo(f"{done.sentences} rows coded in {done.coded} parts{before}: {out}{said_of(len(done.failures))}")
    return 1 if done.failures else 0


def _unused_metadata(paths: tuple[str, ...], out: Path, metadata: Path | None) -> "tuple[Failure, ...]":
    """Return the warnings of tables of metadata that hold for all parts; a worker sees the files of its own only."""
    import pyarrow.parquet as pq

    from zhuti.features import check_metadata, list_files

    tables = (
        pq.read_table(part, columns=["file", "document"]).select(["file", "document"])
        for part in sorted((out / "documents").glob("*"))
    )
    names = (str(name) for table in tables for column in table.columns for name in column.to_pylist())
    return check_metadata(list_files(*paths), metadata, names)
