"""Requests of every odd shape to one address. They are bytes, since no client would send most of them."""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from admitone.web.http.route import Route

JSON = b"application/json"
FORM = b"application/x-www-form-urlencoded"
_PARAMETER = re.compile(r"\{[^}]*\}")

PARTS = (
    "%00",
    "%ff%fe",
    "%c3%28",
    "%ed%a0%80",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e",
    "..",
    "%0d%0aX-Injected:%20yes",
    "%F0%9F%8E%9F",
    "%E2%80%AE",
    "\xe9",
    "0" * 20,
    "%2500",
    "a%3Fb%23c",
    "{}",
    "*",
    "a" * 4000,
)
"""In the place of a code, a token or an id."""

VALUES = (
    "",
    "%00",
    "%ff%fe",
    "%ed%a0%80",
    "%F0%9F%92%A9" * 200,
    "99999999999999999999999999",
    "-1",
    "1e400",
    "NaN",
    "0001-01-01",
    "9999-12-31",
    "9999-12-31T23:59:59%2B23:59",
    "2026-02-30",
    "9999-12",
    "0000-00",
    "//evil.test/",
    "javascript:alert(1)",
    "%0d%0aX-Injected:%20yes",
    "Etc/GMT%2B99",
    "../../etc/passwd",
    "zz-ZZ-u-ca-buddhist",
    "a+" * 1500,
    "A" * 4000,
)
"""In the place of a parameter's value."""

QUERIES = ("%", "&&&=&", "=&=" * 500, "a=1&" * 900, "%00=%00", "q[]=1&q[a]=2", ";", "?" * 1000)

# fmt: off
PARAMETERS = (
    "answers.x", "client_id", "code", "code_challenge", "cursor", "date", "day", "email", "error",
    "event_type", "from", "general", "host", "invitation", "limit", "made", "month", "name", "next",
    "page", "q", "redirect_uri", "said", "scope", "service", "state", "status", "timezone", "to",
    "when", "zone",
)
# fmt: on
"""Names that some page reads; calls of the API declare theirs, and refuse others."""

DOCUMENTS = (
    b"",
    b"\xef\xbb\xbf{}",
    b"\xff\xfe{\x00}\x00",
    b"[" * 30_000,
    b'{"a":' * 10_000,
    b"[" * 30_000 + b"]" * 30_000,
    b"9" * 60_000,
    b"1e99999",
    b"NaN",
    b"null",
    b"[]",
    b'"text"',
    b'{"\\ud800": "\\udfff"}',
    b'{"\xc3\x28": 1}',
    b'{"\\u0000": "\\u0000"}',
    b"{" + b",".join(b'"%d": 1' % n for n in range(5000)) + b"}",
)
"""Bodies that are no document of any call."""

INSTEAD: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**30,
    1.5e308,
    "",
    "\0",
    "\ud800",
    "\u202e" * 10,
    "a" * 60_000,
    "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00+14:00",
    "2026-11-19T08:00:60Z",
    "a@" + "b." * 120 + "test",
    '"@"@[::1]',
    "%s%n{{7*7}}${7*7}",
    [],
    [[[]]],
    [None] * 2000,
    {},
    {"__proto__": {}, "a.b": 1},
)
"""In the place of a field's value."""

HEADERS = (
    b"Cookie: admitone=\xff\xfe; admitone=a",
    b'Cookie: admitone="',
    b"Cookie: ;;;=;=a;\x01",
    b"Cookie: admitone=" + b"0" * 12_000,
    b"Cookie: " + b"; ".join(b"a%d=b" % n for n in range(900)),
    b"Accept-Language: " + b"de-x,;q=,*;q=1e400,\xff," * 200,
    b"Accept-Language: ../../etc/passwd, zz-Hant-TW-u-nu-beng, " + b"a" * 5000,
    b"Accept-Encoding: gzip;q=\xff, deflate;q=-1, br, zstd, *;q=0",
    b"Accept: text/html;q=\xff, */*;q=1e400",
    b"Authorization: Bearer " + b"0" * 15_000,
    b"Authorization: Bearer \xff\r\nAuthorization: Basic \xff",
    b"X-CSRF-Token: \xff\xfe",
    b"Idempotency-Key: " + b"k" * 15_000,
    b"Idempotency-Key: \xff\x80",
    b"If-None-Match: " + b'"a", ' * 2000,
    b"If-Modified-Since: Thu, 99 Abc 99999 99:99:99 GMT",
    b"Range: bytes=-99999999999999999999, 0-0, 5-1",
    b"Origin: null\r\nReferer: \xff://",
    b"Origin: http://[::1\r\nSec-Fetch-Site: \xff",
    b"X-Forwarded-For: ::ffff:1.2.3.4%eth0, unknown, \xff, 999.999.999.999",
    b"Forwarded: for=\xff;proto=",
    b"X-Forwarded-Proto: https, http\r\nX-Forwarded-Host: evil.test:99999999",
    b"X-Request-Id: \xff" + b"a" * 5000,
    b"User-Agent: " + b"\xff(" * 5000,
    b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: \xff",
    b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
    b"Expect: 100-continue",
    b"Expect: \xff",
    b"Host: second.test",
    b"Access-Control-Request-Method: \xff\r\nAccess-Control-Request-Headers: " + b"a," * 4000,
    b"X-Goog-Channel-Token: \xff\r\nX-Goog-Channel-ID: \xff\r\nX-Goog-Resource-State: \xff",
    b"\r\n".join(b"X-%d: a" % n for n in range(120)),
)
"""Headers that nobody sends, besides the usual ones."""

TYPES = (
    b"",
    b"application/json; charset=utf-16",
    b"application/json; charset=\xff",
    b"application/merge-patch+json; charset=",
    b"text/plain",
    b"multipart/form-data",
    b"multipart/form-data; boundary=",
    b"multipart/form-data; boundary=" + b"b" * 5000,
    b"application/x-www-form-urlencoded; charset=utf-7",
    b"application/x-www-form-urlencoded; charset=no-such",
    b"a/b/c;;;=;",
    b"\xff/\xff",
)

METHODS = (
    b"HEAD",
    b"OPTIONS",
    b"TRACE",
    b"CONNECT",
    b"PUT",
    b"PATCH",
    b"DELETE",
    b"PROPFIND",
    b"get",
    b"A" * 500,
)


class Target(NamedTuple):
    """One address as an honest caller would call it: `head` are lines of theirs, `body` is valid."""

    method: str
    path: str
    head: bytes = b""
    body: Mapping[str, Any] = {}
    is_form: bool = False
    parameters: Sequence[str] = PARAMETERS

    @property
    def content_type(self) -> bytes:
        """That of a valid body."""
        if self.is_form:
            return FORM
        return b"application/merge-patch+json" if self.method == "PATCH" else JSON

    def encoded(self, body: object) -> bytes:
        """A document as its body; lone surrogates stay, as an enemy would write them."""
        if self.is_form and isinstance(body, dict):
            fields = [
                (name, value if isinstance(value, str) else json.dumps(value)) for name, value in body.items()
            ]
            return urlencode(fields, errors="surrogatepass").encode()
        return json.dumps(body).encode()


def request(
    target: Target,
    path: str | None = None,
    *,
    method: bytes | None = None,
    head: bytes = b"",
    body: bytes | None = None,
    content_type: bytes | None = None,
    version: bytes = b"1.1",
    last: bool = True,
) -> bytes:
    """A request to `target`, valid but for what is given; after the `last` one the server hangs up."""
    sent = target.encoded(target.body) if body is None and target.method in {"POST", "PATCH"} else body or b""
    kind = target.content_type if content_type is None else content_type
    lines = [
        b"%b %b HTTP/%b"
        % (method or target.method.encode(), (path or target.path).encode("latin-1"), version),
        b"Host: x",
        target.head.removesuffix(b"\r\n"),
        b"Content-Type: " + kind if sent else b"",
        b"Content-Length: %d" % len(sent) if sent or target.method != "GET" else b"",
        b"Connection: close" if last else b"",
        head,
    ]
    return b"\r\n".join(line for line in lines if line) + b"\r\n\r\n" + sent


def hostile_requests(route: Route, target: Target) -> Iterator[bytes]:
    """Each odd request to the address of a row, in an order that is always the same."""
    yield from _addresses(route, target)
    yield from (request(target, head=head) for head in HEADERS)
    yield from (request(target, method=method) for method in METHODS)
    yield from _framing(target)
    if route.limit.body:
        yield from _bodies(target, route.limit.body)
        yield from _fields(target)


def _addresses(route: Route, target: Target) -> Iterator[bytes]:
    for place in range(len(_PARAMETER.findall(route.path))):
        for part in PARTS:
            yield request(target, _replaced(route.path, target.path, place, part))
    for query in QUERIES:
        yield request(target, f"{target.path}?{query}")
    for value in VALUES:
        query = "&".join(f"{name}={value[: 7000 // len(target.parameters)]}" for name in target.parameters)
        yield request(target, f"{target.path}?{query}")
    for name in target.parameters:
        yield request(target, f"{target.path}?{name}=%00&{name}=%ff")
    yield request(target, f"http://evil.test:99999{target.path}")
    yield request(target, f"https://user:pass@[::1]:0{target.path}?a=b#c")
    yield request(target, f"/{target.path}")
    yield request(target, f"/static/..%2f..{target.path}/./../%2e")
    yield request(target, "*")
    yield request(target, "x:1")
    yield request(target, f"{target.path}#%00")
    yield request(target, f"{target.path}?{'a' * 9000}")


def _replaced(pattern: str, path: str, place: int, part: str) -> str:
    """`path` with `part` in the place of the pattern's parameter of that number."""
    shape = "(.+)".join(map(re.escape, _PARAMETER.split(pattern)))
    found = re.fullmatch(rf"{shape}(?:\?.*)?", path)
    assert found, (pattern, path)
    first, after = found.span(place + 1)
    return path[:first] + part + path[after:]


def _framing(target: Target) -> Iterator[bytes]:
    """How requests begin, end and follow each other."""
    several = request(target, last=False) * 3
    yield several + request(target)
    yield request(target, version=b"1.0")
    yield request(target, version=b"1.0", last=False).replace(b"Host: x\r\n", b"")
    yield request(target, head=b"Content-Length: 5")
    yield request(target, head=b"Transfer-Encoding: chunked")
    chunked = request(target, body=b"", head=b"Transfer-Encoding: chunked").replace(
        b"Content-Length: 0\r\n", b""
    )
    yield chunked + b"zz\r\n"
    yield chunked + b"-5\r\nhello\r\n0\r\n\r\n"
    yield chunked + b"5;ext=\xff\r\nhello\r\n0\r\nX-Trailer: \xff\r\n\r\n"
    yield chunked + b"1\r\na\r\n" * 5000 + b"0\r\n\r\n"
    yield request(target) + b"\x00\xff\x16\x03\x01"
    yield b"\r\n\r\n" + request(target)


def _bodies(target: Target, limit: int) -> Iterator[bytes]:
    """What is no document, or not encoded as it says."""
    for document in DOCUMENTS:
        yield request(target, body=document)
    for kind in TYPES:
        yield request(target, content_type=kind)
    for encoding in (b"gzip", b"deflate", b"br", b"zstd", b"\xff", b"gzip, gzip"):
        yield request(target, body=_bomb()[:limit], head=b"Content-Encoding: " + encoding)
    yield request(target, body=b"a" * (limit + 1))
    yield request(target, body=b"\x89PNG\r\n\x1a\n" + b"\xff" * 100, content_type=b"image/png")
    yield request(target, body=b"&" * 60_000, content_type=FORM)
    yield request(target, body=b"%ff=%00&a=%ed%a0%80&=&" * 50, content_type=FORM)
    parts = b'--b\r\nContent-Disposition: form-data; name="\xff"; filename="../\x00"\r\n'
    multipart = b"multipart/form-data; boundary=b"
    yield request(target, body=parts + b"\r\na\r\n--b--\r\n", content_type=multipart)
    yield request(
        target, body=parts + b"Content-Transfer-Encoding: base64\r\n\r\n!\r\n--b--", content_type=multipart
    )
    yield request(target, body=(parts + b"\r\na\r\n") * 600, content_type=multipart)
    nested = parts + b"Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\n"
    yield request(target, body=nested * 20, content_type=multipart)


def _fields(target: Target) -> Iterator[bytes]:
    """A valid document in which one field is wrong, comes twice or is too many."""
    for name in target.body:
        for value in INSTEAD:
            yield request(target, body=target.encoded({**target.body, name: value}))
    valid = target.encoded(target.body)
    if not target.is_form:
        yield request(target, body=valid[:-1] + b"," + valid[1:] if target.body else b'{"a":1,"a":2}')
    yield request(target, body=target.encoded({**target.body, "\0": "", "é": "", quote("=&"): ""}))


@cache
def _bomb() -> bytes:
    """Ten kilobytes that hold ten megabytes."""
    return gzip.compress(bytes(10_000_000), 9, mtime=0)
