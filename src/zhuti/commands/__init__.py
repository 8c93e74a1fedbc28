"""The command line: a table of commands, each in a module of its own that is imported when it is called."""

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from zhuti.errors import ZhutiError

__all__ = ["COMMANDS", "main"]

# Name: what `zhuti --help` says of it. The module of a command is zhuti.commands.<name>.
COMMANDS = {
    "report": "Compare districts: a page, charts and tables from documents.  比较各地政策重点，生成报告",
    "classify": "Give every sentence of documents, or every row of a table, a theme.  逐句编码",
    "compare": "Compare districts in a folder of coded parts, of any number of sentences.  比较已编码的大批文档",
    "sample": "Choose sentences to label by hand, for an audit or for training.  抽取待编码句子",
    "agree": "Measure how far coders agree, and list what to settle.  编码者一致性",
    "train": "Train a theme classifier on labelled sentences.  训练分类器",
    "evaluate": "Measure classifiers by cross-validation that never splits a document.  评估分类器",
    "codebook": "Show, check and export a codebook.  查看、检查、导出编码手册",
    "model": "Show the card of a model file.  查看模型卡",
}


class _LateGroup(click.Group):
    """A group whose help is data: no command is imported before it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"zhuti.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"no command {args[0]!r}; there are {', '.join(COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"zhuti {version('zhuti')}")
        ctx.exit()


@click.group(cls=_LateGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show it.")
def zhuti() -> None:
    """zhuti 主题: what does each district put first, how do districts differ, and can it be defended in print?

    `zhuti report` alone shows it on the article that comes with zhuti.
    """


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 1 done in part, 2 unusable input, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may not be UTF-8; better '?' than a crash
            stream.reconfigure(errors="replace")
    try:
        code = zhuti.main(args=None if args is None else list(args), prog_name="zhuti", standalone_mode=False)
    except click.ClickException as error:
        click.echo(f"zhuti: {error.format_message()}", err=True)
        return 2
    except ZhutiError as error:
        for line in str(error).splitlines():  # one a fault; most errors have one
            click.echo(f"zhuti: {' '.join(line.split())}", err=True)
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("zhuti: interrupted; nothing half-written is left", err=True)
        return 130
    return int(code or 0)
