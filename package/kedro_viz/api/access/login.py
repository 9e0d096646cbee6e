"""The page that asks for the token."""

from __future__ import annotations

import html

from starlette.responses import HTMLResponse

from kedro_viz.api.access.plain_page import plain_page
from kedro_viz.api.access.token_variable import TOKEN_VARIABLE


def login_page(app: str, place: str, problem: str = "", status: int = 401) -> HTMLResponse:
    """Ask for the token.

    Args:
        app: The address of the app, from the page.
        place: Where to go then, relative to the app.
        problem: What was wrong with the last attempt.
        status: Of the answer.
    """
    said = f'<p class="problem" id="problem" role="alert">{html.escape(problem)}</p>' if problem else ""
    described = ' aria-invalid="true" aria-describedby="problem"' if problem else ""
    body = (
        "<p>This server shows its runs only to people who have its token. Open the link that <code>kedro viz</code> "
        "printed in its terminal, or enter the token: what follows <code>?token=</code> in the link, or the value of "
        f"<code>{TOKEN_VARIABLE}</code>.</p>"
        f'<form method="post" action="{html.escape(app)}">'
        f'<input type="hidden" name="to" value="{html.escape(place)}">'
        '<label for="token">Token</label>'
        '<input id="token" name="token" type="password" required autofocus autocomplete="current-password" '
        f'autocapitalize="off" spellcheck="false"{described}>{said}'
        "<button>Sign in</button></form>"
    )
    return plain_page("Sign in", body, status)
