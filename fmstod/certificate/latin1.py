"""Characters that a certificate can carry (U-8): Latin-1, as the exchange format and Försäkringskassan take them."""

import re
import unicodedata

# What word processors and phones put in for plain signs; they mean the same written plainly.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " "),
        **dict.fromkeys("\u2028\u2029", "\n"),
        **dict.fromkeys("\u2022\u25cf\u25aa\u25e6", "-"),
        "\u2026": "...",
        "\u2264": "<=",
        "\u2265": ">=",
        "\u2192": "->",
        "\u20ac": "EUR",
        "\u03bc": "\u00b5",  # Greek mu and the micro sign look alike; only the second is Latin-1
        # Invisible signs that come with pasted text and carry nothing.
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""),
    }
)
# Letters that no accent can be taken from.
_BASE = str.maketrans({"Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "ı": "i", "Œ": "OE", "œ": "oe", "Ħ": "H", "ħ": "h"})
_OUTSIDE = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\xff]")


def latin1(text: str) -> tuple[str, str]:
    """The text with Latin-1 characters only, and the characters that it lost or that changed, each once in their order.

    Typographic quotes, dashes and spaces become plain ones and aren't told; letters with loose accents are joined first.
    A letter outside loses its accent, so that a name stays a name: Dorde Simic, not ore Simi.
    """
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN)
    outside = dict.fromkeys(_OUTSIDE.findall(plain))
    return _OUTSIDE.sub("", _OUTSIDE.sub(_without_accent, plain.translate(_BASE))), "".join(outside)


def _without_accent(found: re.Match[str]) -> str:
    """The letter that the accents stand on, if it is Latin; else the character itself."""
    base = unicodedata.normalize("NFD", found[0])[0]
    return base if base.isalpha() and base.isascii() else found[0]
