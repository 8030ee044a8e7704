"""Streamlit's scripts and styles, compressed once and ahead: made at set-up, or at a first start.

    python -m dashboard.serving.squeezed

Each is a file `NAME.br` below `dashboard/squeezed/VERSION/`. Compressing them for each visitor
would take seconds of a processor every time; not at all, four times the bytes.
"""

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.metadata import version
from importlib.resources import files
from os import cpu_count
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli

FOLDER = Path(__file__).parents[1] / "squeezed"
# Fonts and pictures are compressed already.
KINDS = (".js", ".css", ".json", ".svg")
# The last tenth takes fifteen times as long: worth it for what is large and fetched by our pages.
LARGE = ("DataFrame", "DeckGlJsonChart", "PlotlyChart", "index", "protobuf")


def streamlits() -> Path:
    """The folder of Streamlit's own page and what it needs."""
    return Path(str(files("streamlit"))) / "static"


def of_this_version(folder: Path = FOLDER) -> Path:
    return folder / version("streamlit")


def squeeze(folder: Path = FOLDER) -> Path:
    """Make what is missing; what was made of another version of Streamlit goes."""
    made = of_this_version(folder)
    if made.is_dir():
        return made
    folder.mkdir(parents=True, exist_ok=True)
    chosen = [file for file in sorted(streamlits().rglob("*")) if file.suffix in KINDS]
    with TemporaryDirectory(dir=folder) as name, ThreadPoolExecutor(cpu_count()) as workers:
        aside = Path(name, "new")
        for file, small in zip(chosen, workers.map(_small, chosen), strict=True):
            into = aside / f"{file.relative_to(streamlits())}.br"
            into.parent.mkdir(parents=True, exist_ok=True)
            into.write_bytes(small)
        with suppress(OSError):  # another server may have made it meanwhile
            aside.rename(made)
    for other in folder.iterdir():
        if other != made and not other.name.startswith("tmp"):
            shutil.rmtree(other)
    return made


def read_squeezed(folder: Path = FOLDER) -> dict[str, bytes]:
    """What was made, by its path in the address (`static/js/index.js`)."""
    made = of_this_version(folder)
    return {
        file.relative_to(made).as_posix().removesuffix(".br"): file.read_bytes()
        for file in made.rglob("*.br")
    }


def _small(file: Path) -> bytes:
    quality = 11 if file.name.partition(".")[0] in LARGE else 9
    return bytes(brotli.compress(file.read_bytes(), mode=brotli.MODE_TEXT, quality=quality))


if __name__ == "__main__":
    sys.stdout.write(f"Compressed scripts and styles are in {squeeze()}.\n")
