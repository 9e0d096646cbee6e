"""Which version of which data a run read and wrote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DataUse:
    """A dataset that a run loaded or saved. Data that only passes through memory is not told.

    Attributes:
        dataset: Its name in the catalog.
        saved: Whether the run saved it; otherwise it loaded it.
        type: Its short type name, such as `pandas.csv_dataset.CSVDataset`.
        path: Where it is, as fsspec takes it and without credentials; None for what has no path, such as a table.
        version: The version that was loaded or saved; None for data that is not versioned.
        size: In bytes; None where that was not free to know.
        fingerprint: Two uses with the same one had the same data; None where it was not free to know.
    """

    dataset: str
    saved: bool
    type: str
    path: str | None = None
    version: str | None = None
    size: int | None = None
    fingerprint: str | None = None
