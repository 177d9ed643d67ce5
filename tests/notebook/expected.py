"""The lessons' notebooks with the outputs that they must give, for nbval to compare; they themselves have none.

    python tests/notebook/expected.py DIRECTORY    writes the notebooks there, each cell with its expected output
    python tests/notebook/expected.py --record     runs all lessons, and writes what their cells print to outputs/

What a cell prints (tcpdump's lines, verdicts, Python's own output) is the same on every machine and compared strictly.
What it displays is for the tests of what is displayed; tshark's lines are its own version's.
"""

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
OUTPUTS = Path(__file__).parent / "outputs"


def outputs_file(notebook: Path) -> Path:
    """Where the expected outputs of a bundled notebook lie: cell id to lines."""
    return OUTPUTS / notebook.parent.name / f"{notebook.stem}.json"


def with_outputs(notebook: Path) -> dict[str, Any]:
    """The notebook's document, in which the cells that print have what they print."""
    document: dict[str, Any] = json.loads(notebook.read_text(encoding="utf-8"))
    expected = json.loads(outputs_file(notebook).read_text(encoding="utf-8"))
    for cell in document["cells"]:
        printed = expected.pop(cell["id"], None)
        if printed is not None:
            text = [f"{line}\n" for line in printed]
            # To nbval a cell without a count has not been run, and may have no outputs.
            cell["execution_count"] = 1
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
            cell["metadata"].setdefault("tags", []).append("nbval-check-output")
    assert not expected, f"{notebook}: there are no cells {', '.join(expected)}"
    return document


def write(directory: Path) -> None:
    for notebook in sorted(NOTEBOOKS.glob("*/*.ipynb")):
        target = directory / notebook.parent.name / notebook.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(with_outputs(notebook), ensure_ascii=False), encoding="utf-8")


def record() -> None:
    import nbformat
    from nbclient import NotebookClient

    os.environ["TZ"] = "UTC"
    for notebook in sorted(NOTEBOOKS.glob("*/*.ipynb")):
        with TemporaryDirectory() as directory:
            os.environ["TUTOR_WORKSPACE"] = directory
            run = nbformat.read(notebook, as_version=4)
            NotebookClient(run, resources={"metadata": {"path": directory}}).execute()
        printed = {cell.id: _printed(cell) for cell in run.cells if cell.cell_type == "code" and _printed(cell)}
        file = outputs_file(notebook)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(printed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _printed(cell: Any) -> list[str]:
    """The lines that a cell prints, if it prints and does nothing else."""
    streams = [output for output in cell.outputs if output.output_type == "stream" and output.name == "stdout"]
    if len(streams) != len(cell.outputs) or cell.source.startswith("%tshark"):
        return []
    text: str = "".join(output.text for output in streams)
    return text.removesuffix("\n").split("\n") if text else []


if __name__ == "__main__":
    if sys.argv[1] == "--record":
        record()
    else:
        write(Path(sys.argv[1]))
