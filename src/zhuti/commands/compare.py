"""`zhuti compare`: shares with intervals from a folder of coded parts."""

from pathlib import Path

import click


@click.command("compare")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), default="zhuti-compare", show_default=True, help="Folder to write to."
)
@click.option(
    "--by", default="district", show_default=True, help="Column to compare by, or two: district,year; genre; document …"
)
@click.option(
    "--format", "ending", type=click.Choice(["csv", "parquet"]), default="csv", show_default=True, help="Of the tables."
)
@click.option("--level", type=click.FloatRange(0.5, 0.999), default=0.95, show_default=True, help="Of the intervals.")
def command(folder: Path, out: Path, by: str, ending: str, level: float) -> int:
    """Compare districts in FOLDER, which `zhuti classify DOCUMENTS --out FOLDER` has filled.

    Sums are added up part by part, so that sentences of any number take little memory. Written to --out: shares of
    themes and of subthemes, each with its interval.
    """
    from zhuti.features import write_table
    from zhuti.files import whole_folder
    from zhuti.models import read_parts
    from zhuti.reports import compare_parts

    found = compare_parts(folder, by=by, level=level)
    with whole_folder(out) as stage:
        for name, table in {"shares": found.shares, "subthemes": found.subthemes}.items():
            write_table(table, stage / f"{name}.{ending}")
    groups, parts = found.shares["group"].nunique(), len(read_parts(folder).paths)
    click.echo(f"{groups} groups by {found.by} from {parts} parts: {out}")
    return 0
