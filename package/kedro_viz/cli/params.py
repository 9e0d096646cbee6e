"""Reads parameters as Kedro takes them on the command line: `--params "model.rate=0.1,name=forest"`."""

from __future__ import annotations

from typing import Any

import click


# Any: a parameter is of whatever type YAML makes of its text.
def split_params(ctx: click.Context, param: click.Parameter, value: str) -> dict[str, Any]:
    """Turn the option's text into nested parameters.

    Args:
        ctx: Given by click.
        param: Given by click.
        value: Pairs of a key and a value, separated by commas.

    Raises:
        click.BadParameter: If a pair has no `=`, or nothing before it.
    """
    pairs = [pair.strip() for pair in value.split(",") if pair.strip()]
    for pair in pairs:
        key, equals, _ = pair.partition("=")
        if not equals or not key.strip():
            raise click.BadParameter(f"`{pair}` is not of the form key=value.", ctx, param)
    if not pairs:
        return {}

    from omegaconf import OmegaConf

    split = (pair.partition("=") for pair in pairs)
    parameters = OmegaConf.to_object(OmegaConf.from_dotlist([f"{key.strip()}={text}" for key, _, text in split]))
    return {str(key): inner for key, inner in parameters.items()} if isinstance(parameters, dict) else {}
