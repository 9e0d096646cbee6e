"""Tracked data in the shapes of Kedro-Viz 10."""

from __future__ import annotations

import base64
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLError

from kedro_viz.api import stored_json
from kedro_viz.store.files.versioned_files import FileNotAvailableError, VersionedFiles
from kedro_viz.store.reading.metric_names import MetricName
from kedro_viz.store.repository import RunRepository
from kedro_viz.tracking.catalog import Catalog
from kedro_viz.tracking.content import describe_size
from kedro_viz.tracking.dataset_types import TrackingGroup, tracking_group
from kedro_viz.tracking.metric import JsonNumber
from kedro_viz.tracking.metric_id import short_id

logger = logging.getLogger(__name__)

# Kedro-Viz 10 sends plots inside of answers; larger ones are for the route of files.
MAX_PLOT_BYTES = 10_000_000
# Such an answer is built in memory, several times over.
MAX_PLOTS_BYTES = 200_000_000

# Any in this module: tracked data is whatever runs have left.
RunData = dict[str, Any]


def tracking_data(
    repository: RunRepository,
    files: VersionedFiles,
    catalog: Catalog,
    run_ids: Sequence[str],
    group: TrackingGroup,
    show_diff: bool,
) -> list[tuple[str, str, dict[str, list[dict[str, Any]]]]]:
    """The tracked datasets of some runs, for the query `runTrackingData`.

    Args:
        repository: Has their values.
        files: Has their plots.
        catalog: Gives the order of datasets.
        run_ids: The runs, in the order of the answer.
        group: Which datasets.
        show_diff: Also keys that not all of the runs have.

    Returns:
        Name, type, and data of each dataset that has any: each key with a list of `{"runId", "value"}`.

    Raises:
        GraphQLError: If the plots of these runs are too much for one answer.
    """
    run_ids = list(dict.fromkeys(run_ids))
    artifacts = repository.records.artifacts(run_ids)
    types = {
        each.dataset: each.type
        for of_run in artifacts.values()
        for each in of_run
        if tracking_group(each.type) is group
    }
    if group is TrackingGroup.PLOT:
        plots = {
            run_id: [(each.dataset, each.name) for each in of_run if each.dataset in types]
            for run_id, of_run in artifacts.items()
        }
        by_run = {}
        size = 0
        for run_id, of_run in plots.items():
            by_run[run_id], size = _plots(files, run_id, of_run, size)
    else:
        by_run = _values(repository, run_ids, group, types)
    answer = []
    for dataset in _ordered(types, catalog):
        data = _by_key([(run_id, by_run.get(run_id, {}).get(dataset, {})) for run_id in run_ids], show_diff)
        if data:
            answer.append((dataset, types[dataset], data))
    return answer


def _values(
    repository: RunRepository, run_ids: Sequence[str], group: TrackingGroup, types: dict[str, str]
) -> dict[str, dict[str, RunData]]:
    values: dict[str, dict[str, RunData]] = defaultdict(lambda: defaultdict(dict))
    if group is TrackingGroup.METRIC:
        for run_id, metrics in repository.metrics.of_runs(run_ids).items():
            for metric in metrics:
                if metric.dataset in types:
                    values[run_id][metric.dataset][metric.key] = _number_or_null(metric.value)
    # Metrics that are not all numbers have a document too, which tells all of them.
    for run_id, documents in repository.records.documents(run_ids).items():
        for document in documents:
            if document.dataset not in types:
                continue
            try:
                data = stored_json.parse(document.data)
            except stored_json.StoredJsonError as error:
                logger.warning("The data of '%s' in run '%s' cannot be shown: %s", document.dataset, run_id, error)
                continue
            if isinstance(data, dict):
                values[run_id][document.dataset] = data
            else:
                values[run_id][document.dataset] = {document.dataset: data}
    return values


def _number_or_null(value: JsonNumber) -> float | None:
    """Kedro-Viz 10's clients know numbers and null only."""
    return None if isinstance(value, str) else value


def _plots(
    files: VersionedFiles, run_id: str, plots: Sequence[tuple[str, str]], size: int
) -> tuple[dict[str, RunData], int]:
    """The plots of one more run, and the bytes read for it and for those before it, which were `size`."""
    found: dict[str, RunData] = defaultdict(dict)
    for dataset, name in plots:
        try:
            file = files.locate(dataset, run_id, name)
            if file.size > MAX_PLOT_BYTES:
                logger.warning("The plot '%s' of run '%s' is too large for this query.", name, run_id)
                continue
            content = files.read(file, MAX_PLOT_BYTES)
            size += len(content)
            if size > MAX_PLOTS_BYTES:
                limit = describe_size(MAX_PLOTS_BYTES)
                raise GraphQLError(f"The plots of these runs are more than {limit}. Ask for fewer runs at once.")
            if tracking_group(file.entry.type) is TrackingGroup.PLOT and file.entry.type.startswith("plotly."):
                found[dataset][name] = stored_json.parse(content)
            else:
                found[dataset][name] = base64.b64encode(content).decode()
        except (FileNotAvailableError, stored_json.StoredJsonError) as error:
            logger.warning("The plot '%s' of run '%s' cannot be shown: %s", name, run_id, error)
    return found, size


def _by_key(of_runs: Sequence[tuple[str, RunData]], show_diff: bool) -> dict[str, list[dict[str, Any]]]:
    data: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for run_id, values in of_runs:
        for key, value in values.items():
            data[key].append({"runId": run_id, "value": value})
    if not show_diff:
        return {key: values for key, values in data.items() if len(values) == len(of_runs)}
    return dict(data)


def metrics_data(
    repository: RunRepository, catalog: Catalog, limit: int | None
) -> dict[str, Mapping[str, Sequence[float | None]]]:
    """The metrics of the newest runs, for the query `runMetricsData`.

    Args:
        repository: Has them.
        catalog: Gives the order of datasets.
        limit: So many runs; all of them if None.

    Returns:
        `metrics`: for each `<dataset>.<key>` a value or None a run, newest first. Where several metrics share that
        name, the first has it, and the others have long ids. `runs`: for each run a value or None a metric, in the
        order of `metrics`.
    """
    run_ids = repository.runs.newest_ids(limit)
    by_dataset: dict[str, dict[str, list[float | None]]] = defaultdict(dict)
    taken: dict[str, MetricName] = {}
    for metric in sorted(repository.metrics.names(), key=lambda name: (name.dataset, name.key)):
        taken.setdefault(short_id(metric.dataset, metric.key), metric)
    for metric, values in repository.metrics.numbers(run_ids).items():
        # Clients of Kedro-Viz 10 know short names only: where several metrics share one, the first keeps it.
        joined = short_id(metric.dataset, metric.key)
        by_dataset[metric.dataset][joined if taken.get(joined) == metric else metric.id] = values
    columns = {
        name: values for dataset in _ordered(by_dataset, catalog) for name, values in by_dataset[dataset].items()
    }
    # Without any metric there are no rows either. Infinities become null where the answer is encoded.
    return {"metrics": columns, "runs": dict(zip(run_ids, zip(*columns.values(), strict=True), strict=bool(columns)))}


def _ordered(datasets: dict[str, Any], catalog: Catalog) -> list[str]:
    """Datasets in the catalog's order, then those that only runs know, by name."""
    known = [entry.name for entry in catalog if entry.name in datasets]
    return [*known, *sorted(set(datasets) - set(known))]
