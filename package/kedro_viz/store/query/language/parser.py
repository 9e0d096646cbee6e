"""Reads an expression by recursive descent, and knows at each place what can come next.

disjunction = conjunction ("or" conjunction)*
conjunction = negation ("and" negation)*
negation    = "not" negation | comparison
comparison  = operand (operator (operand | list))*
operand     = value | name | "(" disjunction ")" | name "(" text ")"
name        = word ("." word | "[" text "]")*
list        = "[" (value ("," value)*)? "]", also in round brackets
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from enum import Enum

from kedro_viz.store.query.language.checks import (
    Given,
    Operand,
    compared,
    contained,
    flag,
    one_of,
    present,
    text_end,
)
from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.store.query.language.fields import CONSTANTS, SOURCES, WORDS, field_of
from kedro_viz.store.query.language.tokens import Token, TokenKind
from kedro_viz.store.query.language.tree import AllOf, AnyOf, Condition, Field, Negation, Operator, TextEnd
from kedro_viz.tracking.metric_id import quoted
from kedro_viz.tracking.whole_number import FIRST_SHARED, exact_digits

# What nobody types by hand only costs time, and a store takes no statement of any size.
MAX_CONDITIONS = 50
MAX_DEPTH = 20
MAX_VALUES = 500

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_CALCULATING = frozenset("+-*/%@^~")
# What can stand behind a comparison.
_ENDS = frozenset({"and", "or", ",", *_CLOSING.values()})
_OPERATORS = {operator.value: operator for operator in Operator}
_TEXT_ENDS = {end.value: end for end in TextEnd}

_NO_CALCULATION = "A query does not calculate. Compare a field with a value or with another field."

# Stands for a condition where only what follows it counts.
_ANY = AllOf(())

_ANY_TIME = datetime.fromtimestamp(0, timezone.utc)

# What Python, SQL or a text editor write for a sign of ours.
_INSTEAD = {
    "=": "Write == to compare.",
    "<>": "Write != for different.",
    "&&": "Write and.",
    "&": "Write and.",
    "||": "Write or.",
    "|": "Write or.",
    "!": "Write not.",
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", 'Write straight quotes: "…".'),
    **dict.fromkeys("\u2018\u2019\u201a", "Write straight quotes: '…'."),
}


class Expected(Enum):
    """What can stand at a place of a query."""

    CONDITION = "condition"
    """The name of a field, or a text that is looked for in one."""
    OPERATOR = "operator"
    VALUE = "value"
    LIST = "list"
    """A list of values."""
    NONE = "none"
    """`None`, or `not None`."""
    CONTAINER = "container"
    """A field that holds texts."""
    CONTAINMENT = "containment"
    """`in`, or `not in`."""
    CONJUNCTION = "conjunction"
    NOTHING = "nothing"
    """What cannot be suggested: the rest of a bracket, or what comes after a mistake."""


# What an error says of a place where nothing stands. Elsewhere a query is whole, or the end of a bracket is missing.
_MISSING = {
    Expected.CONDITION: "A condition",
    Expected.VALUE: "A value",
    Expected.LIST: "A value",
    Expected.CONTAINER: "A value",
    Expected.NONE: "None",
    Expected.CONTAINMENT: "in",
}


@dataclass(frozen=True)
class Place:
    """What can stand at the end of what was read, and the field that it is about."""

    expected: Expected
    field: Field | None = None


@dataclass(frozen=True)
class _Group:
    """A condition in brackets, which can be joined with others but not compared."""

    condition: Condition
    start: int
    end: int


_Part = Operand | Condition | _Group


class _EndError(FilterError):
    """The query ends where something must follow."""


def parse_expression(tokens: Sequence[Token], now: datetime) -> Condition:
    """What an expression asks.

    Args:
        tokens: Its pieces.
        now: The present, which "2 hours ago" counts from. Without a zone it is local time.

    Raises:
        FilterError: If it cannot be understood.
    """
    return _Parser(tokens, now).whole()


def expected_after(tokens: Sequence[Token]) -> Place:
    """What can follow some pieces of a query, whatever is wrong with them."""
    return _Parser(tokens, None).place_at_end()


class _Parser:
    """Reads pieces from left to right.

    Args:
        tokens: The pieces.
        now: The present; None to find out only what can follow: mistakes are passed over then.
    """

    def __init__(self, tokens: Sequence[Token], now: datetime | None) -> None:
        self._tokens = tokens
        self._now = now
        self._next = 0
        self._place = Place(Expected.CONDITION)
        self._opened: list[Token] = []
        self._depth = 0
        self._conditions = 0

    def whole(self) -> Condition:
        """The condition that all pieces are."""
        condition = self._condition(self._disjunction())
        if self._token is not None:
            raise self._unexpected()
        return condition

    def place_at_end(self) -> Place:
        """What can follow the last piece. After a mistake, the next condition is read as if nothing were wrong."""
        while True:
            try:
                self._disjunction()
            except _EndError:
                return self._place
            except FilterError:
                pass
            else:
                if self._token is None:
                    return self._place
            self._depth, self._opened = 0, []
            if not self._skip():
                return self._place

    # --- Conditions ---------------------------------------------------------------------------------------------------

    def _disjunction(self) -> _Part:
        return self._joined("or", self._conjunction, AnyOf)

    def _conjunction(self) -> _Part:
        return self._joined("and", self._negation, AllOf)

    def _joined(self, word: str, read: Callable[[], _Part], node: type[AllOf | AnyOf]) -> _Part:
        first = read()
        if not self._is(word):
            return first
        parts = [self._condition(first)]
        while self._take(word):
            parts.append(self._condition(read()))
        return node(tuple(parts), start=parts[0].start, end=parts[-1].end)

    def _negation(self) -> _Part:
        self._expect(Expected.CONDITION)
        token = self._token
        if token is None or not self._take("not"):
            return self._comparison()
        self._deeper(token)
        part = self._condition(self._negation())
        self._depth -= 1
        return Negation(part, start=token.start, end=part.end)

    def _comparison(self) -> _Part:
        """A comparison; a chain of them is all of its neighbours."""
        left = self._operand()
        found: list[Condition] = []
        while True:
            self._after_operand(left, bool(found))
            operator = self._operator()
            if operator is None:
                break
            self._count(operator)
            compared_, left = self._pair(self._side(left), operator)
            found.append(compared_)
        if (token := self._token) is not None and token.text not in _ENDS:
            raise self._unexpected()
        if not found:
            return left
        if len(found) == 1:
            return found[0]
        return AllOf(tuple(found), start=found[0].start, end=found[-1].end)

    def _after_operand(self, part: _Part, is_compared: bool) -> None:
        if isinstance(part, Operand) and not is_compared:
            field = part.what if isinstance(part.what, Field) else None
            self._expect(Expected.OPERATOR if field else Expected.CONTAINMENT, field)
        else:
            self._expect(Expected.CONJUNCTION)

    def _operator(self) -> Token | None:
        """The operator that follows, if one does. `not in` and `is not` are one, as Python has them."""
        token = self._token
        if token is None or token.kind not in (TokenKind.SIGN, TokenKind.NAME):
            return None
        if token.text == "not":
            self._next += 1
            self._expect(Expected.CONTAINMENT)
            after = self._token
            if after is None:
                raise self._ended()
            if not self._take("in"):
                raise self._unexpected()
            return Token(token.kind, "not in", token.start, after.end)
        # Whoever writes = or <> is shown values all the same.
        is_mistaken = self._now is None and token.text in ("=", "<>")
        if token.text in _OPERATORS or token.text == "in" or is_mistaken:
            self._next += 1
            return token
        if self._take("is"):
            self._expect(Expected.NONE)
            after = self._token
            if after is not None and self._take("not"):
                return Token(token.kind, "is not", token.start, after.end)
            return token
        return None

    def _pair(self, left: Operand, operator: Token) -> tuple[Condition, _Part]:
        """A comparison, and its right side."""
        field = left.what if isinstance(left.what, Field) else None
        if operator.text in ("in", "not in"):
            self._expect(Expected.LIST if field else Expected.CONTAINER, field)
            values = self._list(field)
            if values is not None:
                asked = self._checked(lambda: one_of(left, values, self._moment))
                right: _Part = _Group(asked, left.start, self._tokens[self._next - 1].end)
            else:
                side = self._side(self._operand())
                asked, right = self._checked(lambda: contained(left, side)), side
            return self._placed(asked, left, operator.text == "not in"), right
        if operator.text in ("is", "is not"):
            side = self._side(self._operand())
            asked = self._checked(lambda: present(left, side))
            return self._placed(asked, left, operator.text == "is"), side
        self._expect(Expected.VALUE if field else Expected.CONDITION, field)
        side = self._side(self._operand())
        sign = _OPERATORS.get(operator.text, Operator.EQUAL)
        return self._placed(self._checked(lambda: compared(left, sign, side, self._moment)), left), side

    def _placed(self, condition: Condition, left: Operand, is_negated: bool = False) -> Condition:
        end = self._tokens[self._next - 1].end
        condition = replace(condition, start=left.start, end=end)
        return Negation(condition, start=left.start, end=end) if is_negated else condition

    def _condition(self, part: _Part) -> Condition:
        """What a part asks: a field by itself is true."""
        if isinstance(part, _Group):
            return part.condition
        if not isinstance(part, Operand):
            return part
        if isinstance(part.what, Given) and self._now is not None:
            raise part.error("This is no condition. Say what it is compared with, or in which field it is.")
        self._count(Token(TokenKind.NAME, "", part.start, part.end))
        return replace(self._checked(lambda: flag(part)), start=part.start, end=part.end)

    def _side(self, part: _Part) -> Operand:
        """A part as one side of a comparison."""
        if isinstance(part, Operand):
            return part
        message = "This has no place in a query. A query compares fields with values."
        raise FilterError(message, part.start, part.end)

    # --- Operands -----------------------------------------------------------------------------------------------------

    def _operand(self) -> _Part:
        token = self._token
        if token is None:
            raise self._ended()
        match token.kind:
            case TokenKind.TEXT:
                self._next += 1
                part: _Part = Operand(Given(token.value), token.start, token.end)
            case TokenKind.NUMBER:
                part = self._number(token)
            case TokenKind.NAME if token.text in CONSTANTS:
                self._next += 1
                part = Operand(Given(CONSTANTS[token.text]), token.start, token.end)
            case TokenKind.NAME if token.text not in WORDS:
                part = self._named(token)
            case TokenKind.SIGN if token.text in "+-" and self._kind_after() is TokenKind.NUMBER:
                part = self._number(token)
            case TokenKind.SIGN if token.text in _CALCULATING:
                raise FilterError(_NO_CALCULATION, token.start, token.end)
            case TokenKind.BRACKET if token.text in _CLOSING:
                part = self._bracketed(token)
            case _:
                raise self._unexpected()
        return self._refuse_calculation(part)

    def _refuse_calculation(self, part: _Part) -> _Part:
        token = self._token
        if self._now is None or token is None or token.kind is not TokenKind.SIGN or token.text not in _CALCULATING:
            return part
        self._next += 1
        try:
            end = self._operand().end
        except FilterError as error:
            end = error.end if error.message == _NO_CALCULATION else token.end
        raise FilterError(_NO_CALCULATION, part.start, end)

    def _number(self, first: Token) -> Operand:
        """A number, with its sign."""
        sign = first.text if first.kind is TokenKind.SIGN else ""
        self._next += 1 if sign else 0
        token = self._tokens[self._next]
        self._next += 1
        after = self._token
        if after is not None and after.start == token.end and after.kind in (TokenKind.NAME, TokenKind.NUMBER):
            shown = f"{token.text}{after.text}"[:50]
            raise FilterError(f"Write a text in quotes: {quoted(shown)}.", token.start, after.end)
        digits = token.text.replace("_", "")
        number = int(digits) if digits.isdigit() else float(digits)
        if isinstance(number, int) and number > FIRST_SHARED and exact_digits(number) is None:
            raise FilterError("The number is too large.", first.start, token.end)
        return Operand(Given(-number if sign == "-" else number), first.start, token.end)

    def _named(self, first: Token) -> _Part:
        """A field, or a call of one: `git.branch`, `metrics["a.b"]`, `author.startswith("a")`."""
        self._next += 1
        parts = first.text.split(".")
        while (token := self._token) is not None and not self._tokens[self._next - 1].text.endswith("."):
            if token.text == "[":
                parts.append(self._key(token))
            elif token.text == "." and self._kind_after() is TokenKind.NAME:
                self._next += 1
                parts += self._tokens[self._next].text.split(".")
                self._next += 1
            else:
                break
        end = self._tokens[self._next - 1].end
        if token is not None and token.text == "(":
            return self._call(first, parts)
        if self._tokens[self._next - 1].text.endswith("."):
            raise self._unfinished_name(first, parts)
        if first.text.lower() in WORDS:
            raise self._unexpected(first)
        if token is not None and token.kind is TokenKind.OTHER and token.text in "\"'" and token.start == end:
            raise FilterError('Write nothing before the quotes of a text: "…".', first.start, token.end)
        return Operand(field_of(parts, first.start, end), first.start, end)

    def _unfinished_name(self, first: Token, parts: list[str]) -> FilterError:
        token, end = self._token, self._tokens[self._next - 1].end
        typed = ".".join(parts)
        if token is not None and token.kind is TokenKind.NUMBER and token.start == end and parts[0] in SOURCES:
            instead = f"{parts[0]}[{quoted('.'.join((*parts[1:-1], token.text)))}]"
            return FilterError(f"Write the name in brackets and quotes: {instead}.", first.start, token.end)
        return FilterError(f"A name is missing after '{typed[-50:]}'.", first.start, end)

    def _key(self, opening: Token) -> str:
        """The text in square brackets behind a name."""
        self._next += 1
        self._opened.append(opening)
        self._expect(Expected.NOTHING)
        token = self._token
        if token is None:
            raise self._ended()
        if token.kind is TokenKind.UNCLOSED:
            raise self._unexpected()
        if token.kind is not TokenKind.TEXT:
            raise FilterError('Write the name in quotes: ["…"].', token.start, token.end)
        self._next += 1
        self._close()
        return token.value

    def _call(self, first: Token, parts: list[str]) -> Condition:
        name, opening = parts.pop(), self._tokens[self._next]
        name_end = self._tokens[self._next - 1].end
        self._next += 1
        self._opened.append(opening)
        self._expect(Expected.NOTHING)
        if name not in _TEXT_ENDS or not parts:
            message = 'A query calls nothing but .startswith("…") and .endswith("…").'
            raise FilterError(message, first.start, name_end)
        argument = None if self._is(")") else self._operand()
        closing = self._token
        if closing is None and argument is not None:
            raise self._ended()
        if closing is None or closing.text != ")" or argument is None:
            end = (closing or opening).end
            raise FilterError(f'Write one text in the brackets: .{name}("…").', first.start, end)
        self._close()
        end = name_end - len(name) - 1
        side = Operand(field_of(parts, first.start, end), first.start, end)
        self._count(opening)
        text = self._side(argument)
        asked = self._checked(lambda: text_end(side, _TEXT_ENDS[name], text))
        return replace(asked, start=first.start, end=closing.end)

    def _bracketed(self, opening: Token) -> _Part:
        """What stands in brackets: conditions, or one side of a comparison."""
        if opening.text != "(":
            self._skip_list()
            raise FilterError("A list can stand after `in` only.", opening.start, self._tokens[self._next - 1].end)
        self._next += 1
        self._opened.append(opening)
        self._deeper(opening)
        part = self._disjunction()
        if self._is(","):
            self._skip_list()
            raise FilterError("A list can stand after `in` only.", opening.start, self._tokens[self._next - 1].end)
        self._close()
        self._depth -= 1
        if isinstance(part, Operand):
            return part
        end = self._tokens[self._next - 1].end
        return _Group(self._condition(part), opening.start, end)

    def _list(self, field: Field | None) -> list[Operand] | None:
        """The values of a list, if one follows. Round brackets around one operand are no list."""
        opening = self._token
        if opening is None or opening.text not in _CLOSING or (opening.text == "(" and not self._is_tuple()):
            return None
        self._next += 1
        self._opened.append(opening)
        values: list[Operand] = []
        while True:
            self._expect(Expected.VALUE if field else Expected.NOTHING, field)
            if self._is(_CLOSING[opening.text]):
                break
            values.append(self._side(self._operand()))
            self._expect(Expected.NOTHING)
            if not self._take(","):
                break
        self._close()
        if len(values) > MAX_VALUES:
            message = f"A list can have up to {MAX_VALUES} values, not {len(values):,}."
            raise FilterError(message, opening.start, self._tokens[self._next - 1].end)
        return values

    def _is_tuple(self) -> bool:
        """Whether a bracket that opens has a comma at its own level, or nothing in it."""
        depth = 0
        for place in range(self._next, len(self._tokens)):
            text = self._tokens[place].text
            depth += (text in _CLOSING) - (text in _CLOSING.values())
            if depth == 0:
                return place == self._next + 1
            if depth == 1 and text == ",":
                return True
        return False

    def _skip_list(self) -> None:
        """Go to the end of the bracket that was opened last."""
        depth = 0 if self._tokens[self._next].text in _CLOSING else 1
        while self._token is not None:
            depth += (self._token.text in _CLOSING) - (self._token.text in _CLOSING.values())
            self._next += 1
            if depth == 0:
                return

    # --- Pieces -------------------------------------------------------------------------------------------------------

    @property
    def _token(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    @property
    def _moment(self) -> datetime:
        return self._now or _ANY_TIME

    def _is(self, text: str) -> bool:
        token = self._token
        return token is not None and token.text == text

    def _take(self, text: str) -> bool:
        if not self._is(text):
            return False
        self._next += 1
        return True

    def _kind_after(self) -> TokenKind | None:
        after = self._next + 1
        return self._tokens[after].kind if after < len(self._tokens) else None

    def _close(self) -> None:
        """Take the bracket that closes the one opened last."""
        opening = self._opened[-1]
        token = self._token
        if token is None:
            raise self._ended()
        if token.text != _CLOSING[opening.text]:
            raise self._unexpected()
        self._opened.pop()
        self._next += 1

    def _expect(self, expected: Expected, field: Field | None = None) -> None:
        self._place = Place(expected, field)

    def _deeper(self, token: Token) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FilterError(
                f"The query is nested too deep; up to {MAX_DEPTH} levels can be asked.", token.start, token.end
            )

    def _count(self, token: Token) -> None:
        self._conditions += 1
        if self._conditions > MAX_CONDITIONS and self._now is not None:
            message = f"The query has more than {MAX_CONDITIONS} conditions, which are as many as can be asked at once."
            raise FilterError(message, token.start, token.end)

    def _checked(self, check: Callable[[], Condition]) -> Condition:
        """A condition; of one that does not fit, what follows can be suggested all the same."""
        return _ANY if self._now is None else check()

    def _skip(self) -> bool:
        """Go behind what joins the next condition, if there is one."""
        self._expect(Expected.NOTHING)
        while (token := self._token) is not None:
            self._next += 1
            if token.text in ("and", "or"):
                return True
            self._expect(Expected.CONJUNCTION if token.text == ")" else Expected.NOTHING)
        return False

    # --- Errors -------------------------------------------------------------------------------------------------------

    def _ended(self) -> FilterError:
        """The query ends here: what is missing?"""
        if not self._tokens:
            return _EndError("There is nothing to ask.", 0, 0)
        last = self._tokens[-1]
        missing = _MISSING.get(self._place.expected)
        if missing is None:
            opening = self._opened[-1]
            return _EndError(f"The closing {_CLOSING[opening.text]} is missing.", opening.start, opening.end)
        return _EndError(f"{missing} is missing after '{last.text[-50:]}'.", last.start, last.end)

    def _unexpected(self, token: Token | None = None) -> FilterError:
        """A piece cannot stand where it does: why, or what instead?"""
        token = token or self._tokens[self._next]
        start, end = token.start, token.end
        if token.kind is TokenKind.UNCLOSED:
            return FilterError(f"The closing {token.text[0]} is missing.", start, end)
        if token.text in _INSTEAD:
            return FilterError(_INSTEAD[token.text], start, end)
        if token.kind is TokenKind.NAME and token.text not in WORDS and token.text.lower() in WORDS:
            return FilterError(f"Write {token.text.lower()} in small letters.", start, end)
        if token.text in _CLOSING.values():
            if not self._opened:
                return FilterError(f"This {token.text} closes no bracket.", start, end)
            if self._place.expected in _MISSING:
                before = self._tokens[self._next - 1]
                message = f"{_MISSING[self._place.expected]} is missing after '{before.text[-50:]}'."
                return FilterError(message, before.start, before.end)
        message = f"'{token.text[:50]}' cannot stand here."
        if token.kind in (TokenKind.NAME, TokenKind.TEXT, TokenKind.NUMBER):
            message += " Conditions are joined by and, or; texts stand in quotes."
        return FilterError(message, start, end)
