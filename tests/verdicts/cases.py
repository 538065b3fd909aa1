"""Posts to ask the generators about: one question each, so that a disagreement names itself."""

import random

DATES = """
2024-05-01|2024-5-1|2024/05/01|2024/5/1|2024.05.01|20240501|2024|2024-05|2024-05-01 10:20|2024-05-01 10:20:30
2024-05-01 1:02:03|2024-05-01T10:20:30|2024-05-01T10:20:30Z|2024-05-01T10:20:30+08:00|2024-05-01 10:20:30 +0800
2024-05-01 10:20:30 +08:00|2024-05-01 10:20:30.123|2024-02-30|2024-02-30 10:00:00|2023-02-29|2024-13-01|2024-00-10
2024-05-32|2024-05-01 25:00:00|2024-05-01 24:00:00|2024-05-01 10:61:00|05/06/2024|13/02/2024|02/13/2024|5/6/24|1 May 2024
May 1, 2024|May 1 2024 10:20|Wed, 01 May 2024 10:20:30 GMT|Wed May 01 2024 10:20:30 GMT+0800|2024年5月1日|Invalid Date|TBD|today
1714530030|1714530030000|0|-1|1e3|true|null|~|2024-05-01T|2024-05-01 10|2024-05-01 10:20 PM|2024-05-01 10:20:30 PST
0001-01-01|0000-00-00|1969-12-31|9999-12-31|+002024-05-01|2024-W18-3|2024-122|10:20:30|12|3.14|Chapter 12|sometime in May
"""

TITLES = """
Tea|"Tea"|'Tea'|Tea: green|"Tea: green"|Tea #1|#1 tea|[Tea]|{Tea}|{{ title }}|@tea|`tea`|%tea|*tea|&tea|!tea|>tea||tea|-tea|- tea
?tea|? tea|:tea|tea:|,tea|"Tea|Tea"|'Tea|It's tea|'It''s tea'|'It's tea'|"a \\d b"|"a\\tb"|007|1.50|1_000|0x1f|0o17|1e3|12:30:45
yes|no|on|off|true|~|null|.inf|.nan|2024-05-01|<b>tea</b>|[a, b]|[a, [b]]|[a,, b]|[, a]|[a, b|{a: b}|{a: b|a, b|茶|「茶」|“茶”|茶：绿
"""

TERMS = """
tea|tea, hills|tea hills|[]|[tea]|[tea, hills]|[[tea, hills], [rain]]|[tea, [hills]]|[tea, tea]|[Tea, tea]|[C, C++, C#]|[a/b]|[" a "]
[1, 2.0, true]|[null]|["", a]|[{a: b}]|{a: b}|[a b]|[???]|[.]|["a,b"]|[茶, 山]|[2024-05-01]|0|false|null|'a'|["#1"]|[[]]|[[[a]]]
"""

# Field and value, as written.
FIELDS = [
    ("published", "false"), ("published", "no"), ("published", "'false'"), ("published", "0"), ("published", "null"),
    ("comments", "no"), ("comments", "false"), ("layout", "false"), ("layout", "page"), ("layout", "null"),
    ("permalink", "tea"), ("permalink", "/tea/"), ("permalink", "tea.html"), ("permalink", "20240501"), ("permalink", "true"),
    ("slug", "other"), ("excerpt", ""), ("more", ""), ("content", ""), ("id", ""), ("updated", "2024-05-02"),
    ("updated", "TBD"), ("draft", "true"), ("lastmod", "2024-05-02"), ("url", "/tea/"), ("aliases", "[a]"),
]

# Whole files.
ENVELOPES = {
    "normal": "---\ntitle: Tea\n---\nBody\n",
    "no-opening": "title: Tea\n---\nBody\n",
    "no-closing": "---\ntitle: Tea\n\nBody\n",
    "no-closing-rule": "---\ntitle: Tea\n\nBody\n\n---\n\nMore\n",
    "one-blank": "\n---\ntitle: Tea\n---\nBody\n",
    "two-blanks": "\n\n---\ntitle: Tea\n---\nBody\n",
    "comment-first": "<!-- tea -->\n---\ntitle: Tea\n---\nBody\n",
    "space-first": " ---\ntitle: Tea\n---\nBody\n",
    "bom": "\ufeff---\ntitle: Tea\n---\nBody\n",
    "crlf": "---\r\ntitle: Tea\r\n---\r\nBody\r\n",
    "trailing-blank": "--- \ntitle: Tea\n---\nBody\n",
    "closing-blank": "---\ntitle: Tea\n--- \nBody\n",
    "closing-long": "---\ntitle: Tea\n-----\nBody\n",
    "closing-dots": "---\ntitle: Tea\n...\nBody\n",
    "opening-long": "----\ntitle: Tea\n---\nBody\n",
    "both-long": "-----\ntitle: Tea\n-----\nBody\n",
    "json": ';;;\n"title": "Tea"\n;;;\nBody\n',
    "json-comma": ';;;\n"title": "Tea",\n;;;\nBody\n',
    "braces": '{\n"title": "Tea"\n}\n\nBody\n',
    "toml": '+++\ntitle = "Tea"\ndate = 2024-05-01\n+++\nBody\n',
    "toml-text-date": '+++\ntitle = "Tea"\ndate = "2024-05-01"\n+++\nBody\n',
    "toml-month-13": '+++\ntitle = "Tea"\ndate = 2024-13-01\n+++\nBody\n',
    "toml-twice": '+++\ntitle = "Tea"\ntitle = "Cup"\n+++\nBody\n',
    "toml-bare": "+++\ntitle = Tea\n+++\nBody\n",
    "empty-block": "---\n---\nBody\n",
    "comments-only": "---\n# tea\n---\nBody\n",
    "list": "---\n- tea\n---\nBody\n",
    "scalar": "---\ntea\n---\nBody\n",
    "no-space": "---\ntitle:Tea\n---\nBody\n",
    "full-width": "---\ntitle：Tea\n---\nBody\n",
    "rule-only": "Tea\n\n---\n\nBody\n",
    "heading-colon": "Chapter: One\n----\nBody\n",
    "nothing": "",
    "text": "Body\n",
    "twice": "---\ntitle: Tea\ntitle: Cup\n---\nBody\n",
    "tab": "---\ntitle: Tea\ntags:\n\t- a\n---\nBody\n",
    "template": "---\ntitle: {{ title }}\ndate: {{ date }}\n---\nBody\n",
}


def _values(text):
    # `|` parts the values; an empty one comes from `||`, which stands for a value that begins with it.
    joined = "|".join(text.strip().splitlines()).replace("||", "|\0")
    return [value.replace("\0", "|") for value in joined.split("|")]


def cases():
    """(name, text) of every case; names are unique."""
    for name, text in ENVELOPES.items():
        yield f"envelope--{name}", text
    for at, value in enumerate(_values(DATES)):
        yield f"date--{at:02}", f"---\ntitle: Tea\ndate: {value}\n---\nBody\n"
        yield f"date--{at:02}-quoted", f"---\ntitle: Tea\ndate: '{value}'\n---\nBody\n"
    for at, value in enumerate(_values(TITLES)):
        yield f"title--{at:02}", f"---\ntitle: {value}\ndate: 2024-05-01\n---\nBody\n"
    for key in ("categories", "tags", "category", "tag"):
        for at, value in enumerate(_values(TERMS)):
            yield f"{key}--{at:02}", f"---\ntitle: Tea\ndate: 2024-05-01\n{key}: {value}\n---\nBody\n"
    for at, (key, value) in enumerate(FIELDS):
        yield f"field--{at:02}-{key}", f"---\ntitle: Tea\ndate: 2024-05-01\n{key}: {value}\n---\nBody\n"


def dates():
    """Date strings: the ones above, and each with one character left out, written twice or replaced."""
    chance = random.Random(1)
    out = _values(DATES)
    for text in list(out):
        for _ in range(6):
            at = chance.randrange(len(text))
            out.append(text[:at] + chance.choice(["", text[at] * 2, chance.choice("0123456789-/: TZ+.")]) + text[at + 1 :])
    return list(dict.fromkeys(out))


FRONT_MATTER = [
    "title: Tea in the rain",
    "date: 2024-05-01 10:20:30",
    "tags:",
    "  - tea",
    "  - hills",
    "categories: [notes, tea]",
    "summary: 'A day: on the hill'",
    "cover: https://example.com/a.png",
]


def mutants(count=400):
    """(name, op, text): a sound front matter with one slip."""
    chance = random.Random(2)
    for number in range(count):
        lines = list(FRONT_MATTER)
        at = chance.randrange(len(lines))
        op = chance.choice(["cut", "insert", "indent", "dedent", "twice", "word", "join", "colon", "drop"])
        line = lines[at]
        if op == "cut":
            place = chance.randrange(len(line))
            lines[at] = line[:place] + line[place + 1 :]
        elif op == "insert":
            place = chance.randrange(len(line) + 1)
            lines[at] = line[:place] + chance.choice("\"':#[]{}-,&*!|>%@`\t ：") + line[place:]
        elif op == "indent":
            lines[at] = chance.choice([" ", "  ", "\t"]) + line
        elif op == "dedent":
            lines[at] = line[1:] if line.startswith(" ") else line
        elif op == "twice":
            lines.insert(at, line)
        elif op == "word":
            lines.insert(at, chance.choice(["tea", "<!-- tea -->", "// tea", "-tea", "tea:x"]))
        elif op == "join" and at + 1 < len(lines):
            lines[at : at + 2] = [line + " " + lines[at + 1].strip()]
        elif op == "colon":
            lines[at] = line.replace(": ", ":", 1)
        else:
            del lines[at]
        yield f"m{number:04}", op, "---\n" + "\n".join(lines) + "\n---\n\nBody\n"


def settings():
    """(config, path below `source`, text): posts under other settings than the defaults."""
    text = "---\ntitle: Tea\ndate: 2024-05-01\n---\nBody\n"
    for index in (True, False):
        for html in (True, False):
            for permalink in (":title/", ":title.html", ":title/index.html", ":title", ":title/myindex.html", ":year/:category/:title/"):
                pretty = {"trailing_index": index, "trailing_html": html}
                yield {"pretty_urls": pretty, "permalink": permalink}, "_posts/a.md", text
    globs = ["_posts/*.md", "*.md", "**/*.md", ["_posts/sub/**"], "_posts/**", "!_posts/a.md", "_posts/{a,b}.md", "_posts/A.md", "a.md"]
    for glob in globs:
        for path in ("_posts/a.md", "_posts/sub/a.md"):
            yield {"skip_render": glob}, path, text
    for config in (
        {"default_layout": "note"},
        {"default_category": "other", "permalink": ":category/:title/"},
        {"post_asset_folder": True, "permalink": ":title"},
        {"use_slug_as_post_title": True},
        {"updated_option": "date"},
        {"updated_option": "empty"},
        {"permalink_defaults": {"lang": "en"}, "permalink": ":lang/:title/"},
        {"category_map": {"tea": "cha"}, "tag_map": {"hills": "shan"}},
        {"category_dir": "c", "tag_dir": "t"},
        {"filename_case": 1},
        {"filename_case": 2},
    ):
        yield config, "_posts/a.md", text
        yield config, "_posts/B c.md", "---\ndate: 2024-05-01\ncategories: [tea, Rain]\ntags: [hills, Big Cup]\n---\nBody\n"
    for name in ("2024-05-01-a.md", "2024-05-a.md", "a.md", "2024-13-45-a.md"):
        for rule in (":year-:month-:day-:title.md", ":year-:month-:title.md", ":lang-:title.md", ":i_month-:title.md"):
            yield {"new_post_name": rule}, f"_posts/{name}", "---\ntitle: Tea\n---\nBody\n"
