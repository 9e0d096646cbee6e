"""Whether the project that is set up in this process tracks its runs."""

from __future__ import annotations

from kedro.framework.project import settings

_STORE = ("kedro_viz.integrations.kedro.sqlite_store", "SQLiteStore")


def is_configured() -> bool:
    """Whether the project has set our session store, or one derived from it, in its `settings.py`.

    Told by name, so that nothing of the store is imported where it is not used.
    """
    store_class = settings.SESSION_STORE_CLASS
    bases = store_class.__mro__ if isinstance(store_class, type) else ()
    return any((base.__module__, base.__qualname__) == _STORE for base in bases)
