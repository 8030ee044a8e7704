"""The one HTML page under all screens: Streamlit's, with this dashboard's title.

Its preload of a typeface that no screen uses is left out, and so is the text for programs that
would read the page by an interface which is off here. A script leads the keyboard into what it
opens: the framework puts it last in the page, so that Tab would pass through everything else first.
Another tells the server how wide the window is, before anything is drawn: charts are drawn for it.
Another makes one step back lead to the page before: the framework may write the address of a page
twice, without and with what is looked at, and going back to the first of them leads nowhere.
A style keeps the content as wide as it will be: the framework begins with a narrow column, and on a
busy computer the first words would stand in it and jump. Another puts a ring around the link of the
navigation that the keyboard is on: the framework takes the browser's away and leaves a tint.
A third keeps the room of a control with its name over it, and of a switch without one, while it
loads: the framework keeps that of a field, and what is beneath would jump. It holds in forms and in
containers whose key begins so.
"""

import re
from base64 import b64encode
from hashlib import sha256

from dashboard.draw.room import WINDOW

TITLE = "Drive dashboard"
_WITHOUT_SCRIPT = "<noscript>This dashboard needs JavaScript. Allow it for this address.</noscript>"

_INTO_WHAT_OPENS = """<script>new MutationObserver(() => {
  const opener = document.querySelector(
    '[data-testid=stPopoverButton][aria-expanded=true]:focus-visible');
  const first = opener && document.querySelector(
    '[data-testid=stPopoverBody] :is(button, input, select, textarea, a[href], [tabindex="0"])');
  if (first) first.focus();
}).observe(document.documentElement, {childList: true, subtree: true});</script>"""

_HOW_WIDE = f"""<script>(() => {{
  const rest = '; path=/; SameSite=Strict' + (location.protocol === 'https:' ? '; Secure' : '');
  const tell = () => {{ document.cookie = '{WINDOW}=' + innerWidth + rest; }};
  tell();
  for (const act of ['resize', 'focus']) addEventListener(act, tell);
}})();</script>"""

_ONE_STEP_BACK = """<script>(() => {
  const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
  let arriving = true;
  for (const act of ['pointerdown', 'keydown'])
    addEventListener(act, () => { arriving = false; }, true);
  history.pushState = (state, title, url) => {
    const elsewhere = new URL(url, location.href).pathname !== location.pathname;
    (arriving && !elsewhere ? replace : push)(state, title, url);
    arriving ||= elsewhere;
  };
})();</script>"""

_WIDE = "<style>[data-testid=stMainBlockContainer] {max-width: none !important}</style>"
_RING = """<style>[data-testid^=stTopNav]:is(a, button):focus-visible,
[data-testid^=stSidebarNav]:is(a, button):focus-visible {
  outline: 3px solid currentColor !important; outline-offset: -3px}</style>"""
_NAMED = """<style>:is([data-testid=stForm], [class*="st-key-named-"]) [data-testid=stSkeleton] {
  height: 4.25rem}
[class*="st-key-switch-"] [data-testid=stSkeleton] {height: 2rem}</style>"""

_FONT = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*/?>\s*')
_PROGRAMS = re.compile(r'(<!--[^>]*agent API.*?-->\s*)?<link rel="service-desc"[^>]*/?>\s*', re.S)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.S)
_COMMENT = re.compile(r"<!--.*?-->\s*", re.S)
_INLINE = re.compile(r"<script>(.*?)</script>", re.S)


def shell_page(streamlits: str) -> str:
    """The page, from Streamlit's own."""
    page = _FONT.sub("", streamlits)
    page = _PROGRAMS.sub("", page)
    page = _COMMENT.sub("", page)
    page = _NOSCRIPT.sub(_WITHOUT_SCRIPT, page)
    page = page.replace("</head>", f"{_WIDE}{_RING}{_NAMED}{_HOW_WIDE}{_ONE_STEP_BACK}</head>")
    page = page.replace("</body>", f"{_INTO_WHAT_OPENS}</body>")
    return page.replace("<title>Streamlit</title>", f"<title>{TITLE}</title>")


def inline_scripts(page: str) -> list[str]:
    """The digests by which a Content-Security-Policy allows the page's inline scripts."""
    return [
        f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"
        for script in _INLINE.findall(page)
    ]
