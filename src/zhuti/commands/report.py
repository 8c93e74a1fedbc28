"""`zhuti report`: from documents to a comparison of districts."""

from pathlib import Path
from typing import Any

import click

from zhuti.commands.options import lang_option, model_option, source_options


@click.command("report")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--out", type=click.Path(path_type=Path), default="zhuti-report", show_default=True, help="Folder to write to."
)
@lang_option
@source_options
@model_option
@click.option("--by", default="district", show_default=True, help="Column to compare by: district, year, genre …")
@click.option(
    "--audit",
    type=click.Path(path_type=Path),
    help="The file that zhuti sample wrote, its column theme filled in: shares are corrected by these labels.",
)
@click.option(
    "--font",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A font file of your own (.ttf, .otf) for charts and page; what it lacks comes from Noto Sans SC.",
)
@click.option("--level", type=click.FloatRange(0.5, 0.999), default=0.95, show_default=True, help="Of the intervals.")
def command(paths: tuple[str, ...], out: Path, lang: Any, **options: Any) -> int:
    """Read documents, give every sentence a theme, and compare districts.

    PATH is a file, a folder or a pattern; without one, zhuti reports on the article that comes with it.
    Written to --out: report.html to read and print, tables as CSV, charts as PNG and SVG, and run.json
    with all that is needed to repeat the run.
    """
    from zhuti.errors import ReadError
    from zhuti.models import holds_parts
    from zhuti.reports.run import report

    for path in filter(holds_parts, paths):
        raise ReadError(
            f"{path} holds sentences that zhuti classify has coded, and a report is made from documents: "
            f"zhuti compare {path} gives their shares with intervals as tables"
        )
    result = report(paths, out=out, lang=lang, progress=True, say=lambda line: click.echo(line, err=True), **options)
    click.echo(result.summary)
    return 1 if result.failures else 0
