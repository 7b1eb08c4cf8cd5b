"""What a script logs besides numbers, and the files that are kept of it."""

from __future__ import annotations

import os
import re
import struct
import zlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from .._tables import pandas_module
from .._tensors import on_cpu, root_of
from ._absent import warn_once

if TYPE_CHECKING:
    from .._run import Run


class Media:
    """Something that is kept as files. `keep` returns what stands for it in a cell of a table: its path."""

    caption: str | None = None

    def keep(self, run: Run, path: str) -> str:
        raise NotImplementedError

    def numbers(self) -> dict[str, float]:
        """What is logged of it as metrics."""
        return {}


class Image(Media):
    """A picture: a path, a figure, a PIL image, or an array of height x width (x 3 or 4), of torch channels first."""

    def __init__(
        self, data_or_path: Any, mode: str | None = None, caption: str | None = None, *_: Any, **more: Any
    ) -> None:
        self._data: Any = data_or_path._data if isinstance(data_or_path, Image) else data_or_path
        self.caption = caption
        if any(more.get(key) is not None for key in ("boxes", "masks", "classes")):
            warn_once("the boxes and masks of wandb.Image are not kept")

    def keep(self, run: Run, path: str) -> str:
        data = self._data
        if isinstance(data, (str, os.PathLike)):
            return run.log_artifact(data, path + (os.path.splitext(data)[1] or ".png"))
        if hasattr(data, "gcf"):  # the module matplotlib.pyplot
            data = data.gcf()
        if hasattr(data, "savefig") or root_of(data) in ("plotly", "PIL"):
            return run.log_artifact(data, path + (".html" if root_of(data) == "plotly" else ".png"))
        return run.log_artifact(_png(data), f"{path}.png")


class Table(Media):
    """Rows under columns, kept as CSV."""

    def __init__(
        self, columns: Sequence[Any] | None = None, data: Any = None, rows: Any = None, dataframe: Any = None, **_: Any
    ) -> None:
        frame = data if data is not None and hasattr(data, "columns") else dataframe
        if frame is not None:
            self.columns = [str(column) for column in frame.columns]
            rows_of = frame.itertuples(index=False, name=None) if hasattr(frame, "itertuples") else frame.rows()
            self.data = [list(row) for row in rows_of]
            return
        self.data = [list(row) for row in (data if data is not None else rows if rows is not None else [])]
        width = len(self.data[0]) if self.data else 3
        self.columns = [str(each) for each in (columns or (["Input", "Output", "Expected"] if width == 3 else range(width)))]

    def add_data(self, *values: Any) -> None:
        self.data.append(list(values))

    def add_row(self, *values: Any) -> None:
        self.add_data(*values)

    def add_column(self, name: str, data: Iterable[Any]) -> None:
        values = list(data)
        self.data = [[*row, value] for row, value in zip(self.data or [[] for _ in values], values)]
        self.columns.append(name)

    def get_column(self, name: str, convert_to: str | None = None) -> list[Any]:
        return [row[self.columns.index(name)] for row in self.data]

    def get_dataframe(self) -> Any:
        return pandas_module().DataFrame(self.data, columns=self.columns)

    def keep(self, run: Run, path: str) -> str:
        columns = {
            name: [
                cell.keep(run, f"{path}/{row}-{name}") if isinstance(cell, Media) else cell
                for row, cell in enumerate(self.get_column(name))
            ]
            for name in self.columns
        }
        return run.log_table(path, columns)


class Histogram(Media):
    """Of values its least, mean and greatest are logged as metrics; of a histogram that numpy made its bins are kept as CSV."""

    def __init__(self, sequence: Any = None, np_histogram: Any = None, num_bins: int = 64) -> None:
        self._bins = np_histogram
        self._values = [] if sequence is None else _flat(sequence)

    def numbers(self) -> dict[str, float]:
        values = self._values
        return {} if not values else {"min": min(values), "mean": sum(values) / len(values), "max": max(values)}

    def keep(self, run: Run, path: str) -> str:
        if self._bins is None:
            return ""
        counts, edges = self._bins
        return run.log_table(path, {"from": list(edges)[:-1], "to": list(edges)[1:], "count": list(counts)})


class Html(Media):
    """A page: its text, or a file of it."""

    def __init__(self, data: Any, *_: Any, **__: Any) -> None:
        self._text = data.read() if hasattr(data, "read") else data

    def keep(self, run: Run, path: str) -> str:
        if isinstance(self._text, (str, os.PathLike)) and len(os.fspath(self._text)) < 1000 and os.path.exists(self._text):
            return run.log_artifact(self._text, f"{path}.html")
        return run.log_text(f"{path}.html", str(self._text))


class FileMedia(Media):
    """A video, a sound, an object: kept where it is a file."""

    def __init__(self, data_or_path: Any, *_: Any, caption: str | None = None, **__: Any) -> None:
        self._file = getattr(data_or_path, "name", data_or_path)
        self.caption = caption

    def keep(self, run: Run, path: str) -> str:
        if not isinstance(self._file, (str, os.PathLike)):
            warn_once(f"wandb.{type(self).__name__} keeps files only; write the data to one, and give its path")
            return ""
        return run.log_artifact(self._file, path + os.path.splitext(self._file)[1])


class Video(FileMedia):
    """A video."""


class Audio(FileMedia):
    """A sound."""


class Object3D(FileMedia):
    """An object in space."""


class Molecule(FileMedia):
    """A molecule."""


def as_media(value: Any) -> Media | None:
    """What is kept as a file: W&B's own, figures and pictures; None for anything else."""
    if isinstance(value, Media):
        return value
    if hasattr(value, "savefig") or (hasattr(value, "gcf") and hasattr(value, "figure")):
        return Image(value)
    if root_of(value) == "PIL" or (root_of(value) == "plotly" and hasattr(value, "to_html")):
        return Image(value)
    return None


def file_path(*parts: Any) -> str:
    """A path of an artifact: what file names cannot hold becomes a dash."""
    whole = "/".join(map(str, parts)).replace("\\", "/")
    cleaned = [re.sub(r'[<>:"|?*\x00-\x1f]', "-", part).strip(" .") for part in whole.split("/")]
    return "/".join(part for part in cleaned if part)


def _flat(values: Any) -> list[float]:
    values = on_cpu(values, "the histogram")
    if hasattr(values, "ravel"):
        return list(map(float, values.ravel().tolist()))
    return [float(value) for value in values]


def _png(data: Any) -> bytes:
    """An array as PNG: of floats 0 to 1 is dark to light, and where some are below 0 the whole range is."""
    import numpy

    is_torch = root_of(data) == "torch"
    pixels = numpy.asarray(on_cpu(data, "the image"))
    if is_torch and pixels.ndim == 3 and pixels.shape[0] in (1, 3, 4):
        pixels = pixels.transpose(1, 2, 0)
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        pixels = pixels[:, :, 0]
    if pixels.ndim not in (2, 3) or (pixels.ndim == 3 and pixels.shape[2] not in (3, 4)) or 0 in pixels.shape:
        raise ValueError(f"an image has the shape {pixels.shape}, not height x width, or that x 3 or 4")
    if pixels.dtype.kind in "fb":
        pixels = pixels.astype(float)
        if pixels.min() < 0:
            pixels = (pixels - pixels.min()) / (numpy.ptp(pixels) or 1)
        if pixels.max() <= 1:
            pixels = pixels * 255
    pixels = pixels.clip(0, 255).astype("uint8")
    height, width = pixels.shape[:2]
    kind = {2: 0, 3: 2, 4: 6}[2 if pixels.ndim == 2 else pixels.shape[2]]
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    chunks = (struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part)) for name, part in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
