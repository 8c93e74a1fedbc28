"""What zhuti learns from and is shown on: the seed article, the codebook, the labelled sentences."""

from pathlib import Path

from zhuti.seeds.codebook import Boundary, Code, Codebook, Term, read_codebook
from zhuti.seeds.lint import Fault, lint_codebook
from zhuti.seeds.manual import render_manual, render_qdc

__all__ = [
    "Boundary",
    "Code",
    "Codebook",
    "Fault",
    "Term",
    "lint_codebook",
    "read_codebook",
    "render_manual",
    "render_qdc",
    "seed_path",
]


def seed_path(*parts: str) -> Path:
    """Return the path of a shipped file.

    >>> seed_path("codebook.toml").is_file()
    True
    """
    return Path(__file__).parent.joinpath(*parts)
