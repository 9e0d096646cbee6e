"""Pages that are there before the app is: without scripts, fonts and pictures of their own."""

from __future__ import annotations

import html

from starlette.responses import HTMLResponse

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

_STYLE = """
:root { color-scheme: light dark; --page: #f8f8fa; --card: #fff; --text: #1a1a21; --soft: #4f4f5b; --line: #cfcfd8;
  --accent: #4f46c8; --on-accent: #fff; --danger: #bf2630; --danger-page: #fdecec; --code: #f2f2f5; }
@media (prefers-color-scheme: dark) { :root { --page: #0e0e12; --card: #15151a; --text: #ececf1; --soft: #b3b3bf;
  --line: #3b3b47; --accent: #665ee0; --on-accent: #ffffff; --danger: #ff8a8c;
  --danger-page: #331a1e; --code: #1d1d24; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; background: var(--page);
  color: var(--text); font: 15px/1.55 Inter, system-ui, sans-serif; }
main { width: 100%; max-width: 440px; padding: 28px; background: var(--card); border: 1px solid var(--line);
  border-radius: 10px; overflow-wrap: anywhere; }
.name { display: flex; gap: 8px; align-items: center; margin: 0 0 16px; font-weight: 600; color: var(--soft);
  font-size: 13px; }
h1 { margin: 0 0 8px; font-size: 20px; line-height: 1.3; }
p { margin: 0 0 14px; color: var(--soft); }
p strong { color: var(--text); }
code { font: 13px/1.5 "JetBrains Mono", ui-monospace, monospace; background: var(--code); border-radius: 4px;
  padding: 1px 4px; color: var(--text); }
pre { margin: 0 0 14px; padding: 10px 12px; background: var(--code); border-radius: 6px; white-space: pre-wrap; }
pre code { padding: 0; background: none; }
label { display: block; margin: 18px 0 6px; font-weight: 600; font-size: 13px; }
input { width: 100%; height: 40px; padding: 0 12px; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: 6px; }
button { width: 100%; height: 40px; margin-top: 12px; border: 0; border-radius: 6px; font: inherit; font-weight: 600;
  color: var(--on-accent); background: var(--accent); cursor: pointer; }
input:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.problem { margin: 14px 0 0; padding: 9px 12px; color: var(--danger); background: var(--danger-page);
  border-radius: 6px; }
"""

# The app's icon.
_MARK = (
    '<svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" '
    'fill="#4f46c8"/><path d="M10.5 8v16M10.5 17.5 22 8M15 14l7.5 10" fill="none" stroke="#fff" stroke-width="3" '
    'stroke-linecap="round" stroke-linejoin="round"/></svg>'
)


def plain_page(title: str, body: str, status: int) -> HTMLResponse:
    """A page with a heading and what stands below it.

    Args:
        title: As text.
        body: As HTML; what comes from elsewhere is escaped by the caller.
        status: Of the answer.
    """
    heading = html.escape(title)
    content = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'
        f"<title>{heading} · Kedro-Viz</title><style>{_STYLE}</style></head>"
        f'<body><main><p class="name">{_MARK}Kedro-Viz</p><h1>{heading}</h1>{body}</main></body></html>'
    )
    headers = {
        "Content-Security-Policy": _POLICY,
        "Cache-Control": "no-store",
        # With "no-referrer", a form would be sent with the origin "null".
        "Referrer-Policy": "same-origin",
    }
    return HTMLResponse(content, status, headers=headers)
