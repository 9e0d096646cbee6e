"""Turns what a query asks into SQL. Every condition is true or false of a run, and never unknown."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Float, and_, case, cast, exists, false, func, literal, not_, or_

from kedro_viz.analysis.run_columns import ColumnKind
from kedro_viz.store.dialect import first_written, holds_text, json_elements, written_twice
from kedro_viz.store.query.language.tree import (
    AllOf,
    AnyOf,
    BeginsOrEnds,
    Compare,
    CompareFields,
    Condition,
    Contains,
    Field,
    IsThere,
    Negation,
    OneOf,
    Operator,
    TextEnd,
    Tree,
    Value,
    Words,
)
from kedro_viz.store.query.number_comparison import (
    SQL_OPERATORS,
    View,
    compared_number,
    compared_numbers,
    needs_digits,
)
from kedro_viz.store.query.stored_fields import Test, Views, stored, written_as_json
from kedro_viz.store.query.words import holding_words


def compile_condition(condition: Tree, one_by_one: bool = False) -> ColumnElement[bool]:
    """A condition on the table `runs`.

    Args:
        condition: What is asked.
        one_by_one: Look up what each run has, for who goes through few runs. Otherwise all runs of which a part of it
            is true are found once.
    """

    def compiled(part: Condition) -> ColumnElement[bool]:
        return compile_condition(part, one_by_one)

    def field_holds(field: Field, test: Test) -> ColumnElement[bool]:
        return stored(field, one_by_one).holds(test)

    match condition:
        case Words(words):
            return holding_words(words, one_by_one)
        case AllOf(parts):
            return and_(*map(compiled, parts))
        case AnyOf(parts):
            return or_(false(), *map(compiled, parts))
        case Negation(part):
            return not_(compiled(part))
        case Compare(field, operator, value):
            return field_holds(field, lambda views: _compared(views, operator, value))
        case OneOf(field, values):
            return field_holds(field, lambda views: _one_of(views, values))
        case Contains(field, value):
            is_set = field.kind is ColumnKind.TAGS
            return field_holds(field, lambda views: (_is_member if is_set else _contains)(views, value))
        case BeginsOrEnds(field, end, text):
            return field_holds(field, lambda views: _begins_or_ends(views, end, text))
        case IsThere(field):
            return field_holds(field, lambda views: views.present)
        case CompareFields(left, operator, right):
            return _compared_fields(stored(left, one_by_one).views(), operator, stored(right, one_by_one).views())


def _compared(views: Views, operator: Operator, value: Value) -> ColumnElement[bool]:
    if operator is Operator.DIFFERENT:
        return and_(views.present, not_(_compared(views, Operator.EQUAL, value)))
    if operator is Operator.EQUAL and isinstance(value, str) and views.written is not None:
        return views.written == written_as_json(value)
    if isinstance(value, (bool, str)):
        view = views.boolean if isinstance(value, bool) else views.text
        return false() if view is None else and_(view.is_not(None), SQL_OPERATORS[operator](view, literal(value)))
    if views.number is None:
        return false()
    return and_(views.number.is_not(None), compared_number(views.number, views.digits, operator, value))


def _one_of(views: Views, values: tuple[Value, ...]) -> ColumnElement[bool]:
    texts = [value for value in values if isinstance(value, str)]
    numbers = [value for value in values if not isinstance(value, (str, bool))]
    # To Python, 1 and True are the same member of a set.
    truths = {value for value in values if isinstance(value, bool)}
    conditions = [_compared(views, Operator.EQUAL, value) for value in sorted(truths)]
    if texts and views.written is not None:
        conditions.append(views.written.in_(list(map(written_as_json, texts))))
    elif texts and views.text is not None:
        conditions.append(and_(views.text.is_not(None), views.text.in_(texts)))
    short = [number for number in numbers if not needs_digits(number)]
    if short and views.number is not None:
        conditions.append(and_(views.number.is_not(None), views.number.in_(short)))
    conditions += [_compared(views, Operator.EQUAL, number) for number in numbers if needs_digits(number)]
    return or_(false(), *conditions)


def _contains(views: Views, value: Value) -> ColumnElement[bool]:
    conditions = [] if views.array is None else [_has_element(views.array, value)]
    if isinstance(value, str) and views.text is not None:
        conditions.append(and_(views.text.is_not(None), holds_text(views.text, value)))
    return or_(false(), *conditions)


def _has_element(array: View, value: Value) -> ColumnElement[bool]:
    values = func.coalesce(array, "[]")
    element = json_elements(values)
    if isinstance(value, bool):
        return exists().where(element.c.type == ("true" if value else "false"))
    if isinstance(value, str):
        return exists().where(element.c.type == "text", element.c.atom == literal(value))
    digits = case((element.c.type == "integer", first_written(written_twice(values, element.c.fullkey))))
    is_same = compared_number(cast(element.c.atom, Float), digits, Operator.EQUAL, value)
    return exists().where(element.c.type.in_(["integer", "real"]), is_same)


def _is_member(views: Views, value: Value) -> ColumnElement[bool]:
    """Whether a row of a set is that member. A project has one spelling of a tag."""
    return false() if views.text is None else and_(views.present, func.lower(views.text) == func.lower(literal(value)))


def _begins_or_ends(views: Views, end: TextEnd, text: str) -> ColumnElement[bool]:
    if views.text is None:
        return false()
    held = holds_text(views.text, text, begins=end is TextEnd.START, ends=end is TextEnd.END)
    return and_(views.text.is_not(None), held)


def _compared_fields(left: Views, operator: Operator, right: Views) -> ColumnElement[bool]:
    if operator is Operator.DIFFERENT:
        return and_(left.present, right.present, not_(_compared_fields(left, Operator.EQUAL, right)))
    pairs = ((left.text, right.text), (left.boolean, right.boolean))
    # What is compared with NULL is NULL. To ask for that first would look each value up once more.
    conditions = [
        func.coalesce(SQL_OPERATORS[operator](first, second), False)
        for first, second in pairs
        if first is not None and second is not None
    ]
    if left.number is not None and right.number is not None:
        same = compared_numbers(left.number, left.digits, operator, right.number, right.digits)
        conditions.insert(0, func.coalesce(same, False))
    return or_(false(), *conditions)
