"""Finds access keys by their shape alone, whatever name they have.

Most services begin their keys with a fixed text, so that they can be recognised. The formats that detect-secrets knows
are in `detect_secrets_formats`; those below are our own, from what the services document.

Only the long words of a text are searched for these beginnings, and only the patterns whose beginning is there are
compiled and applied: a run without keys pays for neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kedro_viz.tracking.secrets.detect_secrets_formats import FORMATS
from kedro_viz.tracking.secrets.lazy_pattern import LazyPattern

_ALONE = r"(?<![A-Za-z0-9])"
_BASE62 = r"[A-Za-z0-9]"
_WORD = r"[A-Za-z0-9_]"
_URL_SAFE = r"[A-Za-z0-9_\-]"
_BASE64 = r"[A-Za-z0-9+/=_\-]"
# Words joined by hyphens or underscores are no key, such as `sk-learn-pipeline-with-scaling`.
_RANDOM = r"(?=[A-Za-z0-9_\-]{0,80}(?:\d|[A-Z])|[A-Za-z0-9_\-]{0,80}[a-z]{18})"


def _begin(prefixes: str, characters: str, at_least: int, before: str = "") -> list[tuple[tuple[str, ...], str]]:
    """Formats of keys that are a fixed beginning and then at least so many characters of a kind."""
    return [
        ((prefix,), rf"{_ALONE}{re.escape(prefix)}{before}{characters}{{{at_least},}}") for prefix in prefixes.split()
    ]


# Models, data and experiments.
_MACHINE_LEARNING = [
    *_begin("hf_ api_org_", _BASE62, 20),
    *_begin("sk-", _URL_SAFE, 20, _RANDOM),
    *_begin("gsk_ r8_ tgp_v1_ jina_ csk- tvly- pplx- xai- nvapi- fw_ voyage- pa-", _URL_SAFE, 24, _RANDOM),
    *_begin("AIza", _URL_SAFE, 35),
    *_begin("ya29. ABSK", _BASE64, 20),
    *_begin("lsv2_pt_ lsv2_sk_ pcsk_ e2b_ wandb_v1_ KGAT_ dapi dkea dose", _WORD, 24, r"(?=\w{0,80}\d)"),
    *_begin("pnu_ pnb_ apify_api_ astro_", _BASE62, 24),
    (("AstraCS:",), rf"{_ALONE}AstraCS:[A-Za-z0-9:_\-]{{20,}}"),
]
# Where code and packages are kept, built and deployed.
_CODE = [
    *_begin("ghp_ gho_ ghu_ ghs_ ghr_", _WORD, 20),
    *_begin("github_pat_", _WORD, 20),
    *_begin("glpat- gldt- glft- glsoat- glrt- glcbt- glimt- glptt- glagent- gloas- glffct-", _URL_SAFE, 16, _RANDOM),
    *_begin("ATATT ATCTT ATSTT", r"[A-Za-z0-9_=\-]", 16),
    *_begin("ATBB", _BASE62, 24),
    *_begin("npm_", _BASE62, 20),
    *_begin("pypi-AgE", _URL_SAFE, 13),
    *_begin("pypi-", _URL_SAFE, 24, r"(?=[A-Za-z_\-]{0,80}\d)(?=[a-z0-9_\-]{0,80}[A-Z])"),
    *_begin("rubygems_ oy2 CLOJARS_", _BASE62, 40),
    *_begin("dckr_pat_ dckr_oat_", _URL_SAFE, 16),
    *_begin("AKCp cmVmdGtu", _BASE62, 32),
    *_begin("sqp_ squ_ sqa_ sntryu_ sntrys_ CCIPAT_ CCIPRJ_ bkua_ pul-", _BASE64, 32, _RANDOM),
    *_begin("NRAK- NRII- NRJS- NRAA-", _URL_SAFE, 18),
    *_begin("glsa_ glc_ lin_api_ lin_oauth_ figd_ PMAK- phx_ phs_", _BASE64, 24, _RANDOM),
    *_begin("dt0c01. dt0s01.", r"[A-Z0-9.]", 24),
]
# Clouds, platforms and databases.
_CLOUDS = [
    (("AKIA", "ASIA"), r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    *_begin("GOCSPX-", _URL_SAFE, 20),
    (("1//0",), rf"{_ALONE}1//0{_URL_SAFE}{{30,}}"),
    *_begin("dop_v1_ doo_v1_ dor_v1_", _BASE62, 24),
    *_begin("hvs. hvb. hvr.", _URL_SAFE, 20, _RANDOM),
    (("atlasv1.",), rf"{_ALONE}{_BASE62}{{14}}\.atlasv1\.{_BASE64}{{40,}}"),
    *_begin("dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.", r"[A-Za-z0-9_.\-]", 32, _RANDOM),
    *_begin("sbp_ sb_secret_ pscale_tkn_ pscale_pw_ pscale_oauth_ nfp_ vcp_ vck_ rnd_ napi_", _URL_SAFE, 24, _RANDOM),
    *_begin("fo1_ fm1r_ fm2_ HRKU-", _BASE64, 24, _RANDOM),
    *_begin("LTAI", _BASE62, 16, r"(?=[A-Za-z]{0,40}\d)"),
    *_begin("ops_eyJ", _BASE64, 40),
    *_begin("AGE-SECRET-KEY-1", r"[0-9A-Z]", 40),
    # A client secret of Azure.
    (("Q~",), r"(?<![A-Za-z0-9_~.\-])[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.\-]{31,34}(?![A-Za-z0-9_~.\-])"),
    # What Azure generates for storage accounts, event hubs and the like.
    (
        ("+ASt", "AzCa", "AzSe", "AIoT", "+ACR", "ACDb"),
        r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{33,76}(?:\+ASt|AzCa|AzSe|AIoT|\+ACR|ACDb)[A-Za-z0-9+/]{4,8}={0,2}(?![A-Za-z0-9+/=])",
    ),
]
# Messages, mail, shops and payments.
_SERVICES = [
    (("xox", "xapp-"), r"(?<![A-Za-z0-9-])(?:xox[a-z]|xapp)(?:\.xox[a-z])?-[A-Za-z0-9-]{10,}"),
    (("SG.",), rf"{_ALONE}SG\.{_URL_SAFE}{{16,}}\.{_URL_SAFE}{{16,}}"),
    *_begin("xkeysib- xsmtpsib-", _URL_SAFE, 32),
    (("key-",), r"(?<![A-Za-z0-9_\-])key-[0-9a-f]{32}(?![A-Za-z0-9])"),
    (("re_",), rf"(?<![A-Za-z0-9_\-])re_[A-Za-z0-9]{{6,10}}_{_BASE62}{{20,}}"),
    *_begin("sk_test_ rk_test_ sk_live_ rk_live_ sk_prod_ whsec_", _BASE62, 12),
    *_begin("sq0atp- sq0csp- EAAAE", _URL_SAFE, 22),
    *_begin("shpat_ shpca_ shppa_ shpss_ shpua_ shptka_", _BASE62, 20),
    *_begin("EZAK EZTK", _BASE62, 54),
    *_begin("duffel_live_ duffel_test_ fio-u- shippo_live_ shippo_test_ tk-us-", _URL_SAFE, 32, _RANDOM),
    *_begin("ntn_ secret_", _BASE62, 36, r"(?=[A-Za-z]{0,80}\d)"),
    (("pat",), r"(?<![A-Za-z0-9])pat[A-Za-z0-9]{14}\.[a-f0-9]{40,}"),
    (("pat-",), r"(?<![A-Za-z0-9])pat-(?:na|eu|ap)\d-[A-Za-z0-9\-]{30,}"),
    # In the address of a bot, too: `/bot123456:…`.
    ((":AA",), r"(?<!\d)(?:(?<![A-Za-z0-9])|(?<=bot))\d{6,12}:AA[A-Za-z0-9_\-]{20,}"),
    (("/bot",), r"(?<=/bot)\d{6,12}:[A-Za-z0-9_\-]{20,}"),
]
# JSON web tokens.
_TOKENS = [
    (
        ("eyJ",),
        r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{0,1000}",
    ),
]

# What a key consists of. No key is shorter.
_LONG_WORDS = re.compile(r"[A-Za-z0-9_\-.:+/=~]{16,}")


def _by_marks() -> dict[tuple[str, ...], LazyPattern]:
    together: dict[tuple[str, ...], list[str]] = {}
    for marks, pattern in (*FORMATS, *_MACHINE_LEARNING, *_CODE, *_CLOUDS, *_SERVICES, *_TOKENS):
        together.setdefault(marks, []).append(pattern)
    return {marks: LazyPattern("|".join(patterns)) for marks, patterns in together.items()}


_PATTERNS = _by_marks()


def replace_keys(text: str, replace: Callable[[re.Match[str]], str] | str) -> str:
    """The text without access keys.

    Args:
        text: Any text.
        replace: What stands for a key, as `re.sub` takes it.
    """
    long_words = "\n".join(_LONG_WORDS.findall(text))
    if not long_words:
        return text
    for marks, pattern in _PATTERNS.items():
        for mark in marks:
            if mark in long_words:
                break
        else:
            if marks:
                continue
        if pattern.search(long_words):
            text = pattern.sub(replace, text)
    return text
