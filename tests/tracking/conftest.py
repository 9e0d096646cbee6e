"""How hypothesis looks for examples here."""

from __future__ import annotations

from hypothesis import settings

# No deadline: a busy machine is slow, not wrong.
settings.register_profile("tracking", deadline=None, max_examples=50)
settings.load_profile("tracking")
