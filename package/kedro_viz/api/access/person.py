"""Who somebody is, and what they may do: two questions, each with an object that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response


@dataclass(frozen=True)
class Person:
    """Somebody who has been let in. `name` is None where the server does not tell people apart."""

    name: str | None = None


class Action(Enum):
    """What a person may do beside looking."""

    EDIT = "edit"
    DELETE = "delete"


class Identity(Protocol):
    """Answers who somebody is."""

    def person(self, connection: HTTPConnection) -> Person | None:
        """The person that a request or WebSocket comes from; None if they have to sign in first."""

    async def sign_in(self, request: Request) -> Response | None:
        """The answer to an attempt to sign in; None if the request is none."""

    def ask_to_sign_in(self, request: Request) -> Response:
        """The page for somebody who has to sign in first."""


class Permissions(Protocol):
    """Answers what a person may do."""

    def actions(self, person: Person) -> frozenset[Action]:
        """What they may do."""

    def refusal(self, person: Person) -> str:
        """Why they may not do the rest, in a sentence for them."""


@dataclass(frozen=True)
class EveryAction:
    """Everybody may do everything."""

    def actions(self, _person: Person) -> frozenset[Action]:
        """All there is."""
        return frozenset(Action)

    def refusal(self, _person: Person) -> str:
        """Nothing is refused."""
        return ""


@dataclass(frozen=True)
class ReadOnly:
    """Everybody may only look."""

    def actions(self, _person: Person) -> frozenset[Action]:
        """Nothing."""
        return frozenset()

    def refusal(self, _person: Person) -> str:
        """Why."""
        return "This server was started with --read-only: nothing can be changed here."


@dataclass(frozen=True)
class Viewer:
    """Somebody who uses the app, with what they may do.

    Attributes:
        person: Who they are.
        actions: What they may do.
        refusal: Why they may not do the rest.
    """

    person: Person
    actions: frozenset[Action]
    refusal: str

    @classmethod
    def of(cls, person: Person, permissions: Permissions) -> Viewer:
        """Ask what a person may do."""
        return cls(person, permissions.actions(person), permissions.refusal(person))
