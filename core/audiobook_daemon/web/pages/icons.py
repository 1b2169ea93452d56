"""The icons, drawn here: lines on a grid of 24, in the colour of the text beside them."""

from __future__ import annotations

from markupsafe import Markup

_PATHS = {
    "pulse": "M3 12h4l2.5-7 5 14 2.5-7h4",
    "scales": "M12 4v16M7 20h10M5 7h14M5 7l-3 7a3 3 0 0 0 6 0zM19 7l-3 7a3 3 0 0 0 6 0z",
    "bookmark": "M7 4h10v16l-5-4-5 4z",
    "books": "M5 4h4v16H5zM9 4h4v16H9zM14.2 5.2l3.9-1 3.8 14.6-3.9 1z",
    "stack": "M4 9l8-5 8 5-8 5zM4 13l8 5 8-5",
    "quill": "M5 20c0-8 5-15 15-16-1 9-6 12-12 12M5 20l6-8",
    "ratio": "M7 20V6M3.5 9.5L7 6l3.5 3.5M17 4v14M13.5 14.5L17 18l3.5-3.5",
    "clock": "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.5V12l3 2",
    "history": "M4 5v4.5h4.5M4.6 9.5a8 8 0 1 1-.4 4.5M12 8v4.5l3 1.5",
    "chart": "M4 20h16M7 16v-4M12 16V6M17 16V9",
    "sliders": "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "doubt": "M8.5 9a3.5 3.5 0 1 1 5.2 3.1c-1.1.6-1.7 1.3-1.7 2.6M12 18.4v.1",
    "unlock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 6.8-1.2",
    "pencil": "M5 19l1-4L16.5 4.5l3 3L9 18z",
    "star": "M12 4.5l2.3 4.9 5.2.7-3.8 3.7.9 5.3-4.6-2.6-4.6 2.6.9-5.3-3.8-3.7 5.2-.7z",
    "close": "M6 6l12 12M18 6L6 18",
    "play": "M8 5.5v13l10-6.5z",
    "pause": "M9 5.5v13M15 5.5v13",
    "stop": "M7 7h10v10H7z",
    "undo": "M9 6L4.5 10.5 9 15M4.5 10.5H14a5 5 0 0 1 0 10h-2",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "warn": "M12 4.5l9 15.5H3zM12 10.5v4M12 17.2v.1",
    "info": "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 11v5.5M12 7.8v.1",
    "theme": "M12 3.5a8.5 8.5 0 1 1 0 17zM12 3.5a8.5 8.5 0 1 0 0 17",
    "leave": "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
    "search": "M10.5 4.5a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15 15l5 5",
    "left": "M14.5 6L8.5 12l6 6",
    "right": "M9.5 6l6 6-6 6",
    "plus": "M12 5v14M5 12h14",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "down": "M12 4v11M7.5 11L12 15.5 16.5 11M5 20h14",
    "link": "M10 14l4-4M8.5 11L6 13.5a3.2 3.2 0 0 0 4.5 4.5l2.5-2.5M15.5 13l2.5-2.5A3.2 3.2 0 0 0 13.5 6L11 8.5",
    "headphones": "M4 15v-2a8 8 0 0 1 16 0v2M4 15h3.5v5h-2A1.5 1.5 0 0 1 4 18.5zM20 15h-3.5v5h2a1.5 1.5 0 0 0 1.5-1.5",
}


def icon(name: str, label: str | None = None) -> Markup:
    """An icon; without a label it is an ornament that screen readers leave out."""
    told = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon" viewBox="0 0 24 24" {told}><path d="{path}"/></svg>').format(
        told=told, path=_PATHS[name]
    )
