"""Run the notebooks and keep their outputs; with --check, run them and leave the files as they are.

Outputs are kept free of run times and counters of the kernel, so that running them again changes nothing.
"""

import argparse
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parent


def run(path: Path) -> nbformat.NotebookNode:
    """Execute one notebook from top to bottom in its own kernel and return it; an error in a cell is raised."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    ).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        # Progress bars tell the speed of one machine; they do not belong in a kept output.
        if cell.cell_type == "code":
            cell.outputs = [out for out in cell.outputs if out.get("name") != "stderr"]
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return notebook


def main() -> int:
    """Run all notebooks of this folder in the order of their numbers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="run them, write nothing")
    check = parser.parse_args().check
    for path in sorted(FOLDER.glob("[0-9]*.ipynb")):
        notebook = run(path)
        if not check:
            nbformat.write(notebook, path)
        sys.stdout.write(f"{path.name} ran\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
