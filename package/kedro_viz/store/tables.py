"""The session store's tables, as the reading side queries them. `schema.py` makes them in SQLite."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import JSON

metadata = MetaData()

schema_version = Table("schema_version", metadata, Column("version", Integer, primary_key=True))

runs = Table(
    "runs",
    metadata,
    Column("id", String, primary_key=True, index=True),
    Column("blob", JSON),
    Column("status", String),
    Column("started_at", BigInteger),
    Column("ended_at", BigInteger),
    Column("author", String),
    Column("command", String),
    Column("pipeline", String),
    Column("env", String),
    Column("runner", String),
    Column("kedro_version", String),
    Column("git_sha", String),
    Column("git_branch", String),
    Column("git_dirty", Boolean),
    Column("error_type", String),
    Column("error_message", String),
    Column("error_traceback", String),
    Column("error_node", String),
    Column("host", String),
    Column("process", Integer),
    Column("heartbeat_at", BigInteger),
    Column("git_remote", String),
    Column("git_diff", String),
    Column("source", String),
    Column("environment", String),
    Column("configuration", String),
    Column("peak_memory", BigInteger),
    Column("project", String),
    Index("ix_runs_started_at", "started_at", "id"),
)

user_run_details = Table(
    "user_run_details",
    metadata,
    Column("id", Integer, primary_key=True, index=True),
    Column("run_id", String, ForeignKey("runs.id"), unique=True),
    Column("bookmark", Boolean),
    Column("title", String),
    Column("notes", String),
    Column("title_updated_at", BigInteger),
    Column("notes_updated_at", BigInteger),
    Column("bookmark_updated_at", BigInteger),
    Column("updated_at", BigInteger),
    Column("updated_by", String),
    Column("archived", Boolean),
    Column("archived_updated_at", BigInteger),
)

node_runs = Table(
    "node_runs",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("node", String, primary_key=True),
    Column("position", Integer),
    Column("started_at", BigInteger),
    Column("ended_at", BigInteger),
    Column("failed", Boolean),
    Column("peak_memory", BigInteger),
)

metric_names = Table(
    "metric_names",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dataset", String, nullable=False),
    Column("key", String, nullable=False),
    UniqueConstraint("dataset", "key"),
)

metrics = Table(
    "metrics",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("metric_id", Integer, primary_key=True),
    Column("value", Float),
    Column("exact", String),
    Index("ix_metrics_by_value", "metric_id", "value", "run_id"),
    Index("ix_metrics_exact", "metric_id", "run_id", "exact", sqlite_where=text("exact IS NOT NULL")),
)

parameters = Table(
    "parameters",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
    Index("ix_parameters_by_name", "name", "value", "run_id"),
)

tracked_json = Table(
    "tracked_json",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("dataset", String, primary_key=True),
    Column("data", String, nullable=False),
)

artifacts = Table(
    "artifacts",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("dataset", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("type", String, nullable=False),
    Column("path", String, nullable=False),
    Column("size", BigInteger),
    Column("problem", String),
    Column("signature", String),
    Index("ix_artifacts_by_dataset", "dataset", "run_id"),
)

contents = Table(
    "contents",
    metadata,
    Column("hash", String, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

data_uses = Table(
    "data_uses",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("dataset", String, primary_key=True),
    Column("saved", Boolean, primary_key=True),
    Column("type", String, nullable=False),
    Column("path", String),
    Column("version", String),
    Column("size", BigInteger),
    Column("fingerprint", String),
)

series_chunks = Table(
    "series_chunks",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("batch", String, primary_key=True),
    Column("first_at", BigInteger, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("count", Integer, nullable=False),
    Column("min", Float),
    Column("max", Float),
    Column("last_step", Float, nullable=False),
    Column("last", Float),
    Column("points", LargeBinary, nullable=False),
)
Index(
    "ix_series_chunks_by_name",
    series_chunks.c.name,
    series_chunks.c.run_id,
    series_chunks.c.last_step.desc(),
    series_chunks.c.last_at.desc(),
    series_chunks.c.batch,
    series_chunks.c.last,
    series_chunks.c.min,
    series_chunks.c.max,
)

deleted_runs = Table(
    "deleted_runs",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("deleted_at", BigInteger, nullable=False),
)

run_tags = Table(
    "run_tags",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("tag", String, primary_key=True),
    Column("present", Boolean, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("updated_by", String),
)

trash = Table(
    "trash",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("with_files", Boolean, nullable=False),
    Column("record", String),
)

tags_of_others = Table(
    "tags_of_others",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("tag", String, primary_key=True),
)

views_of_others = Table("views_of_others", metadata, Column("id", String, primary_key=True))

metric_directions = Table(
    "metric_directions",
    metadata,
    Column("dataset", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("direction", String),
    Column("updated_at", BigInteger, nullable=False),
    Column("updated_by", String),
)

saved_views = Table(
    "saved_views",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("state", String, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", String),
    Column("updated_at", BigInteger, nullable=False),
    Column("updated_by", String),
)
