"""What the team tried, in which order, and what it wrote about it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from demo_project.pipelines.data_ingestion.nodes import DataQualityError
from demo_project.pipelines.feature_engineering.nodes import UnknownFeatureError

LAST_DAY = 90

Value = int | float | bool | list[str]

_CROWNS = "data_ingestion.exchange_rates.LUN"
_MAX_MISSING = "data_ingestion.max_missing_share"
_USE = "feature_engineering.selection.use."
_WITHOUT = "feature_engineering.selection.without"
_SPLIT = "modelling.split."
_LINEAR = "modelling.linear_regression.options.regularisation"
_FOREST = "modelling.random_forest.options."
_BOOSTING = "modelling.gradient_boosting.options."

_MIRA, _JONAS, _ADAEZE = "mira.solberg", "jonas.weber", "adaeze.obi"


@dataclass(frozen=True)
class Experiment:
    """One run of the story.

    Attributes:
        author: Who ran it.
        branch: The git branch that was checked out.
        day: The day of the story, from 0 to `LAST_DAY`.
        changes: Parameters that differ from `conf/base`, by dotted name, as `kedro run --params` takes them.
        pipeline: The registered pipeline, if not the whole road.
        title: What the run was called afterwards, if anything.
        notes: What was written about it. May name metrics of the run, which are filled in once they are known:
            `{linear[r2_score]:.3f}`, and so `forest` and `boosting`.
        bookmark: Whether it was bookmarked.
        fails: The error that it must end with, if it does not succeed.
    """

    author: str
    branch: str
    day: int
    changes: Mapping[str, Value] = field(default_factory=dict)
    pipeline: str | None = None
    title: str | None = None
    notes: str | None = None
    bookmark: bool = False
    fails: type[Exception] | None = None


_FIRST_DRAFT: dict[str, Value] = {_CROWNS: 1.0, _USE + "age": False, _USE + "company": False, _USE + "reviews": False}
_WITH_COMPANY: dict[str, Value] = {_CROWNS: 1.0, _USE + "age": False, _USE + "reviews": False}
_WITH_AGE: dict[str, Value] = {_CROWNS: 1.0, _USE + "reviews": False}

_TUNED_FOREST: dict[str, Value] = {_FOREST + "max_depth": 16, _FOREST + "min_samples_leaf": 2}
_TUNED: dict[str, Value] = {
    **_TUNED_FOREST,
    _BOOSTING + "max_depth": 5,
    _BOOSTING + "n_estimators": 300,
    _BOOSTING + "learning_rate": 0.05,
    _BOOSTING + "subsample": 0.9,
}

# Who worked on what.
_mira_on_main = partial(Experiment, _MIRA, "main")
_quality_gate = partial(Experiment, _JONAS, "feature/quality-gate")
_company_data = partial(Experiment, _ADAEZE, "feature/company-data")
_age = partial(Experiment, _MIRA, "feature/age")
_reviews = partial(Experiment, _ADAEZE, "feature/reviews")
_currency = partial(Experiment, _JONAS, "fix/currency")
_random_forest = partial(Experiment, _JONAS, "tune/random-forest")
_boosting = partial(Experiment, _ADAEZE, "tune/boosting")
_fewer_features = partial(Experiment, _JONAS, "chore/fewer-features")
_other_splits = partial(Experiment, _MIRA, "check/other-splits")
_search = partial(Experiment, _ADAEZE, "tune/random-search")

_BEFORE_THE_SEARCH = [
    # A first draft, on the vehicle's own data
    _mira_on_main(
        0,
        _FIRST_DRAFT,
        title="First draft",
        notes="Vehicle data only. A straight line explains {linear[r2_score]:.0%} of the price, boosted trees "
        "{boosting[r2_score]:.0%}. The baseline for everything that follows.",
        bookmark=True,
    ),
    _mira_on_main(1, {**_FIRST_DRAFT, _SPLIT + "random_state": 2}),
    _mira_on_main(1, {**_FIRST_DRAFT, _SPLIT + "test_size": 0.3}, title="Larger test set"),
    _quality_gate(
        4,
        {**_FIRST_DRAFT, _MAX_MISSING: 0.05},
        title="Quality gate at 5 %",
        notes="Too strict: a tenth of the shuttles has no price or no review. Asking the sellers what is normal.",
        fails=DataQualityError,
    ),
    _quality_gate(
        5,
        {**_FIRST_DRAFT, _MAX_MISSING: 0.12},
        title="Quality gate at 12 %",
        notes="12 % is what the sellers call normal. Scores unchanged, as they should be.",
    ),
    # More features, one group at a time
    _company_data(8, _WITH_COMPANY, title="+ company data"),
    _company_data(
        9,
        {**_WITH_COMPANY, _LINEAR: 1000.0},
        notes="Strong regularisation only hurts the line: {linear[r2_score]:.3f}.",
    ),
    _company_data(9, {**_WITH_COMPANY, _LINEAR: 100.0}),
    _age(
        14,
        _WITH_AGE,
        title="+ age",
        notes="Age was missing all along. The forest is at {forest[r2_score]:.3f}.",
    ),
    _age(15, {**_WITH_AGE, _SPLIT + "random_state": 3}),
    _reviews(
        17,
        {_CROWNS: 1.0, _WITHOUT: ["crew_servise"]},
        title="Reviews without crew service",
        notes="A typing error. The next one says what I meant.",
        fails=UnknownFeatureError,
    ),
    _reviews(17, {_CROWNS: 1.0, _WITHOUT: ["crew_service"]}),
    _reviews(18, {_CROWNS: 1.0}, title="+ reviews"),
    # The data issue
    _currency(
        23,
        {_CROWNS: 0.5},
        notes="One seller lists prices in lunar crowns, and we took them for euros. First try with a round rate.",
    ),
    _currency(
        24,
        title="Prices in crowns converted",
        notes="The official rate, 0.45. Mean error of the boosted trees down to €{boosting[mae]:,.0f}. "
        "Runs before this one are not comparable: their prices were wrong.",
        bookmark=True,
    ),
    _mira_on_main(25, title="Main, with the currency fixed"),
    # The forest
    _random_forest(30, {_FOREST + "max_depth": 4}, "modelling"),
    _random_forest(30, {_FOREST + "max_depth": 12}, "modelling"),
    _random_forest(31, {_FOREST + "max_depth": 20, _FOREST + "max_features": 0.4}),
    _random_forest(
        31,
        {_FOREST + "max_depth": 16, _FOREST + "min_samples_leaf": 2, _FOREST + "n_estimators": 160},
        title="More and deeper trees",
        notes="160 trees instead of 100 cost time and bring nothing.",
    ),
    _random_forest(
        32,
        _TUNED_FOREST,
        title="Forest tuned",
        notes="Leaves of two rows, depth 16: {forest[r2_score]:.3f}. It knows the training rows almost by heart "
        "({forest[training_r2_score]:.3f}), and still does best on the others.",
    ),
    # Boosting
    _boosting(
        38,
        {**_TUNED_FOREST, _BOOSTING + "learning_rate": 0.5},
        "modelling",
        notes="Far too fast: {boosting[r2_score]:.3f}.",
    ),
    _boosting(
        38,
        {**_TUNED_FOREST, _BOOSTING + "learning_rate": 0.02},
        "modelling",
        notes="Too slow for 100 trees: {boosting[r2_score]:.3f}.",
    ),
    _boosting(39, {**_TUNED_FOREST, _BOOSTING + "max_depth": 8}, "modelling"),
    _boosting(
        40,
        {**_TUNED_FOREST, _BOOSTING + "max_depth": 2, _BOOSTING + "n_estimators": 300},
        "modelling",
    ),
    _boosting(
        44,
        {**_TUNED_FOREST, _BOOSTING + "max_depth": 4, _BOOSTING + "n_estimators": 200, _BOOSTING + "subsample": 0.8},
        title="Boosting, depth 4",
    ),
    _boosting(
        45,
        {**_TUNED_FOREST, _BOOSTING + "max_depth": 5, _BOOSTING + "n_estimators": 200},
        title="Boosting, depth 5",
        notes="Depth 5 is where it pays: {boosting[r2_score]:.3f}.",
        bookmark=True,
    ),
]

_AFTER_THE_SEARCH = [
    # A step back
    _fewer_features(
        61,
        {**_TUNED, _WITHOUT: ["age"]},
        title="Without age",
        notes="The build year is awkward to collect, so: can we do without? No. {boosting[r2_score]:.3f}, "
        "and the mean error is €{boosting[mae]:,.0f}.",
        bookmark=True,
    ),
    _fewer_features(
        62,
        {**_TUNED, _WITHOUT: ["cargo_per_seat"]},
        title="Without cargo per seat",
        notes="This one can go, if we must: {boosting[r2_score]:.3f}.",
    ),
    Experiment(_JONAS, "main", 63, _TUNED, title="Age is back"),
    # Does it hold?
    _other_splits(
        70,
        {**_TUNED, _SPLIT + "random_state": 2},
        notes="Other shuttles in the test set, same model: {boosting[r2_score]:.3f}.",
    ),
    _other_splits(70, {**_TUNED, _SPLIT + "random_state": 3}),
    _other_splits(
        71,
        {**_TUNED, _SPLIT + "random_state": 5, _SPLIT + "test_size": 0.25},
        title="Splits: how far they lie apart",
        notes="The draw of the test set moves R² more than our last changes did. Compare only runs of the same split.",
    ),
    Experiment(_ADAEZE, "release/1.0", 82, {**_TUNED, _BOOSTING + "random_state": 7}),
    Experiment(
        _MIRA,
        "release/1.0",
        LAST_DAY,
        _TUNED,
        title="Release 1.0",
        notes="Goes live on Monday.\n\n"
        "- gradient boosting: R² {boosting[r2_score]:.3f}, mean error €{boosting[mae]:,.0f}\n"
        "- random forest: R² {forest[r2_score]:.3f}\n"
        "- straight line: R² {linear[r2_score]:.3f}\n",
        bookmark=True,
    ),
]

STORY_LENGTH = 40
_SEARCH_DAYS = (48, 57)


def experiments(count: int, seed: int) -> list[Experiment]:
    """Tell the story in so many runs.

    Args:
        count: How many runs. Fewer than the whole story has are taken evenly from it, first and last included, and
            run the whole road, since the run that would have prepared their data may be left out. More make the
            random search in its middle longer.
        seed: Of the random search.

    Returns:
        The experiments in the order of their days.
    """
    told = len(_BEFORE_THE_SEARCH) + len(_AFTER_THE_SEARCH)
    search = _random_search(max(count, STORY_LENGTH) - told, random.Random(seed))
    story = [*_BEFORE_THE_SEARCH, *search, *_AFTER_THE_SEARCH]
    if count >= len(story):
        return story
    step = (len(story) - 1) / max(count - 1, 1)
    return [replace(story[round(place * step)], pipeline=None) for place in range(count)]


def _random_search(count: int, rng: random.Random) -> list[Experiment]:
    first, last = _SEARCH_DAYS
    return [
        _search(
            first + (last - first) * place // count,
            {
                **_TUNED_FOREST,
                _BOOSTING + "max_depth": rng.choice([3, 4, 5, 6]),
                _BOOSTING + "n_estimators": rng.choice([120, 160, 200, 240, 280]),
                _BOOSTING + "learning_rate": round(rng.uniform(0.04, 0.16), 3),
                _BOOSTING + "subsample": round(rng.uniform(0.5, 0.75), 2),
            },
            "modelling",
            title=f"Random search {place + 1} of {count}",
        )
        for place in range(count)
    ]
