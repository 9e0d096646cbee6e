"""Puts the contents of a tracked dataset's partitions together: one set of metrics, or one document."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from kedro_viz.tracking.content import (
    MAX_DOCUMENT_BYTES,
    MAX_METRICS,
    TrackedContent,
    describe_size,
    without_secrets,
)
from kedro_viz.tracking.metric_id import long_id, short_id
from kedro_viz.tracking.secrets.redaction import redact_shapes

TOO_MUCH = f"together the partitions are more than {describe_size(MAX_DOCUMENT_BYTES)}"

NOT_SHOWN = f"what they hold is more than {describe_size(MAX_DOCUMENT_BYTES)}, or no JSON"


class PartitionedContent:
    """What a run has saved in the partitions of one dataset.

    A metric's key is `<partition>.<key>`; where another one has that already, `["<partition>"]["<key>"]`. Documents
    become one: `{"<partition>": …}`. Holds no more than is recorded, however many partitions there are.
    """

    def __init__(self) -> None:
        self._metrics: dict[str, dict[str, float]] = {}
        self._numbers: dict[str, int] = {}
        # Each is the inside of a JSON object, `"<partition>": …`.
        self._documents: dict[str, str] = {}
        self._sizes: dict[str, int] = {}
        self._left_out: dict[str, str] = {}
        self._kept_numbers = 0
        self._kept_bytes = 0

    def __len__(self) -> int:
        return len(self._numbers)

    def put(self, partition: str, content: TrackedContent) -> None:
        """Add a partition, or replace it.

        Args:
            partition: Its id.
            content: What it holds.
        """
        self._forget(partition)
        name = redact_shapes(partition)
        self._numbers[partition] = len(content.metrics) + content.left_out
        kept = dict(list(content.metrics.items())[: MAX_METRICS - self._kept_numbers])
        self._metrics[partition] = kept
        self._kept_numbers += len(kept)
        if content.document is None:
            if content.problem is not None and not content.left_out:
                self._left_out[partition] = NOT_SHOWN
            return
        document = without_secrets(f"{{{json.dumps(name, ensure_ascii=False)}: {content.document}}}")[1:-1]
        size = len(document.encode("utf-8", "replace")) + 2
        if self._kept_bytes + size > MAX_DOCUMENT_BYTES:
            self._left_out[partition] = TOO_MUCH
            return
        self._documents[partition] = document
        self._sizes[partition] = size
        self._kept_bytes += size

    def leave_out(self, partition: str, reason: str) -> None:
        """Note a partition whose content is not known.

        Args:
            partition: Its id.
            reason: Why, as the end of a sentence.
        """
        self._forget(partition)
        self._numbers[partition] = 0
        self._left_out[partition] = reason

    def _forget(self, partition: str) -> None:
        self._kept_numbers -= len(self._metrics.pop(partition, ()))
        self._numbers.pop(partition, None)
        self._documents.pop(partition, None)
        self._kept_bytes -= self._sizes.pop(partition, 0)
        self._left_out.pop(partition, None)

    def together(self) -> TrackedContent:
        """All of it, and what is left out."""
        metrics: dict[str, float] = {}
        for partition in sorted(self._metrics):
            name = redact_shapes(partition)
            for key, value in self._metrics[partition].items():
                joined = short_id(name, key)
                while joined in metrics:
                    # The key `b.c` of `a` and the key `c` of `a.b`; or two names of which secrets are left out.
                    joined = long_id(name, key) if joined == short_id(name, key) else f"{joined}'"
                metrics[joined] = value
        documents = [self._documents[partition] for partition in sorted(self._documents)]
        return TrackedContent(
            metrics=metrics,
            document=f"{{{', '.join(documents)}}}" if documents else None,
            problem=" ".join(self._problems()) or None,
        )

    def _problems(self) -> Iterator[str]:
        numbers = sum(self._numbers.values())
        if numbers > self._kept_numbers:
            yield (
                f"The partitions have {numbers:,} metrics. {self._kept_numbers:,} are recorded; "
                f"{numbers - self._kept_numbers:,} {_are(numbers - self._kept_numbers)} left out."
            )
        for reason, count in sorted(Counter(self._left_out.values()).items()):
            yield f"{count:,} of {len(self):,} partitions {_are(count)} left out: {reason}."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
