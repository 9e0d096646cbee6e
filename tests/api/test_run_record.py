"""What a run ran with, read, wrote and logged, as the API tells it."""

from __future__ import annotations

import base64
import json
import logging
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from kedro_viz.api import answer_size
from kedro_viz.tracking.events import (
    DatasetSaved,
    DataUsed,
    Event,
    NodeEnded,
    NodeStarted,
    RunContext,
    RunEnded,
    SeriesLogged,
    TrackedFile,
)
from kedro_viz.tracking.packed_content import content_hash, pack
from kedro_viz.tracking.run import RunStatus
from kedro_viz.tracking.surroundings.configuration import Configuration
from kedro_viz.tracking.surroundings.environment import Environment, Package
from tests.api.serving import Api, context_event, record, run_events, run_id

RUN = "query Run($id: ID!) { run(id: $id) { %s } }"
RUNS = "query Runs($ids: [ID!]!) { runMetadata(runIds: $ids) { id %s } }"
NAN, INFINITY = float("nan"), float("inf")

FILES = {"src/pipeline.py": b"print('\xc3\xa9')\n", "conf/base/catalog.yml": b"a: 1\n"}
ENVIRONMENT = Environment(
    "3.12.4", "CPython", "Linux 6.8 x86_64", [Package("kedro", "1.7.0"), Package("mine", "1", "git+https://host/x@1f")]
)
CONFIGURATION = Configuration({"runner": "ThreadRunner"}, {"a": {"b": 1}}, {"scores": {"type": "tracking.JSONDataset"}})


def told(api: Api, identity: str, fields: str, **variables: Any) -> Any:
    """What the API tells of a run."""
    return api.ask(RUN % fields, id=identity, **variables)["run"]


@contextmanager
def counted(api: Api) -> Iterator[list[str]]:
    """The statements that are sent to the store."""
    statements: list[str] = []

    def count(*arguments: Any) -> None:
        statements.append(arguments[2])

    engine = api.services.repository._engine
    event.listen(engine, "before_cursor_execute", count)
    yield statements
    event.remove(engine, "before_cursor_execute", count)


def series_of(identity: str, name: str, values: list[float], batch: str = "1", first: int = 0) -> SeriesLogged:
    """A part of a series, a point a step."""
    steps = [float(first + step) for step in range(len(values))]
    return SeriesLogged(identity, name, batch, steps, values, [1_000 + first + step for step in range(len(values))])


class TestProvenance:
    """Code, environment and configuration."""

    QUERY = """
      gitRemote gitDiff source { id problem files { path size hash redacted problem } }
      environment { python implementation platform packages { name version source } }
      configuration { run parameters catalog }
    """

    def keep(self, store: Path, text: str) -> str:
        """A run of which all that is kept is the same text; its hash."""
        data = text.encode("latin-1")
        name = content_hash(data)
        contents = {name: base64.b64encode(pack(data)).decode()}
        record(store, *run_events(run_id(1)), RunContext(run_id(1), None, None, name, name, name, contents))
        return name

    def test_a_run_tells_what_it_ran_with(self, api: Api, store: Path) -> None:
        context = context_event(
            run_id(1),
            files=FILES,
            environment=ENVIRONMENT,
            configuration=CONFIGURATION,
            git_diff="--- a\n+++ b\n",
            git_remote="https://host/project.git",
        )
        record(store, *run_events(run_id(1)), context)
        assert told(api, run_id(1), self.QUERY) == {
            "gitRemote": "https://host/project.git",
            "gitDiff": "--- a\n+++ b\n",
            "source": {
                "id": context.source,
                "problem": None,
                "files": [
                    {"path": path, "size": len(data), "hash": content_hash(data), "redacted": False, "problem": None}
                    for path, data in sorted(FILES.items())
                ],
            },
            "environment": {
                "python": "3.12.4",
                "implementation": "CPython",
                "platform": "Linux 6.8 x86_64",
                "packages": [
                    {"name": "kedro", "version": "1.7.0", "source": None},
                    {"name": "mine", "version": "1", "source": "git+https://host/x@1f"},
                ],
            },
            "configuration": {
                "run": {"runner": "ThreadRunner"},
                "parameters": {"a": {"b": 1}},
                "catalog": {"scores": {"type": "tracking.JSONDataset"}},
            },
        }

    def test_an_older_run_tells_nothing_of_it(self, api: Api, store: Path) -> None:
        record(store, *run_events(run_id(1)))
        assert told(api, run_id(1), self.QUERY + ' sourceFile(path: "a")') == {
            "gitRemote": None,
            "gitDiff": None,
            "source": None,
            "environment": None,
            "configuration": None,
            "sourceFile": None,
        }

    def test_a_file_is_told_only_if_it_is_in_the_runs_own_snapshot(self, api: Api, store: Path) -> None:
        record(store, *run_events(run_id(1)), context_event(run_id(1), files=FILES, git_diff="diff"))
        record(store, *run_events(run_id(2)), context_event(run_id(2), files={"other.py": b"other"}))
        query = "query Run($id: ID!, $path: String!) { run(id: $id) { sourceFile(path: $path) } }"

        def file(path: str) -> str | None:
            text: str | None = api.ask(query, id=run_id(1), path=path)["run"]["sourceFile"]
            return text

        assert file("src/pipeline.py") == "print('é')\n"
        for path in ("other.py", "/etc/passwd", "../secret", "", "src/../src/pipeline.py", content_hash(b"diff"), "\0"):
            assert file(path) is None, path

    def test_a_file_that_is_no_text_is_null(self, api: Api, store: Path) -> None:
        files = {"latin.py": b"\xe9", "binary.dat": b"a\0b", "empty.py": b""}
        record(store, *run_events(run_id(1)), context_event(run_id(1), files=files))
        query = 'a: sourceFile(path: "latin.py") b: sourceFile(path: "binary.dat") c: sourceFile(path: "empty.py")'
        assert told(api, run_id(1), query) == {"a": None, "b": None, "c": ""}

    @pytest.mark.parametrize(
        "broken",
        [b"", b"no content", pack(b"something else"), pack(b"x" * 100)[:-3], pack(b" " * 30_000_000)],
        ids=["empty", "not packed", "another's name", "cut", "a bomb"],
    )
    def test_a_broken_content_is_null_and_logged(
        self, api: Api, store: Path, broken: bytes, caplog: pytest.LogCaptureFixture
    ) -> None:
        context = context_event(
            run_id(1), files=FILES, environment=ENVIRONMENT, configuration=CONFIGURATION, git_diff="diff"
        )
        record(store, *run_events(run_id(1)), context)
        with closing(sqlite3.connect(store)) as connection:
            connection.execute("UPDATE contents SET data = ?", (broken,))
            connection.commit()
        with caplog.at_level(logging.WARNING):
            run = told(api, run_id(1), self.QUERY + ' sourceFile(path: "src/pipeline.py")')
        assert run["source"] == {"id": context.source, "problem": "The snapshot cannot be read.", "files": []}
        assert [run[name] for name in ("gitDiff", "environment", "configuration", "sourceFile")] == [None] * 4
        assert str(context.environment) in caplog.text

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "{",
            "null",
            "[]",
            "{}",
            "[" * 100_000,
            '{"files": 1}',
            '{"files": [{"path": 1, "size": 1}]}',
            '{"files": [{"path": "a", "size": 1%s}]}' % ("0" * 400),
            '{"files": [{"path": "a", "size": 1, "more": 2}]}',
            '{"python": 1, "implementation": "", "platform": "", "packages": []}',
            '{"python": "", "implementation": "", "platform": "", "packages": [[]]}',
            '{"run": [], "parameters": {}, "catalog": {}}',
            "\xff",
        ],
        ids=range(14),
    )
    def test_a_content_of_another_shape_is_null(self, api: Api, store: Path, text: str) -> None:
        name = self.keep(store, text)
        run = told(api, run_id(1), self.QUERY)
        assert run["source"] == {"id": name, "problem": "The snapshot cannot be read.", "files": []}
        assert (run["environment"], run["configuration"]) == (None, None)

    def test_what_json_has_no_word_for_is_sent(self, api: Api, store: Path) -> None:
        huge, deep = "1" + "0" * 400, "[" * 500 + "]" * 500
        values = f'"nan": NaN, "half": "\\ud83c", "huge": {huge}, "deep": {deep}'
        self.keep(store, f'{{"run": {{}}, "parameters": {{{values}}}, "catalog": {{}}}}')
        parameters = told(api, run_id(1), "configuration { parameters }")["configuration"]["parameters"]
        assert (parameters["nan"], parameters["half"], parameters["huge"]) == (None, "\ufffd", int(huge))
        # The whole answer is cut where it is nested too deep for encoders.
        assert 190 < json.dumps(parameters["deep"]).count("[") < 200

    def test_a_comparison_is_a_fixed_number_of_queries(self, api: Api, store: Path) -> None:
        query = RUNS % (
            self.QUERY + ' sourceFile(path: "src/pipeline.py") dataUses { dataset } series { name } peakMemory'
        )
        counts = {}
        for runs in (1, 10, 100):
            identities = [run_id(number) for number in range(runs)]
            record(store, *(happened for number in range(runs) for happened in whole_run(number)))
            with counted(api) as statements:
                found = api.ask(query, ids=identities)["runMetadata"]
            assert [run["sourceFile"] for run in found] == [f"print({number % 7})" for number in range(runs)]
            assert {len(run["environment"]["packages"]) for run in found} == {2}
            counts[runs] = len(statements)
        # The runs, their memory, what each ran with, four kinds of contents, files, data and series.
        assert set(counts.values()) == {10}, counts

    def test_what_many_runs_share_is_read_once(self, api: Api, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        record(store, *(happened for number in range(50) for happened in whole_run(number)))
        read: list[str] = []
        once = Environment.from_json

        def counting(text: str | bytes) -> Environment:
            read.append(str(text))
            return once(text)

        monkeypatch.setattr(Environment, "from_json", counting)
        query = RUNS % "environment { id python }"
        found = api.ask(query, ids=[run_id(number) for number in range(50)])["runMetadata"]
        told = {"id": content_hash(ENVIRONMENT.to_json().encode()), "python": "3.12.4"}
        assert [run["environment"] for run in found] == [told] * 50
        assert len(read) == 1

    def test_that_two_runs_ran_the_same_code_is_told_without_reading_it(self, api: Api, store: Path) -> None:
        record(store, *(happened for number in range(8) for happened in whole_run(number)))
        with counted(api) as statements:
            found = api.ask(RUNS % "source { id }", ids=[run_id(number) for number in range(8)])["runMetadata"]
        assert found[0]["source"] == found[7]["source"] != found[1]["source"]
        assert not [text for text in statements if "contents" in text]


def whole_run(number: int) -> list[Event]:
    """A run with all that can be recorded; every seventh has the same code, all have the same environment."""
    identity = run_id(number)
    return [
        *run_events(identity, metrics={"a": number}),
        context_event(
            identity,
            files={"src/pipeline.py": f"print({number % 7})".encode()},
            environment=ENVIRONMENT,
            configuration=CONFIGURATION,
            git_diff=f"diff {number}",
        ),
        DataUsed(identity, "cars", False, "pandas.csv_dataset.CSVDataset"),
        series_of(identity, "loss", [1.0, 0.5]),
    ]


class TestDataUses:
    """Which versions of which data."""

    def test_loaded_data_comes_first_each_by_name(self, api: Api, store: Path) -> None:
        csv, pickle = "pandas.csv_dataset.CSVDataset", "pickle.pickle_dataset.PickleDataset"
        record(
            store,
            *run_events(run_id(1)),
            DataUsed(run_id(1), "model", True, pickle, "/p/model.pkl", run_id(1), 3_000_000_000, "full:ab"),
            DataUsed(run_id(1), "cars", True, csv),
            DataUsed(run_id(1), "shuttles", False, csv, "/p/shuttles.csv", None, 10, "full:cd"),
            DataUsed(run_id(1), "cars", False, csv),
            DataUsed(run_id(2), "cars", False, csv),
        )
        fields = "dataUses { dataset datasetType saved path version size fingerprint }"
        nothing = {"path": None, "version": None, "size": None, "fingerprint": None}
        assert told(api, run_id(1), fields)["dataUses"] == [
            {"dataset": "cars", "datasetType": csv, "saved": False, **nothing},
            {
                "dataset": "shuttles",
                "datasetType": csv,
                "saved": False,
                "path": "/p/shuttles.csv",
                "version": None,
                "size": 10,
                "fingerprint": "full:cd",
            },
            {"dataset": "cars", "datasetType": csv, "saved": True, **nothing},
            {
                "dataset": "model",
                "datasetType": pickle,
                "saved": True,
                "path": "/p/model.pkl",
                "version": run_id(1),
                "size": 3_000_000_000,
                "fingerprint": "full:ab",
            },
        ]


class TestSeries:
    """What runs logged by step."""

    FIELDS = "name count steps values times min max lastStep last"

    def series(self, api: Api, arguments: str = "", number: int = 1) -> list[Mapping[str, Any]]:
        """The series of a run."""
        found: list[Mapping[str, Any]] = told(api, run_id(number), f"series{arguments} {{ {self.FIELDS} }}")["series"]
        return found

    def test_parts_of_several_processes_are_one_series(self, api: Api, store: Path) -> None:
        record(
            store,
            *run_events(run_id(1)),
            series_of(run_id(1), "loss", [0.25, NAN, -INFINITY], batch="b", first=2),
            series_of(run_id(1), "loss", [1.0, 0.5], batch="c"),
            SeriesLogged(run_id(1), "accuracy", "a", [0.5, 0.5], [2.0, 1.0], [20, 10]),
            series_of(run_id(2), "loss", [7.0]),
        )
        assert self.series(api) == [
            {
                "name": "accuracy",
                "count": 2,
                "steps": [0.5, 0.5],
                "values": [1.0, 2.0],
                "times": [10, 20],
                "min": 1.0,
                "max": 2.0,
                "lastStep": 0.5,
                "last": 2.0,
            },
            {
                "name": "loss",
                "count": 5,
                "steps": [0.0, 1.0, 2.0, 3.0, 4.0],
                "values": [1.0, 0.5, 0.25, "NaN", "-Infinity"],
                "times": [1_000, 1_001, 1_002, 1_003, 1_004],
                "min": 0.25,
                "max": 1.0,
                "lastStep": 4.0,
                "last": "-Infinity",
            },
        ]
        assert [each["name"] for each in self.series(api, '(names: ["loss", "nothing"])')] == ["loss"]
        assert self.series(api, "(names: [])") == []

    def test_points_of_some_steps(self, api: Api, store: Path) -> None:
        record(store, *run_events(run_id(1)), series_of(run_id(1), "loss", [float(step) for step in range(1000)]))
        (series,) = self.series(api, "(firstStep: 500, lastStep: 503, maxPoints: 4)")
        assert (series["count"], series["steps"]) == (1000, [500, 501, 502, 503])
        (series,) = self.series(api, "(firstStep: 998.5)")
        assert series["values"] == [999]
        # One that has none of them is told of all the same.
        (series,) = self.series(api, "(lastStep: -1)")
        assert (series["count"], series["steps"]) == (1000, [])

    def test_long_series_are_thinned_out_and_keep_their_peaks(self, api: Api, store: Path) -> None:
        record(store, *run_events(run_id(1)))
        count = 30_000
        for place, part in enumerate(range(0, count, 10_000)):
            values = [float(step % 5) for step in range(part, part + 10_000)]
            if place == 1:
                values[1234] = 1e9
                values[1235] = -1e9
            record(store, series_of(run_id(1), "loss", values, str(place), part))
        (series,) = self.series(api, "(maxPoints: 100)")
        assert (series["count"], series["min"], series["max"]) == (count, -1e9, 1e9)
        assert len(series["steps"]) == len(series["values"]) == len(series["times"]) <= 100
        assert series["steps"] == sorted(series["steps"])
        assert (series["steps"][0], series["lastStep"], series["last"]) == (0.0, count - 1, 4.0)
        peaks = dict(zip(series["steps"], series["values"], strict=True))
        assert (peaks[11_234.0], peaks[11_235.0]) == (1e9, -1e9)
        assert len(self.series(api)[0]["steps"]) <= 500

    def test_summary_reads_no_points(self, api: Api, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        record(store, *run_events(run_id(1)), series_of(run_id(1), "loss", [1.0, float("nan")]))
        monkeypatch.setattr("kedro_viz.store.reading.series.unpack_points", lambda *_given: pytest.fail("Points read."))
        found = told(api, run_id(1), "series(maxPoints: 4) { name count min max lastStep last }")["series"]
        assert found == [{"name": "loss", "count": 2, "min": 1.0, "max": 1.0, "lastStep": 1.0, "last": "NaN"}]

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ("(maxPoints: 3)", "`maxPoints` must be from 4 to 10,000, not 3."),
            ("(maxPoints: -1)", "`maxPoints` must be from 4 to 10,000, not -1."),
            ("(maxPoints: 10001)", "`maxPoints` must be from 4 to 10,000, not 10001."),
            (f"(names: {json.dumps(['x'] * 1_001)})", "At most 1,000 series can be asked for at once, not 1,001."),
        ],
        ids=range(4),
    )
    def test_bounds_are_told_in_a_sentence(self, api: Api, store: Path, arguments: str, said: str) -> None:
        record(store, *run_events(run_id(1)))
        assert api.refusal(RUN % f"series{arguments} {{ name }}", id=run_id(1)) == said

    @pytest.mark.parametrize("points", [b"", b"no points", pack(b"\0" * 23), pack(b"\0" * 48)], ids=range(4))
    def test_a_broken_part_hides_no_other(
        self, api: Api, store: Path, points: bytes, caplog: pytest.LogCaptureFixture
    ) -> None:
        record(store, *run_events(run_id(1)), series_of(run_id(1), "loss", [1.0, 2.0]))
        with closing(sqlite3.connect(store)) as connection:
            for name in ("loss", "other"):
                chunk = (run_id(1), name, points)
                connection.execute("INSERT INTO series_chunks VALUES (?, ?, 'x', 1, 1, 1, 7, 7, 0, 7, ?)", chunk)
            connection.commit()
        with caplog.at_level(logging.WARNING):
            series, other = self.series(api)
        assert (series["name"], series["count"], series["values"]) == ("loss", 3, [1.0, 2.0])
        assert (other["name"], other["count"], other["values"]) == ("other", 1, [])
        assert "Points of 'loss'" in caplog.text


class TestMemory:
    """The most memory that nodes and runs held."""

    def test_peaks_are_told_in_bytes(self, api: Api, store: Path) -> None:
        started, *_ = run_events(run_id(1), seconds=None, nodes=["split", "train"])
        record(
            store,
            started,
            NodeStarted(run_id(1), "split", 1),
            NodeEnded(run_id(1), "split", 2, 5_000_000_000),
            RunEnded(run_id(1), 3, RunStatus.SUCCEEDED, peak_memory=6_000_000_000),
        )
        assert told(api, run_id(1), "peakMemory nodes { name peakMemory }") == {
            "peakMemory": 6_000_000_000,
            "nodes": [{"name": "split", "peakMemory": 5_000_000_000}, {"name": "train", "peakMemory": None}],
        }


class TestArtifacts:
    """All files that a run left."""

    def test_models_are_told_beside_plots_and_tracked_data(self, api: Api, store: Path) -> None:
        pickle = "pickle.pickle_dataset.PickleDataset"
        record(
            store,
            *run_events(run_id(1), metrics={"a": 1}, plots=["plot"]),
            DatasetSaved(run_id(1), "model", pickle, "/p/model.pkl", [TrackedFile("model.pkl", 3_000_000_000)]),
            DatasetSaved(run_id(1), "broken", pickle, "/p/b", [TrackedFile("b")], problem="It is not there."),
        )
        run = told(
            api,
            run_id(1),
            "artifacts { dataset datasetType name mediaType size url problem } "
            "plots { dataset } trackedJson { dataset }",
        )
        assert [artifact["dataset"] for artifact in run["artifacts"]] == ["broken", "model", "plot", "scores"]
        assert run["artifacts"][1] == {
            "dataset": "model",
            "datasetType": pickle,
            "name": "model.pkl",
            "mediaType": "application/octet-stream",
            "size": 3_000_000_000,
            "url": f"/artifacts/{run_id(1)}/model/model.pkl",
            "problem": None,
        }
        assert run["plots"] == [{"dataset": "plot"}]
        assert run["trackedJson"] == []


class TestAnswerSize:
    """One answer holds so much and no more."""

    def test_too_many_files_and_packages(self, api: Api, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(answer_size, "MAX_LISTED", 5)
        record(store, *(happened for number in range(3) for happened in whole_run(number)))
        query = RUNS % "environment { packages { name } }"
        assert len(api.ask(query, ids=[run_id(0), run_id(1)])["runMetadata"]) == 2
        said = "The answer has more than 5 files and packages. Ask for fewer runs."
        assert {error["message"] for error in api.answer(query, ids=[run_id(n) for n in range(3)])["errors"]} == {said}
        # An answer has nothing to do with the next one.
        assert api.ask(query, ids=[run_id(0), run_id(1)])

    def test_too_many_points(self, api: Api, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(answer_size, "MAX_POINTS", 4)
        record(store, *(happened for number in range(3) for happened in whole_run(number)))
        query = RUNS % "series { name values }"
        assert api.ask(query, ids=[run_id(0), run_id(1)])
        said = "The answer has more than 4 points of series. Ask for fewer runs, series or points."
        errors = api.answer(query, ids=[run_id(n) for n in range(3)])["errors"]
        assert {error["message"] for error in errors} == {said}

    def test_too_much_text(self, api: Api, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        record(store, *(happened for number in range(4) for happened in whole_run(number)))
        monkeypatch.setattr(answer_size, "MAX_TEXT_BYTES", 3 * len(CONFIGURATION.to_json()))
        for field, most in (("configuration { run }", 3), ("gitDiff", 4)):
            query = RUNS % field
            assert api.ask(query, ids=[run_id(number) for number in range(most)])
        said = f"The answer has more than {3 * len(CONFIGURATION.to_json())} bytes of text. Ask for fewer runs."
        errors = api.answer(RUNS % "configuration { run }", ids=[run_id(number) for number in range(4)])["errors"]
        assert {error["message"] for error in errors} == {said}
        monkeypatch.setattr(answer_size, "MAX_TEXT_BYTES", 3 * len("diff 0"))
        assert api.ask(RUNS % "gitDiff", ids=[run_id(number) for number in range(3)])
        errors = api.answer(RUNS % "gitDiff", ids=[run_id(number) for number in range(4)])["errors"]
        assert {error["message"] for error in errors} == {
            "The answer has more than 18 bytes of text. Ask for fewer runs."
        }
