#!/usr/bin/env python3
"""posts.py SITE COUNT: a site for Hexo whose posts have to do with each other; the same every time."""

import random
import sys
from pathlib import Path

site, count = Path(sys.argv[1]), int(sys.argv[2])
pick = random.Random(7)
(site / "source/_posts").mkdir(parents=True)
(site / "_config.yml").write_text("permalink: /:title/\n")
(site / "package.json").write_text('{"hexo": {"version": "8.1.2"}, "dependencies": {"hexo": "^8.0.0"}}\n')
TAGS = ["Java", "java", "C++", "C", "tea", "teas", "machine learning", "machine-learning", "汉字", "threads", "thraeds"]
CATEGORIES = ["Tea", "tea", "[Kitchen, Tea]", "[[Kitchen], [Tea]]"]
LINES = [f"Sentence number {number} is long enough to tell one text from another.\n" for number in range(400)]
for number in range(count):
    tags = ", ".join(pick.sample(TAGS, 2))
    date = pick.choice(["2020-01-02 03:04:05", "2020-01-02 03:04:05", "2020-13-45"])
    start = pick.randrange(350)
    body = "".join(LINES[start : start + 30]) + pick.choice(["", "<!-- postlint-disable-file taxonomy-case -->\n"])
    folder = site / "source/_posts" / str(number % 10)
    folder.mkdir(exist_ok=True)
    text = f"---\ntitle: Post {number // 2}\ndate: {date}\ntags: [{tags}]\ncategories: {pick.choice(CATEGORIES)}\n---\n\n{body}"
    (folder / f"post-{number // 2}-{number % 3}.md").write_text(text, "utf-8")
