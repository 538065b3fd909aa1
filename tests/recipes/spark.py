#!/usr/bin/env python3
"""Checks an archive with Spark: `pipe` gives every partition to one `postlint check --stream`, `postlint site` compares the posts.

usage: spark.py POSTLINT SITE ANSWERS

SITE is the folder of the site. ANSWERS, a folder that must not exist, gets the answers and, for `postlint site`, the facts. On a cluster the
program and the site's configuration (`_config.yml`, `postlint.toml`) must be on every machine at the same place.
"""

import json
import shlex
import sys
from pathlib import Path

from pyspark.sql import SparkSession

postlint, site, answers = sys.argv[1:]
# Two executors, each a process of its own, as on a cluster. On a real one, leave the master to `spark-submit`.
spark = SparkSession.builder.master("local-cluster[2,1,1024]").appName("postlint").getOrCreate()
posts = sorted(str(path.relative_to(site)) for path in Path(site).rglob("*.md"))


def line(path):
    return json.dumps({"path": path, "text": (Path(site) / path).read_text("utf-8")})


# `--exit-zero`: a status other than 0 means that the program itself failed, and Spark tries the partition again.
command = f"{shlex.quote(postlint)} check --stream --quiet --exit-zero --emit-facts -"
command = f"sh -c {shlex.quote(f'cd {shlex.quote(site)} && exec {command}')}"
lines = spark.sparkContext.parallelize(posts, 4).map(line)
lines.pipe(command, checkCode=True).saveAsTextFile(Path(answers).absolute().as_uri())
spark.stop()
