"""The icons: name → the inside of an SVG on a 24 grid, stroke 2, round, in the colour of the text.

An icon always stands beside a word, so that none of them needs a text of its own.
"""

ICONS: dict[str, str] = {
    "arrow": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "back": '<path d="M20 12H5M11 6l-6 6 6 6"/>',
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 21h4"/>',
    "calendar": '<rect x="3.5" y="5" width="17" height="15.5" rx="1.5"/><path d="M3.5 10h17M8 3v4M16 3v4"/>',
    "chat": '<path d="M4 5.5h16v10.5H11l-4.5 4v-4H4z"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19.5 7"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.5l3.5 2"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "coin": '<circle cx="12" cy="12" r="8.5"/><path d="M15.5 8.7a4.4 4.4 0 1 0 0 6.6M7 11h5.5M7 13.5h5"/>',
    "copy": '<rect x="8.5" y="8.5" width="12" height="12" rx="1.5"/><path d="M15.5 5.5v-2h-12v12h2"/>',
    "download": '<path d="M12 4v11M7 10.5l5 5 5-5M4.5 20h15"/>',
    "ear": '<path d="M4 9.5v5h3.5l5 4v-13l-5 4z"/><path d="M16 9.5a4 4 0 0 1 0 5M18.5 7a7.5 7.5 0 0 1 0 10"/>',
    "eye": (
        '<path d="M2.5 12c2.5-4.5 5.7-6.5 9.5-6.5s7 2 9.5 6.5c-2.5 4.5-5.7 6.5-9.5 6.5s-7-2-9.5-6.5z"/>'
        '<circle cx="12" cy="12" r="2.8"/>'
    ),
    "filter": '<path d="M4 6h16M7 12h10M10 18h4"/>',
    "leave": '<path d="M9 4H4.5v16H9M10 12h10.5M16 7.5l4.5 4.5-4.5 4.5"/>',
    "letters": '<path d="M3 19.5L8.5 5 14 19.5M5 14.5h7M14.5 19.5l3.5-9 3.5 9M15.7 16.5h4.6"/>',
    "lines": '<path d="M4 6h16M4 11h10M4 16h6"/>',
    "link": (
        '<path d="M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1-1"/>'
    ),
    "lock": '<rect x="5" y="10.5" width="14" height="10" rx="1.5"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>',
    "locker": (
        '<rect x="3.5" y="4" width="17" height="15" rx="2"/><circle cx="12" cy="11.5" r="3"/>'
        '<path d="M12 8.5V7M7 19v2M17 19v2"/>'
    ),
    "mail": '<rect x="3" y="5.5" width="18" height="13.5" rx="1.5"/><path d="M3.5 7l8.5 6 8.5-6"/>',
    "menu": '<path d="M4 6.5h16M4 12h16M4 17.5h16"/>',
    "pen": '<path d="M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5l3.5 3.5"/>',
    "person": '<circle cx="12" cy="7.5" r="4"/><path d="M4.5 20.5c.5-5 3.5-7.5 7.5-7.5s7 2.5 7.5 7.5"/>',
    "people": (
        '<circle cx="8.5" cy="8" r="3.3"/><circle cx="16.5" cy="9" r="2.7"/>'
        '<path d="M2.5 19.5c.4-4.5 2.8-6.5 6-6.5s5.6 2 6 6.5M16 14c3.2-.3 5.2 1.7 5.5 5.5"/>'
    ),
    "phone": (
        '<path d="M6.5 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 5.5 5.5l1.5-2 4.5 1.5v3a2 2 0 0 1-2.2 2A17 17 0'
        ' 0 1 4.5 5.7a2 2 0 0 1 2-2.2z"/>'
    ),
    "pin": (
        '<path d="M12 21c-4.5-5-6.5-8-6.5-11.2a6.5 6.5 0 0 1 13 0C18.5 13 16.5 16 12 21z"/>'
        '<circle cx="12" cy="9.8" r="2.3"/>'
    ),
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 9V3.5h10V9M7 17H4V9h16v8h-3"/><path d="M7 14h10v6.5H7z"/>',
    "question": (
        '<circle cx="12" cy="12" r="8.5"/><path d="M9.3 9.5a2.8 2.8 0 1 1 4.2 2.4c-1 .6-1.5 1.1-1.5 2.1M12 16.8v.2"/>'
    ),
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>',
    "share": '<path d="M12 15V4M7.5 8L12 3.5 16.5 8M5 12.5V20h14v-7.5"/>',
    "trash": '<path d="M4.5 7h15M9.5 7V4h5v3M6.5 7l1 13.5h9l1-13.5M10.5 11v6M13.5 11v6"/>',
    "undo": '<path d="M8.5 5L4 9.5 8.5 14M4.5 9.5h9a5.5 5.5 0 0 1 0 11H9"/>',
    "warning": '<path d="M12 3.5L21.5 20h-19z"/><path d="M12 10v4.5M12 17.3v.2"/>',
}
