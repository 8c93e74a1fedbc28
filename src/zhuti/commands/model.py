"""`zhuti model show`: what a model file learned from and how well it did."""

from pathlib import Path

import click


@click.group("model")
def command() -> None:
    """Look at model files."""


@command.command("show")
@click.argument("model", type=click.Path(path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(model: Path | None, as_json: bool) -> int:
    """Print the card of MODEL, or of the shipped default model."""
    import json

    from zhuti.models import default_model, load_model, render_card

    trained = load_model(model) if model else default_model(progress=True)
    if as_json:
        click.echo(json.dumps(trained.card, ensure_ascii=False, indent=2, sort_keys=True))
    else:
        click.echo(render_card(trained))
    return 0
