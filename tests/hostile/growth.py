#!/usr/bin/env python3
"""Looks for posts that take the square of their length.

Pieces of posts are put together at random and repeated to 150 and to 600 kilobytes. Where the longer one takes more than six times as
long, the shorter of three looks at each decides. Prints the two times, the generator and the pieces.

    python3 growth.py target/release/postlint [--seconds 120] [--seed 1] [-- --unsafe-fixes --diff]
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (150_000, 600_000)
FRONT = "---\ntitle: A\ndate: 2024-01-02 10:00:00\n---\n\n"
LINES = ("\n", "\n\n", "\r\n", "# head\n", "\n---\n", "\n===\n", "- item", "\n- item\n", "1. one\n", "  more\n", "    code\n", "> quote\n", "> ")
CODE = ("```\n", "```js\n", "~~~\n", "`span`", "``", "`", "<pre>\n", "</pre>", "<pre><code>", "</code></pre>")
LINKS = ("[text](/to)", "[text][ref]", "[ref]", "![a](/b.png)", "![](http://a.example/x.png)", "\n[ref]: /to\n", "[^1]", "\n[^1]: note\n")
TEXT = ("words ", "雨", "| a | b |\n", "|---|---|\n", "&nbsp;", "&#123;", "{", "}", "**b**", "*", "_", "\\", "\t", '"', "'", "%", "=", "/", "\u200b", "Ã©")
HTML = ("<div>", "</div>", "<div>\n", "\n</div>\n", "<b>x</b>", "<p>", "</p>", "<br>", "<hr/>", "<ul>", "<li>", "</ul>", "<h1>", "</h1>", "<svg>", "</svg>")
BROKEN = ("<!--", "-->", "<script>", "</script>", "<a href='", "<T>", "<?php", "?>", "<!DOCTYPE html>", "<table><tr><td>", "</td></tr></table>", "<span>")
TEMPLATE = ("{{ a }}", "{% raw %}", "{% endraw %}", "{% if a %}", "{% endif %}", "{{< x >}}", "{{% y %}}", "{% codeblock %}", "{% endcodeblock %}")
ADS = ('<ins class="adsbygoogle"></ins>', "<!--广告画开始-->", "<!--广告画结束-->", "ad start", '<p style="color:#fefefe">x</p>', "<!-- postlint-enable -->")
PIECES = LINES + CODE + LINKS + TEXT + HTML + BROKEN + TEMPLATE + ADS


def seconds(command):
    """How long `command` takes on a processor; what it says is checked for trouble of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=600, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1) or b"internal trouble" in done.stderr:
        print(f"exit status {done.returncode}: {done.stderr[:200]!r}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    words = sys.argv[1:]
    own = words.index("--") if "--" in words else len(words)
    args, options = parser.parse_args(words[:own]), words[own + 1 :]
    choose = random.Random(args.seed)
    some = lambda least, most: "".join(choose.choices(PIECES, k=choose.randint(least, most)))
    end, tried, found = time.monotonic() + args.seconds, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "postlint.toml").write_text("max-check-time = 600000\n")
        post = Path(folder, "a.md")
        while time.monotonic() < end:
            parts = some(0, 3), some(1, 5), some(0, 3)
            generator = choose.choice(("hexo", "jekyll", "hugo"))
            command = [args.program, "check", str(post), "--generator", generator, "--no-cache", *options]

            def look(size):
                first, again, last = parts
                post.write_text(FRONT + first + again * (size // len(again.encode())) + last + "\n", newline="")
                return seconds(command)

            tried += 1
            short, long = map(look, SIZES)
            if long > 0.25 and long > 6 * short:
                short, long = (min(look(size) for _ in range(3)) for size in SIZES)
                if long > 6 * short:
                    found += 1
                    print(f"{short:.2f} s, {long:.2f} s: {generator} {parts}", flush=True)
    print(f"{tried} tried, {found} found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
