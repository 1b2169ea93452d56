"""The web pages the site answers where a program hoped for data."""

from __future__ import annotations

import html
from datetime import datetime, timedelta

LOGIN = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Login | My Anonamouse</title>
<style>body{background:#eee}</style></head>
<body><div id="mainBody"><h1>Login</h1>
<form action="/takelogin.php" method="post">
<label>Email <input type="text" name="email"></label>
<label>Password <input type="password" name="password"></label>
<label><input type="checkbox" name="rememberMe" value="yes"> Remember me</label>
<input type="submit" value="Login">
</form><p><a href="/recover.php">Forgot your password?</a></p></div></body></html>
"""

VIP_ONLY = "<html><body><h1>Error</h1><p>This is a VIP torrent and you are not VIP or higher.</p></body></html>"

GONE = "<html><body>Torrent not found</body></html>"


def styled(sentence: str) -> str:
    """A page whose style block holds words too, so that naive readers of the text stumble."""
    style = 'p{color:red} .x{content:"not text"}'
    return f"<html><head><style>{style}</style></head><body><p>{html.escape(sentence)}</p></body></html>"


def frozen(happened: datetime, left: timedelta) -> str:
    """The page of the download freeze; label and value of the waiting time sit in separate cells."""
    seconds = max(0, int(left.total_seconds()))
    days, seconds = divmod(seconds, 86_400)
    clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    wait = f"{days}d {clock}" if days else clock
    return (
        "<html><body><table><tr><td>Error</td></tr>"
        "<tr><td>Attempted to Download Past Unsatisfied limit.</td></tr>"
        f"<tr><td>Happened: {happened:%Y-%m-%d %H:%M:%S}</td></tr>"
        f"<tr><td>Time Till Download Allowed:</td><td>{wait}</td></tr></table></body></html>"
    )
