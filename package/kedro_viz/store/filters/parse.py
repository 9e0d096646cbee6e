"""Reads an expression: Python's own grammar, of which a query may use a small part. Nothing is evaluated."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Sequence
from datetime import datetime

from kedro_viz.store.filters.checks import (
    Given,
    Operand,
    compared,
    contained,
    flag,
    one_of,
    present,
    text_end,
)
from kedro_viz.store.filters.errors import FilterError
from kedro_viz.store.filters.fields import CONSTANTS, field_of
from kedro_viz.store.filters.nodes import AllOf, AnyOf, Condition, Field, Negation, Operator, TextEnd
from kedro_viz.store.filters.syntax import syntax_error
from kedro_viz.store.filters.tokens import Token, TokenKind, tokens_of
from kedro_viz.tracking.whole_number import FIRST_SHARED, exact_digits

# What nobody types by hand only costs time, and a store takes no statement of any size.
MAX_CONDITIONS = 50
MAX_DEPTH = 20
MAX_VALUES = 500

_TOO_MANY = f"The query has more than {MAX_CONDITIONS} conditions, which are as many as can be asked at once."
_TOO_DEEP = f"The query is nested too deep; up to {MAX_DEPTH} levels can be asked."

_COMPARING = frozenset({"==", "!=", "<", "<=", ">", ">=", "in", "is"})
_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")
_PREFIXES = frozenset({"not", "-", "+", "~"})

_OPERATORS: dict[type[ast.cmpop], Operator] = {
    ast.Eq: Operator.EQUAL,
    ast.NotEq: Operator.DIFFERENT,
    ast.Lt: Operator.LESS,
    ast.LtE: Operator.AT_MOST,
    ast.Gt: Operator.MORE,
    ast.GtE: Operator.AT_LEAST,
}


def parse_expression(text: str, now: datetime) -> Condition:
    """What an expression asks.

    Args:
        text: What the user has typed.
        now: The present, which "2 hours ago" counts from. Without a zone it is local time.

    Raises:
        FilterError: If it cannot be understood.
    """
    tokens = tokens_of(text)
    _check_size(tokens)
    begin = tokens[0].start if tokens else 0
    masked = _masked(text, tokens)[begin:]
    try:
        tree = ast.parse(masked, mode="eval")
    except SyntaxError as error:
        place = begin + (error.offset or 1) - 1
        raise syntax_error(text, tokens, place) from error
    # Some versions of Python say "recursion depth mismatch" by a SystemError.
    except (ValueError, RecursionError, MemoryError, SystemError) as error:
        raise FilterError(_TOO_DEEP, begin, len(text)) from error
    return _Reader(text, masked, begin, tokens, now).condition(tree.body, 0)


def _check_size(tokens: Sequence[Token]) -> None:
    """Refuse what is too much for anybody before Python's parser sees it, which goes on as deep as it is asked to."""
    conditions, depth, negations = 0, 0, 0
    for token in tokens:
        conditions += token.text in _COMPARING
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        negations = negations + 1 if token.text in _PREFIXES else 0
        if conditions > MAX_CONDITIONS:
            raise FilterError(_TOO_MANY, token.start, token.end)
        if depth + negations > MAX_DEPTH:
            raise FilterError(_TOO_DEEP, token.start, token.end)


def _masked(text: str, tokens: Sequence[Token]) -> str:
    """The text with nothing in its quotes, and in one line: what stands in quotes is read from the tokens, so that
    Python's escapes and prefixes have no say."""
    characters = list(text)
    for token in tokens:
        if token.kind is TokenKind.TEXT:
            characters[token.start : token.end] = f'"{"x" * (token.end - token.start - 2)}"'
        elif token.kind is TokenKind.OTHER or token.text in "#$\\":
            # What no parser takes, such as the half of a character, and what would begin a comment.
            characters[token.start : token.end] = "?"
    return "".join(" " if character.isspace() else character for character in characters)


class _Reader:
    """Turns Python's tree into conditions, node by node; what has no place in a query is refused.

    Args:
        text: What the user has typed.
        masked: What Python has parsed.
        begin: Where that begins in the text.
        tokens: The pieces of the text.
        now: The present.
    """

    def __init__(self, text: str, masked: str, begin: int, tokens: Sequence[Token], now: datetime) -> None:
        self._text = text
        self._now = now
        self._quoted = {(token.start, token.end): token.value for token in tokens if token.kind is TokenKind.TEXT}
        self._conditions = 0
        # Python counts bytes of UTF-8.
        sizes = (len(character.encode()) for character in masked)
        self._places = dict(zip(itertools.accumulate(sizes, initial=0), itertools.count(begin), strict=False))

    def condition(self, node: ast.expr, depth: int) -> Condition:
        """The condition of a part of the tree."""
        if depth > MAX_DEPTH:
            raise self._error(_TOO_DEEP, node)
        match node:
            case ast.BoolOp(op=operator, values=values):
                parts = tuple(self.condition(value, depth + 1) for value in values)
                return AllOf(parts) if isinstance(operator, ast.And) else AnyOf(parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Negation(self.condition(operand, depth + 1))
            case ast.Compare():
                return self._comparison(node)
            case ast.Call():
                return self._call(node)
            case ast.Name() | ast.Attribute() | ast.Subscript():
                self._count(node)
                return flag(self._operand(node))
            case ast.Constant():
                raise self._error("This is no condition. Say what it is compared with, or in which field it is.", node)
        raise self._unsupported(node)

    def _comparison(self, node: ast.Compare) -> Condition:
        """A comparison; a chain of them is all of its neighbours."""
        sides = [node.left, *node.comparators]
        parts = []
        for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
            self._count(node)
            parts.append(self._pair(left, operator, right))
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _pair(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Condition:
        first = self._operand(left)
        if isinstance(operator, (ast.In, ast.NotIn)):
            asked = self._membership(first, right)
            return Negation(asked) if isinstance(operator, ast.NotIn) else asked
        second = self._operand(right)
        if isinstance(operator, (ast.Is, ast.IsNot)):
            asked = present(first, second)
            return asked if isinstance(operator, ast.IsNot) else Negation(asked)
        return compared(first, _OPERATORS[type(operator)], second, self._now)

    def _membership(self, first: Operand, right: ast.expr) -> Condition:
        if isinstance(right, (ast.List, ast.Tuple, ast.Set)):
            if len(right.elts) > MAX_VALUES:
                raise self._error(f"A list can have up to {MAX_VALUES} values, not {len(right.elts):,}.", right)
            return one_of(first, [self._operand(element) for element in right.elts], self._now)
        return contained(first, self._operand(right))

    def _call(self, node: ast.Call) -> Condition:
        self._count(node)
        function = node.func
        names = {end.value: end for end in TextEnd}
        if not isinstance(function, ast.Attribute) or function.attr not in names:
            message = 'A query calls nothing but .startswith("…") and .endswith("…").'
            raise self._error(message, function)
        if len(node.args) != 1 or node.keywords:
            raise self._error(f'Write one text in the brackets: .{function.attr}("…").', node)
        return text_end(self._operand(function.value), names[function.attr], self._operand(node.args[0]))

    def _operand(self, node: ast.expr) -> Operand:
        start, end = self._span(node)
        match node:
            case ast.Constant(value=str() | bytes()):
                if (start, end) not in self._quoted:
                    raise self._error('Write a text in one pair of quotes: "…".', node)
                return Operand(Given(self._quoted[start, end]), start, end)
            case ast.Constant(value=(bool() | None) as value):
                return Operand(Given(value), start, end)
            case ast.Constant(value=(int() | float()) as number):
                return Operand(Given(self._number(node, number)), start, end)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=ast.Constant(value=(int() | float()) as number)) if (
                not isinstance(number, bool)
            ):
                number = self._number(node, number)
                return Operand(Given(-number if isinstance(node.op, ast.USub) else number), start, end)
            case ast.Name(id=name) if name in CONSTANTS:
                return Operand(Given(CONSTANTS[name]), start, end)
            case ast.Name() | ast.Attribute() | ast.Subscript():
                return Operand(self._field(node), start, end)
            case ast.List() | ast.Tuple() | ast.Set():
                raise self._error("A list can stand after `in` only.", node)
        raise self._unsupported(node)

    def _field(self, node: ast.expr) -> Field:
        parts: list[str] = []
        whole = node
        while not isinstance(node, ast.Name):
            if isinstance(node, ast.Attribute):
                # As it is typed: Python changes some letters of names into others that look alike.
                after = self._text[self._span(node.value)[1] : self._span(node)[1]]
                parts.append(after.strip().removeprefix(".").strip())
                node = node.value
            elif isinstance(node, ast.Subscript) and self._span(node.slice) in self._quoted:
                parts.append(self._quoted[self._span(node.slice)])
                node = node.value
            elif isinstance(node, ast.Subscript):
                raise self._error('Write the name in quotes: ["…"].', node.slice)
            else:
                raise self._unsupported(node)
        start, end = self._span(node)
        parts.append(self._text[start:end])
        return field_of(parts[::-1], *self._span(whole))

    def _number(self, node: ast.expr, number: float) -> float | int:
        if isinstance(number, int) and abs(number) > FIRST_SHARED and exact_digits(number) is None:
            raise self._error("The number is too large.", node)
        return number

    def _count(self, node: ast.expr) -> None:
        self._conditions += 1
        if self._conditions > MAX_CONDITIONS:
            raise self._error(_TOO_MANY, node)

    def _span(self, node: ast.expr) -> tuple[int, int]:
        end = node.end_col_offset
        return self._places[node.col_offset], self._places[node.col_offset if end is None else end]

    def _error(self, message: str, node: ast.expr) -> FilterError:
        return FilterError(message, *self._span(node))

    def _unsupported(self, node: ast.expr) -> FilterError:
        if isinstance(node, (ast.BinOp, ast.UnaryOp)):
            return self._error("A query does not calculate. Compare a field with a value or with another field.", node)
        return self._error("This has no place in a query. A query compares fields with values.", node)
