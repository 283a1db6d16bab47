#!/usr/bin/env python3
"""Every authority's scorecard of every month, as tables, on Apache Spark.

    spark-submit figures.py --store STORE --to TABLES --program scorecard [--months 2015-02:2016-01]

STORE is a folder of projects, one for each authority and named after it: `indicators.toml`, `data/2016-01/...` and the rest, as an
officer keeps them. TABLES is where the tables are written. Both are URLs of any file system that Hadoop knows (hdfs:, s3a:, abfss:,
gs:, file:), or paths of this one. The program is copied to the workers.

An authority is one piece of work: a worker writes its files into a folder of their own, runs the program for each month and gives
back rows. They become three tables in Parquet, partitioned by month:

    figures    the tidy output of `scorecard`, with the authority, and whether the area is the authority's own
    findings   what `scorecard check` found, with the authority
    runs       how each month of each authority went: exit code, what it said, how many rows, how many seconds

A month that is run again takes the place of what the tables had of it. An authority that fails has its run and its findings and no
figures; the others are whole. The exit code is 1 if one failed, and each is named.
"""

import argparse
import csv
import io
import json
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

import pandas
from pyspark import SparkFiles, StorageLevel
from pyspark.sql import SparkSession, functions as F

FIGURE = """area cohort section id indicator polarity period unit data_month numerator denominator result display rag target_low
    target_high floor_low floor_high previous_month previous_result previous_direction outturn_month outturn_result
    outturn_direction variance last_year_month last_year_result last_year_direction range verdict""".split()
# These columns are numbers, written with at most six places: nothing is rounded on the way.
NUMBERS = """numerator denominator result target_low target_high floor_low floor_high previous_result outturn_result variance
    last_year_result""".split()
NUMBER = "decimal(38, 6)"
FINDING = "severity code indicator activity area path line column cell found remedy".split()


def a_list_of(columns):
    return "array<struct<" + ", ".join(f"`{column}`: string" for column in columns) + ">>"


COLUMNS = ["authority", "month", "exit_code", "said", "seconds", "own_area", "figures", "findings"]
ANSWER = (
    "authority string, month string, exit_code int, said string, seconds double, own_area string, "
    f"figures {a_list_of(FIGURE)}, findings {a_list_of(FINDING)}"
)
# The month of an authority that has none.
NO_MONTH = "none"
# A report takes milliseconds. One that takes minutes will not end.
PATIENCE = 600


def files_of(spark, store):
    """A row for each file of the store: its authority, its path in the authority's project, its bytes."""
    folder = spark._jvm.org.apache.hadoop.fs.Path(store)
    root = folder.getFileSystem(spark._jsc.hadoopConfiguration()).makeQualified(folder).toString().rstrip("/")
    below = F.expr(f"substr(path, {len(root) + 2})")
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(root)
    # What stands beside the projects is no authority's.
    return files.where(below.contains("/")).select(
        F.substring_index(below, "/", 1).alias("authority"),
        F.regexp_replace(below, "^[^/]+/", "").alias("file"),
        "content",
    )


def answers_of(files, program, months):
    """A row for each month of each authority: what the program made of it."""
    authorities = files.select("authority").distinct().count()

    def answer(files):
        authority = files["authority"].iloc[0]
        with tempfile.TemporaryDirectory() as folder:
            for name, content in zip(files["file"], files["content"]):
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            project = Path(folder)
            rows = [run(program, project, month) for month in months_of(project, months)] or [nothing_to_run()]
            about = {"authority": authority, "own_area": own_area(project)}
        return pandas.DataFrame([{**about, **row} for row in rows], columns=COLUMNS)

    # As many partitions as authorities, so that each goes to whichever worker is free.
    return files.repartition(max(authorities, 1), "authority").groupBy("authority").applyInPandas(answer, ANSWER)


def months_of(project, months):
    """The months that a project has, of those asked for."""
    first, last = months
    names = (folder.name for folder in (project / "data").glob("[0-9]*-[0-9]*") if re.fullmatch(r"\d{4}-\d{2}", folder.name))
    return sorted(name for name in names if first <= name <= last)


def nothing_to_run():
    """What stands in the tables for an authority that has no month: it has failed, and is seen."""
    return {"month": NO_MONTH, "exit_code": -1, "said": "it has none of the months", "seconds": 0.0, "figures": [], "findings": []}


def run(program, project, month):
    """The report and the findings of a project's month."""
    started = time.monotonic()
    asked = ["--month", month, "--area", "all"]
    try:
        report = said_by(program, project, "report", *asked, "--format", "tidy")
        check = said_by(program, project, "check", *asked, "--format", "json")
        exit_code, said = report.returncode, report.stderr.strip() if report.returncode else ""
        figures = rows_of(report.stdout) if exit_code == 0 else []
        findings = findings_of(check.stdout)
    except (OSError, subprocess.SubprocessError) as error:
        exit_code, said, figures, findings = -1, str(error), [], []
    return {
        "month": month,
        "exit_code": exit_code,
        "said": said,
        "seconds": time.monotonic() - started,
        "figures": figures,
        "findings": findings,
    }


def said_by(program, project, *arguments):
    command = [SparkFiles.get(program), *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=False)


def rows_of(tidy):
    return [{column: row.get(column) or None for column in FIGURE} for row in csv.DictReader(io.StringIO(tidy))]


def findings_of(output):
    # Where the command itself is wrong there is no JSON, and the report has said why.
    found = json.loads(output)["findings"] if output.startswith("{") else []
    return [{column: None if one.get(column) is None else str(one[column]) for column in FINDING} for one in found]


def own_area(project):
    """The area that the scorecard is of, where the definitions can be read."""
    try:
        return tomllib.loads((project / "indicators.toml").read_text(encoding="utf-8-sig"))["scorecard"]["area"]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(spark, answers, tables):
    """The three tables, a file for each month in each."""
    figures = answers.select("authority", "month", "own_area", F.posexplode("figures").alias("row", "figure")).select(
        "authority",
        "month",
        "row",
        (F.col("figure.area") == F.col("own_area")).alias("own_area"),
        *(F.col(f"figure.{column}").cast(NUMBER if column in NUMBERS else "string").alias(column) for column in FIGURE),
    )
    findings = answers.select("authority", "month", F.posexplode("findings").alias("row", "finding")).select(
        "authority", "month", "row", *(F.col(f"finding.{column}").alias(column) for column in FINDING)
    )
    runs = answers.select(
        "authority", "month", "exit_code", "said", "seconds", F.size("figures").alias("figures"), F.size("findings").alias("findings")
    )
    tables = tables.rstrip("/")
    months = {row.month for row in runs.select("month").distinct().collect()} | {NO_MONTH}
    for name, table, order in [
        ("figures", figures, ["authority", "row"]),
        ("findings", findings, ["authority", "row"]),
        ("runs", runs, ["authority"]),
    ]:
        (
            table.repartition("month")
            .sortWithinPartitions("month", *order)
            .drop("row")
            .write.mode("overwrite")
            .partitionBy("month")
            .parquet(f"{tables}/{name}")
        )
        # A month that has no rows any more writes none, and what it had before has to go.
        for month in months - {row.month for row in table.select("month").distinct().collect()}:
            folder = spark._jvm.org.apache.hadoop.fs.Path(f"{tables}/{name}/month={month}")
            folder.getFileSystem(spark._jsc.hadoopConfiguration()).delete(folder, True)


def months_asked(text):
    first, _, last = text.partition(":")
    months = (first, last or first)
    if not all(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month) for month in months) or months[0] > months[1]:
        raise argparse.ArgumentTypeError(f"{text} is not a month such as 2016-01, nor two such as 2015-02:2016-01")
    return months


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", required=True, help="the folder of projects, one an authority")
    parser.add_argument("--to", required=True, help="the folder of the tables")
    parser.add_argument("--program", required=True, help="the program, built for the workers' machines")
    parser.add_argument("--months", type=months_asked, default=("0000-00", "9999-99"), help="a month, or the first and the last [default: all]")
    asked = parser.parse_args()

    spark = SparkSession.builder.appName("scorecard").getOrCreate()
    # Months that are not run stay as they are in the tables.
    spark.conf.set("spark.sql.sources.partitionOverwriteMode", "dynamic")
    spark.sparkContext.addFile(asked.program)

    answers = answers_of(files_of(spark, asked.store), Path(asked.program).name, asked.months).persist(StorageLevel.DISK_ONLY)
    write(spark, answers, asked.to)

    runs = answers.select("authority", "month", "exit_code", "said", F.size("figures").alias("figures"))
    whole, failed = runs.where("exit_code = 0"), runs.where("exit_code <> 0").orderBy("authority", "month").collect()
    of = whole.agg(F.countDistinct("authority").alias("authorities"), F.count("*").alias("months"), F.sum("figures").alias("figures")).first()
    print(f"{of.figures or 0:,} figures of {of.authorities:,} authorities, {of.months:,} months in all")
    for one in failed:
        said = one.said.splitlines()[0] if one.said else "no word of why"
        print(f"failed: {one.authority}, {one.month}: exit code {one.exit_code}: {said}", file=sys.stderr)
    spark.stop()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
