"""Secrets that a text shows by their surroundings: in URLs, headers and commands, private keys, and pairs for a login.

Each pattern is bounded or begins only where the one before it ended: a hostile text of a megabyte must not hold up
anyone's run. In each, `secret` is what is replaced, and what is `before` and `after` it stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kedro_viz.tracking.secrets.lazy_pattern import LazyPattern
from kedro_viz.tracking.secrets.secret_names import is_secret_in_code

# A password in a URL may hold an `@`; the host follows the last one. It may hold a `/` too, unless it looks like a
# port: `https://host:8080/a@b`.
_URL_PASSWORD = LazyPattern(
    r"(?P<before>(?<![A-Za-z0-9+.\-])[A-Za-z][A-Za-z0-9+.\-]{0,40}://[^\s:/@'\"]{0,200}:)"
    r"(?P<secret>[^\s/'\"]{1,1000}(?=@)|(?!\d{1,5}/|\$?\{)(?:(?!://)[^\s?'\"]){1,1000}(?=@))(?P<after>@)"
)
# A long user name with a digit and without a password is a token: `https://<token>@example.org/repository.git`.
_URL_TOKEN = LazyPattern(
    r"(?P<before>(?<=[A-Za-z0-9]://))(?=[A-Za-z_\-]{0,200}\d)(?P<secret>[A-Za-z0-9_\-]{20,200})(?P<after>@)"
)
_URL_SECRET = LazyPattern(
    r"(?P<before>[?&#](?:sig|signature|token|access_token|refresh_token|id_token|auth_token|private_token|auth|code|"
    r"client_secret|api_key|apikey|api-key|x-api-key|app_key|subscription-key|key|password|passwd|pwd|pass|secret|"
    r"AWSAccessKeyId|X-(?:Amz|Goog)-(?:Signature|Credential|Security-Token))=)(?P<secret>[^&\s'\"]+)(?P<after>)",
    re.IGNORECASE,
)
# Whoever knows such an address may write there.
_WEBHOOK = LazyPattern(
    r"(?P<before>://(?:hooks\.slack\.com/(?:services|workflows|triggers)|discord(?:app)?\.com/api/webhooks"
    r"|hooks\.zapier\.com/hooks/catch|[A-Za-z0-9-]{1,60}\.webhook\.office\.com/webhookb2)/)"
    r"(?P<secret>[A-Za-z0-9@/_\-]{8,})(?P<after>)"
)
# What an HTTP header's authorization says, where it does not look like words.
_BEARER = LazyPattern(
    r"(?P<before>bearer[ \t]{1,10})(?=[a-z._~+/\-]{0,200}\d)(?P<secret>[a-z0-9._~+/=\-]{16,})(?P<after>)",
    re.IGNORECASE,
)
_BASIC = LazyPattern(
    r"(?P<before>[Bb]asic[ \t]{1,10})(?=[A-Za-z+/]{0,200}(?:[\d=]|[a-z][A-Z]))"
    r"(?P<secret>(?:[A-Za-z0-9+/]{4}){2,}(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)"
    r"(?![A-Za-z0-9+/=]))(?P<after>)"
)
# A private key in its usual text form, also where code or JSON quotes its lines.
_PRIVATE_KEY = LazyPattern(
    r"(?P<before>-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----)"
    r"(?P<secret>(?:[\s\\\"'+,]{0,20}(?:[A-Za-z-]{1,30}: [^\n]{1,100}|[A-Za-z0-9+/=]{16,}))+"
    r"(?:[\s\\\"'+,]{0,20}[A-Za-z0-9+/=]{1,80}(?=[\s\\\"'+,n]{0,20}-----END))?)(?P<after>)"
)
_URLS = (_URL_PASSWORD, _URL_TOKEN, _WEBHOOK)

# Quotes may be escaped, as in a line of a notebook's file.
_QUOTED = r"[bru]{0,2}\\{0,2}(?:'[^'\n]{0,200}'|\"[^\"\n]{0,200}\")"
# `requests.get(url, auth=("me", "password"))`, `"auth": ["me", "password"]`, `HTTPBasicAuth(user, "password")`.
_AUTH_PAIR = LazyPattern(
    r"(?P<before>(?:auth['\"]?\s{0,3}[=:]\s{0,3}[(\[]|Auth\(|\.login\(|\.authenticate\()\s{0,20}"
    rf"(?:{_QUOTED}|[A-Za-z_][\w.\[\]]{{0,100}})\s{{0,20}},\s{{0,20}}[bru]{{0,2}}\\{{0,2}}(?P<quote>['\"]))"
    r"(?P<secret>[^'\"\n]{1,200}?)(?P<after>\\{0,2}(?P=quote))"
)
# `auth: me:password`
_AUTH_TEXT = LazyPattern(
    r"(?P<before>\bauth['\"]?\s{0,3}[:=]\s{0,3}['\"]?[\w.@\-]{1,100}:)(?P<secret>[^\s'\"/:,;(){}\[\]<>]{3,200})(?P<after>)"
)
# `{"name": "DB_PASSWORD", "value": "…"}`, and the value before the name.
_NAMING = r"['\"]?\b(?:name|key|variable|var|env|parameter|param|option|field|header|id)['\"]?\s{0,3}[:=]\s{0,3}"
_VALUE = r"['\"]?\b(?:value|val|default|content)['\"]?\s{0,3}[:=]\s{0,3}"
_NAME_AND_VALUE = LazyPattern(
    rf"(?P<before>{_NAMING}['\"](?P<name>[\w.\- ]{{2,100}})['\"]\s{{0,20}},?\s{{0,20}}{_VALUE}(?P<quote>['\"]))"
    r"(?P<secret>[^'\"\n]{1,500})(?P<after>(?P=quote))",
    re.IGNORECASE,
)
_VALUE_AND_NAME = LazyPattern(
    rf"(?P<before>{_VALUE}(?P<quote>['\"]))(?P<secret>[^'\"\n]{{1,500}})"
    rf"(?P<after>(?P=quote)\s{{0,20}},?\s{{0,20}}{_NAMING}['\"](?P<name>[\w.\- ]{{2,100}})['\"])",
    re.IGNORECASE,
)
# `<SecretAccessKey>…</SecretAccessKey>`, as services answer.
_ELEMENT = LazyPattern(
    r"(?P<before><(?P<name>[A-Za-z_][\w.:\-]{1,60})(?:\s[^<>]{0,200})?>)(?P<secret>[^<>]{1,500})(?P<after></)"
)
# `wandb.login(key="…")`, `huggingface_hub.login("hf_…")`.
_LOGIN_CALL = LazyPattern(
    r"(?P<before>\blogin\([^()'\"\n]{0,100}(?:\bkey\s{0,3}=\s{0,3}|(?<=\())\\{0,2}['\"])(?P<secret>[^'\"\s]{12,500}?)"
    r"(?P<after>\\{0,2}['\"]\s{0,3}[,)])"
)

_WORD = r"[^\s'\"|;&<>]"
_OPTIONS = rf"(?:[ \t]{{1,5}}--?[A-Za-z][\w\-]{{0,40}}(?:=\S{{1,200}})?|[ \t]{{1,5}}https?://{_WORD}{{1,200}}){{0,6}}"
# By a text that each of them needs, in small letters.
_COMMANDS = {
    "login": (
        # `wandb login KEY`
        LazyPattern(
            rf"(?P<before>\b(?:wandb|vault|aim|comet|clearml|modal|snyk|dagshub)[ \t]{{1,5}}(?:auth[ \t]{{1,5}})?login"
            rf"{_OPTIONS}[ \t]{{1,5}}['\"]?)(?P<secret>(?![\-\[<$]){_WORD}{{6,500}})(?P<after>)"
        ),
        # `docker login -u me -p PASSWORD`, `prefect cloud login -k KEY`
        LazyPattern(
            r"(?P<before>\blogin\b[^\n|;&]{0,200}?[ \t]-(?:p|k|t)[ \t=]{1,5}['\"]?)"
            rf"(?P<secret>(?![\-\[<$]){_WORD}{{3,500}})(?P<after>)"
        ),
    ),
    "stdin": (
        # `echo PASSWORD | docker login --password-stdin`
        LazyPattern(
            r"(?P<before>\b(?:echo|printf)[ \t]{1,5}(?:-n[ \t]{1,5})?['\"]?)"
            rf"(?P<secret>(?![\-\[<$]){_WORD}{{4,500}})(?P<after>['\"]?[ \t]{{0,5}}\|[^\n]{{0,200}}stdin)"
        ),
    ),
    "with-token": (
        LazyPattern(
            r"(?P<before>\b(?:echo|printf)[ \t]{1,5}['\"]?)"
            rf"(?P<secret>(?![\-\[<$]){_WORD}{{4,500}})(?P<after>['\"]?[ \t]{{0,5}}\|[^\n]{{0,200}}with-token)"
        ),
        LazyPattern(rf"(?P<before>with-token[ \t]{{0,5}}<<<[ \t]{{0,5}}['\"]?)(?P<secret>{_WORD}{{4,500}})(?P<after>)"),
    ),
    # `curl -u me:PASSWORD`
    **dict.fromkeys(
        ("curl", "wget", "httpie", "http "),
        (
            LazyPattern(
                r"(?P<before>\b(?:curl|wget|https?|httpie)\b[^\n|;]{0,300}?[ \t](?:-u|-a|--user|--auth|--proxy-user|-U)"
                rf"[ \t=]{{0,5}}['\"]?[^\s:'\"]{{0,100}}:)(?P<secret>(?!//)(?![\[<$]){_WORD}{{1,200}})(?P<after>)"
            ),
        ),
    ),
    "sshpass": (
        LazyPattern(rf"(?P<before>\bsshpass[ \t]{{1,5}}-p[ \t]{{0,5}}['\"]?)(?P<secret>{_WORD}{{1,200}})(?P<after>)"),
    ),
    # `twine upload -u me -p PASSWORD`
    "twine": (
        LazyPattern(
            r"(?P<before>\btwine\b[^\n|;&]{0,200}?[ \t]-p[ \t=]{1,5}['\"]?)"
            rf"(?P<secret>(?![\-\[<$]){_WORD}{{3,500}})(?P<after>)"
        ),
    ),
    # `zip -P PASSWORD`, `7z x -pPASSWORD`
    **dict.fromkeys(
        ("zip", "7z"),
        (
            LazyPattern(
                r"(?P<before>\b(?:(?:un)?zip[ \t][^\n|;&]{0,200}?(?<=[ \t])-P[ \t]{0,5}"
                r"|7z[ar]?[ \t][^\n|;&]{0,200}?(?<=[ \t])-p)['\"]?)"
                rf"(?P<secret>(?![\-\[<$]){_WORD}{{2,200}})(?P<after>)"
            ),
        ),
    ),
    # `mysql -u me -pPASSWORD`
    **dict.fromkeys(
        ("mysql", "mariadb"),
        (
            LazyPattern(
                r"(?P<before>\b(?:mysql(?:dump|admin|import)?|mariadb(?:-dump)?)[ \t][^\n|;]{0,200}?(?<=[ \t])-p['\"]?)"
                rf"(?P<secret>(?![\[<$]){_WORD}{{2,200}})(?P<after>)"
            ),
        ),
    ),
    **dict.fromkeys(
        ("mongo", "sqlcmd", "bcp ", "redis-cli", "snowsql", "exasol"),
        (
            LazyPattern(
                r"(?P<before>\b(?:mongo(?:sh|dump|restore|import|export)?[ \t][^\n|;]{0,200}?(?<=[ \t])-p"
                r"|(?:sqlcmd|bcp|exaplus)[ \t][^\n|;]{0,200}?(?<=[ \t])-P"
                rf"|redis-cli[ \t][^\n|;]{{0,200}}?(?<=[ \t])-a)[ \t]{{0,5}}['\"]?)"
                rf"(?P<secret>(?![\-\[<$]){_WORD}{{2,200}})(?P<after>)"
            ),
        ),
    ),
    # `openssl … -passin pass:PASSWORD`, `keytool -storepass PASSWORD`
    "pass": (
        LazyPattern(rf"(?P<before>-pass(?:in|out)?[ \t]{{1,5}}['\"]?pass:)(?P<secret>{_WORD}{{1,200}})(?P<after>)"),
        LazyPattern(rf"(?P<before>-(?:store|key)pass[ \t]{{1,5}}['\"]?)(?P<secret>{_WORD}{{1,200}})(?P<after>)"),
    ),
}
# A name and a value with a blank between them: `%env NAME VALUE`, `aws configure set NAME VALUE`.
_SET = LazyPattern(
    r"(?P<before>(?:%(?:set_)?env|\bENV|\bsetenv|\bsetx|\bset(?:[ \t]{1,5}--?[A-Za-z]{1,9}){1,3}"
    r"|\b(?:configure|config|secrets?|variables?|env|local)[ \t]{1,5}(?:set|add)"
    r"|\bmodify(?:[ \t]{1,5}--local)?[ \t]{1,5}[\w\-]{1,50})[ \t]{1,5}(?P<name>[\w.:/\-]{1,200})[ \t]{1,5}['\"]?)"
    r"(?P<secret>(?![\-\[<$=])[^\s'\"|;&<>]{1,500})(?P<after>)"
)
_SET_MARKS = ("%env", "%set_env", "ENV", "setenv", "setx", "set -", " set ", " add ", "modify")


def shapes_in(text: str) -> Iterator[LazyPattern]:
    """The patterns that may find something in a text."""
    if "://" in text:
        yield from _URLS
    if "=" in text:
        yield _URL_SECRET
    lowered = text.lower()
    if "bearer" in lowered:
        yield _BEARER
    if "basic" in lowered:
        yield _BASIC
    if "PRIVATE KEY" in text:
        yield _PRIVATE_KEY
    if "auth" in lowered or ".login(" in text:
        yield _AUTH_PAIR
    if "auth" in text:
        yield _AUTH_TEXT
    if "val" in lowered or "default" in lowered or "content" in lowered:
        yield _NAME_AND_VALUE
        yield _VALUE_AND_NAME
    if "</" in text:
        yield _ELEMENT
    if "login(" in text:
        yield _LOGIN_CALL
    for mark, patterns in _COMMANDS.items():
        if mark in lowered:
            yield from patterns
    if any(mark in text for mark in _SET_MARKS):
        yield _SET


def replace_shapes(text: str, replacement: str, is_placeholder: Callable[[str], bool]) -> str:
    """The text without these secrets.

    Args:
        text: Any text.
        replacement: What stands for a secret, with the line breaks that were in it.
        is_placeholder: Whether what stands in a secret's place is none and stays.
    """

    def replace(found: re.Match[str]) -> str:
        secret = found["secret"]
        if is_placeholder(secret) or secret.startswith(replacement):
            return found[0]
        if "name" in found.re.groupindex and not is_secret_in_code(found["name"].rsplit("/", 1)[-1]):
            return found[0]
        return found["before"] + replacement + "\n" * secret.count("\n") + found["after"]

    for shape in shapes_in(text):
        text = shape.sub(replace, text)
    return text
