"""What the id of a run may look like.

A run's id is more than a key. Kedro makes it the name of a folder, for each version that the run saves; it is printed
in terminals and logs, and pasted into commands. Ids also arrive from other people, in shared stores and spooled
records. So every id that enters a store has to be harmless in all these places, however carefully each of them quotes.
"""

from __future__ import annotations

import re

# The name of a folder has at most so many bytes on common file systems.
MAX_RUN_ID_BYTES = 255

# - Letters and digits of any language, and punctuation that neither a shell nor a file system gives a meaning. Among it
#   is what timestamps are made of, also those with colons and offsets (`2024-05-01T12:30:45+00:00`).
# - The first character is a letter, a digit or an underscore: `-rf` would be an option of a command, `.git` a hidden
#   folder, `..` the folder above.
# - No single letter before a colon: on Windows, `c:x` is a place on another drive.
_RUN_ID = re.compile(r"(?![A-Za-z]:)\w[\w.:+@=,-]*")

RUN_ID_RULE = (
    "An id has letters, digits and any of `_.:+@=,-`, begins with a letter or digit, "
    f"and takes up to {MAX_RUN_ID_BYTES} bytes."
)
"""The rule in words, for messages."""


def is_run_id(text: object) -> bool:
    """Whether something can be the id of a run.

    Accepted are the ids that Kedro makes (`2024-05-01T12.30.45.678Z`, also in stores of Kedro-Viz 10), UUIDs, and
    names such as `baseline_2` or `größe=3` that custom sessions may have. Refused is whatever could act outside its
    place: control characters, line breaks, blanks, quotes and all else that is special to a shell, slashes,
    backslashes, `.` and `..`.
    """
    # `fullmatch`, because `$` would let a line break through at the end.
    return isinstance(text, str) and _RUN_ID.fullmatch(text) is not None and len(text.encode()) <= MAX_RUN_ID_BYTES
