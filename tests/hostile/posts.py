"""Posts made to break a reader: a name, the bytes, what must be said of them, and bounds in seconds and mebibytes."""

from dataclasses import dataclass

FRONT = b"---\ntitle: A\ndate: 2024-01-02 10:00:00\n---\n\n"
MANY = 100_000


@dataclass(frozen=True)
class Hostile:
    name: str
    text: bytes
    says: str  # a pattern for standard output and error together
    status: int = 1
    seconds: float = 5.0
    mebibytes: int = 300
    limit: int = 0  # `max-file-size`, where the usual one would refuse the file
    time: int = 0  # `max-check-time`, where the usual one is not to hold
    options: tuple[str, ...] = ()


def body(name, text, says="", **more):
    return Hostile(name, FRONT + text, says, more.pop("status", -1), **more)


def bomb():
    lines = [b'a0: &a0 ["x", "x", "x", "x", "x", "x", "x", "x", "x", "x"]']
    for at in range(1, 12):
        lines.append(b"a%d: &a%d [%s]" % (at, at, b", ".join([b"*a%d" % (at - 1)] * 10)))
    return b"---\ntitle: A\ndate: 2024-01-02 10:00:00\n" + b"\n".join(lines) + b"\n---\n\nText.\n"


def every():
    """All of them, one at a time: the largest have 50 megabytes."""
    yield Hostile("YAML bomb (10^12 leaves)", bomb(), "", -1)
    yield Hostile("YAML nested 10,000 deep", b"---\ntitle: " + b"[" * 10_000 + b"]" * 10_000 + b"\n---\n\nText.\n", "yaml-")
    yield Hostile("YAML mapping nested 10,000 deep", b"---\n" + b"".join(b" " * at + b"a:\n" for at in range(3_000)) + b"---\n", "", -1)
    keys = b"".join(b"key%d: value\n" % at for at in range(1_000_000))
    yield Hostile("1,000,000 front matter keys", b"---\ntitle: A\n" + keys + b"---\n\nText.\n", "", -1, 30, 3_000, 100_000_000, 60_000)
    tags = b"".join(b"- tag %d\n" % at for at in range(1_000_000))
    yield Hostile("1,000,000 tags", b"---\ntitle: A\ntags:\n" + tags + b"---\n\nText.\n", "", -1, 30, 3_000, 100_000_000, 60_000)
    yield Hostile("front matter never closed, 2 MB", b"---\ntitle: A\n" + b"text text\n" * 200_000, "front-matter-unclosed")
    for open_, name in [
        (b"<div>", "<div>"),
        (b"<b>", "<b>"),
        (b"<table><tr><td>", "<table><tr><td>"),
        (b"<!-- ", "<!--"),
        (b"<a href=\"", "<a href=\""),
        (b"<div class='", "<div class='"),
        (b"<script>", "<script>"),
        (b"[", "["),
        (b"![", "!["),
        (b"[a](", "[a]("),
        (b"`", "`"),
        (b"`a ", "`a"),
        (b"*a _", "*a _"),
        (b"> ", ">"),
        (b"{{ ", "{{"),
        (b"{% raw %}", "{% raw %}"),
        (b"{% if a %}", "{% if a %}"),
        (b"{{< a >}}", "{{< a >}}"),
        (b"&#123;", "&#123;"),
        (b"</div>", "</div>"),
        (b"<", "<"),
        (b"<p></p><br>", "<p></p><br>"),
        (b"<span><p>", "<span><p>"),
        (b"<ins class=adsbygoogle>", "<ins class=adsbygoogle>"),
        (b"<ins class=adsbygoogle></ins>", "<ins class=adsbygoogle></ins>"),
        (b"<!-- ad start -->", "<!-- ad start -->"),
        (b'<p style="color:#fff">a</p>', "white text"),
    ]:
        # A finding with its words, its places and its fix takes three kilobytes.
        mebibytes = 400 if open_.endswith(b"</ins>") else 300
        yield body(f"{MANY:,} x `{name}`", open_ * MANY + b"\n", mebibytes=mebibytes)
        yield body(f"{MANY:,} lines `{name}`", (open_ + b"\n") * MANY, mebibytes=mebibytes)
    yield body("lists nested 2,000 deep", b"".join(b"  " * at + b"- a\n" for at in range(2_000)))
    yield body("quotes nested 100 deep in 1,000 lines", (b"> " * 100 + b"a\n") * 1_000)
    yield body("50,000 reference links", b"".join(b"[a%d]: /x\n" % at for at in range(50_000)) + b"[a1] " * 50_000)
    yield body("a table of 100,000 cells", b"|" + b" a |" * 1_000 + b"\n|" + b"---|" * 1_000 + b"\n" + (b"|" + b" a |" * 1_000 + b"\n") * 100)
    yield body(f"{MANY:,} indented blocks of HTML", b"<div>\n\n    <p>a</p>\n\n</div>\n\n" * MANY, mebibytes=400)
    yield body(f"{MANY:,} code spans in one paragraph", b"{{ a }} `code` and ``more\n" * MANY)
    yield body(f"{MANY:,} open statements", b"*{% codeblock %}" * MANY)
    yield body(f"{MANY:,} end tags that close nothing in as many elements", b"    code\n\n" + b"<div>\n</h1>\n" * MANY)
    yield body("20,000 scripts without an end in a paragraph", b'words <ins class="adsbygoogle"></ins><script>words\n' * 20_000)
    yield body("30,000 unfinished tags before others", b"<div>\n" + b"<b <i>a</i>\n" * 30_000 + b"</div>\n")
    for name, open_ in [("words", b"%d {{ a }} %d\n\n"), ("pictures", b"%d\n\n![](http://a.example/%d.png)\n\n")]:
        lines = b"".join(open_ % (at, at) for at in range(30_000))
        yield body(f"a difference of 30,000 {name}", lines, options=("--unsafe-fixes", "--diff"))
    yield body("NUL bytes", b"a\0b\0" * 1_000)
    yield Hostile("invalid UTF-8", FRONT + b"caf\xe9 " * 1_000, "text-encoding")
    yield Hostile("UTF-16 with a mark", "\ufeff---\ntitle: A\n---\n\nText.\n".encode("utf-16-le"), "text-encoding|UTF-16")
    yield Hostile("UTF-16 without a mark", "---\ntitle: A\n---\n\nText.\n".encode("utf-16-be"), "", -1)
    yield Hostile("nothing", b"", "", -1)
    yield Hostile("only a byte-order mark", b"\xef\xbb\xbf", "", -1)
    yield Hostile("only a fence", b"---", "", -1)
    yield Hostile("lone carriage returns", FRONT.replace(b"\n", b"\r") + b"a\r" * 1_000, "", -1)
    line = b"A sentence of ordinary words, with <b>tags</b> and a [link](/x). "
    yield Hostile("50 MB, refused by the usual limit", FRONT + line * 760_000, "max-file-size", 2, 1, 40)
    slow = FRONT + b"<ins class=adsbygoogle></ins>" * MANY
    # A tenth of what a quick machine takes.
    yield Hostile("100,000 ads, 50 ms allowed", slow, "it was not checked: .* `max-check-time`", 2, time=50)
    yield body("50 MB of lines", (line + b"\n\n") * 746_000, seconds=60, mebibytes=6_000, limit=100_000_000, time=60_000)
    yield body("one line of 50 MB", line * 760_000, seconds=60, mebibytes=6_000, limit=100_000_000, time=60_000)
