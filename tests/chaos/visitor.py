"""A browser of few words, for tests that need a running site."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
import uuid

from running_site import Site


class Visitor:
    """A browser of few words: cookies, forms, and the status of what comes back."""

    def __init__(self, site: Site) -> None:
        self.site = site
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._jar = jar.cookiejar
        self._open = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar)

    def set_up(self) -> None:
        """Become the owner of a site that nobody has set up."""
        token = (self.site.data / "setup-token").read_text().strip()
        account = {"token": token, "email": "ann@example.com", "workspace": "Shop"}
        account |= {"password": "violet lantern seven rivers"}
        status, page = self.submit("/setup/", account)
        assert status == 200, page

    def cookies(self) -> str:
        """What a browser would send along."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._jar)

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(urllib.request.Request(self.site.address + path))

    def post(self, path: str, body: bytes, kind: str) -> tuple[int, str]:
        request = urllib.request.Request(self.site.address + path, body, method="POST")
        request.add_header("Content-Type", kind)
        return self._ask(request)

    def submit(self, path: str, fields: dict[str, str], form: str = "") -> tuple[int, str]:
        """Send a form that stands on its own page, or on another one."""
        proof = self.proof(form or path)
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": proof})
        return self.post(path, body.encode(), "application/x-www-form-urlencoded")

    def upload(self, content: bytes, proof: str) -> tuple[int, str]:
        mark = uuid.uuid4().hex
        parts = (
            f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
            f'{proof}\r\n--{mark}\r\nContent-Disposition: form-data; name="file"; '
            f'filename="leads.csv"\r\nContent-Type: text/csv\r\n\r\n'
        )
        body = parts.encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self.post("/data/new/", body, f"multipart/form-data; boundary={mark}")

    def proof(self, path: str) -> str:
        page = self.get(path)[1]
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found is not None, page[:500]
        return found[1]

    def _ask(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self._open.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")
