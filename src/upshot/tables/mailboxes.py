"""E-mail providers: whether an address is a private mailbox or a company's."""

from __future__ import annotations

COMPANY = "company domain"
EDUCATION = "school or university"
GOVERNMENT = "public office"
# Mailboxes anybody can have, by the audience figures that providers publish and the largest
# internet access companies of each country; what stands behind the last point is free (yahoo.fr).
_ANY_ENDING = frozenset({
    "gmail", "googlemail", "yahoo", "ymail", "rocketmail", "hotmail", "outlook", "live", "msn",
    "icloud", "me", "mac", "aol", "aim", "gmx", "web", "t-online", "freenet", "arcor",
    "protonmail", "proton", "pm", "zoho", "zohomail", "mail", "email", "fastmail", "hey",
    "tutanota", "tuta", "mailbox", "posteo", "yandex", "ya", "rambler", "bk", "list", "inbox",
    "qq", "163", "126", "yeah", "sina", "sohu", "foxmail", "aliyun", "naver", "daum", "hanmail",
    "docomo", "ezweb", "softbank", "rediffmail", "orange", "wanadoo", "free", "laposte", "sfr",
    "neuf", "bbox", "numericable", "libero", "virgilio", "tiscali", "alice", "tin", "uol", "bol",
    "terra", "ig", "globo", "sapo", "telefonica", "ziggo", "kpnmail", "planet", "hetnet", "home",
    "xs4all", "telenet", "skynet", "bluewin", "hispeed", "sunrise", "chello", "aon", "wp", "o2",
    "onet", "interia", "op", "gazeta", "seznam", "centrum", "azet", "zoznam", "freemail",
    "citromail", "abv", "telia", "telenor", "online", "comhem", "bredband", "tele2", "sympatico",
    "rogers", "shaw", "telus", "videotron", "comcast", "verizon", "att", "sbcglobal", "bellsouth",
    "cox", "charter", "earthlink", "juno", "optonline", "frontier", "windstream", "btinternet",
    "btopenworld", "sky", "ntlworld", "virginmedia", "blueyonder", "talktalk", "bigpond",
    "optusnet", "iinet", "xtra", "ukr", "i", "meta", "mynet", "walla", "netvision",
})  # fmt: skip
_PRIVATE_SUFFIXES = (
    "com", "net", "org", "de", "fr", "it", "es", "nl", "be", "ch", "at", "co.uk", "uk", "ca",
    "com.br", "com.au", "co.nz", "ru", "ua", "pl", "cz", "sk", "hu", "se", "no", "dk", "fi", "pt",
    "br", "mx", "com.mx", "com.ar", "cl", "co", "jp", "co.jp", "ne.jp", "cn", "com.cn", "in",
    "co.in", "kr", "tr", "com.tr", "gr", "ro", "bg", "ie", "co.za", "co.il", "me", "eu", "info",
    "la",
)  # fmt: skip


def provider_of(address: str) -> str:
    """The provider of a private mailbox (``gmail.com``), or what kind of organisation it is.

    A company's own domain is not told: with a name before it, it would name a person.
    """
    domain = address.strip().lower().rpartition("@")[2].rstrip(".>)'\" ")
    if not domain or "." not in domain:
        return address.strip()
    name, _, ending = domain.partition(".")
    if name in _ANY_ENDING and ending in _PRIVATE_SUFFIXES:
        return domain
    parts = domain.split(".")
    if "edu" in parts[-2:] or parts[-2:-1] == ["ac"]:
        return EDUCATION
    return GOVERNMENT if {"gov", "gob", "gouv", "mil"} & set(parts[-2:]) else COMPANY
