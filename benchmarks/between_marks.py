"""Put figures between the two marks of a page, so that a script and not a hand writes them."""

import re
from pathlib import Path


def write_between(path: Path, head: str, foot: str, text: str) -> None:
    """Replace what stands between two marks of a file; the marks stay.

    Raises
    ------
    SystemExit
        When the marks are gone.
    """
    page = path.read_text(encoding="utf-8")
    pattern = f"(?<={re.escape(head)}).*?(?={re.escape(foot)})"
    page, found = re.subn(pattern, lambda _: text, page, flags=re.DOTALL)
    if not found:
        raise SystemExit(f"{path}: the marks of the figures are gone: {head.strip()}")
    path.write_text(page, encoding="utf-8", newline="\n")


def figure_marks(script: str) -> tuple[str, str]:
    """Return the marks of a Markdown page whose figures a script writes."""
    return f"<!-- figures: benchmarks/{script} -->\n", "<!-- end of figures -->"
