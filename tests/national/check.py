"""The tables of a nation, beside the reports of its authorities.

Takes a folder with a store of projects, and the program. Runs the example on two workers, kills one of them in the middle, and
compares every row of the tables with what the program says of each authority and month. Fails at the first thing that is not so.
"""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from time import sleep

import pyarrow.dataset

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "examples/national"
work, program = Path(sys.argv[1]), Path(sys.argv[2]).resolve()
store, tables = work / "store", work / "tables"

sys.path.insert(0, str(EXAMPLE))
from figures import FIGURE, FINDING, NUMBERS  # noqa: E402


def check(is_so, what):
    if not is_so:
        sys.exit(f"not so: {what}")


def spark(script, *arguments):
    """Starts a script on two workers, each a process of its own."""
    settings = ["--conf", "spark.ui.enabled=false", "--conf", "spark.sql.shuffle.partitions=4"]
    command = ["spark-submit", "--master", "local-cluster[2,1,1024]", *settings, EXAMPLE / script, *arguments]
    # Into files: a pipe that nobody reads holds up who writes to it.
    with open(work / "out", "w") as out, open(work / "err", "w") as err:
        return subprocess.Popen(command, stdout=out, stderr=err, cwd=work)


def printed():
    """What the script that ran last printed, and the log of Spark."""
    return (work / "out").read_text(encoding="utf-8"), (work / "err").read_text(encoding="utf-8")


def executors():
    """The processes of Spark that run pieces of work."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if b"CoarseGrainedExecutorBackend" in line and b"java" in line.split(b"\0")[0]:
            found.append(int(folder.name))
    return found


def kill_one(job, log):
    """Kills a worker when a quarter of the work has been begun: 40 authorities have 4 months, each with a report and a check."""
    while not log.exists() or len(log.read_text().splitlines()) < 80:
        check(job.poll() is None, f"the work begins: {printed()[1][-2000:]}")
        sleep(0.02)
    os.kill(executors()[0], signal.SIGKILL)


def reports():
    """What the program says of each authority and month: figures, findings and exit codes."""
    figures, findings, runs = Counter(), Counter(), {}
    for project in sorted(store.iterdir()):
        if not project.is_dir():
            continue
        if not (project / "data").is_dir():
            runs[project.name, "none"] = -1
            continue
        for folder in sorted((project / "data").iterdir()):
            asked = ["--month", folder.name, "--area", "all"]
            report = subprocess.run([program, "report", *asked, "--format", "tidy"], cwd=project, capture_output=True, text=True)
            found = subprocess.run([program, "check", *asked, "--format", "json"], cwd=project, capture_output=True, text=True)
            runs[project.name, folder.name] = report.returncode
            for row in csv.DictReader(io.StringIO(report.stdout)):
                check(list(row) == ["month", *FIGURE], "the columns of the tidy output are those of the example")
                figures[project.name, folder.name, *(plain(column, row[column] or None) for column in FIGURE)] += 1
            for one in json.loads(found.stdout)["findings"]:
                said = (None if one[column] is None else str(one[column]) for column in FINDING)
                findings[project.name, folder.name, *said] += 1
    return figures, findings, runs


def plain(column, value):
    return Decimal(value) if column in NUMBERS and value is not None else value


def table(name, columns):
    partitions = pyarrow.dataset.partitioning(pyarrow.schema([("month", pyarrow.string())]), flavor="hive")
    rows = pyarrow.dataset.dataset(tables / name, partitioning=partitions).to_table().to_pylist()
    return Counter((row["authority"], row["month"], *(row[column] for column in columns)) for row in rows), rows


# The program with a list of its runs, so that it is known how far the work is.
log = work / "log"
logged = work / "scorecard"
logged.write_text(f'#!/bin/sh\necho run >> "{log}"\nexec "{program}" "$@"\n')
logged.chmod(0o755)

job = spark("figures.py", "--store", store, "--to", tables, "--program", logged)
kill_one(job, log)
job.wait()
out, err = printed()
check(job.returncode == 1, f"an authority that failed is told by the exit code, not {job.returncode}: {err[-2000:]}")
# What a script says on stderr is on the stdout of spark-submit, whose own log is on stderr.
check("failed: Council 7, 2016-01: exit code 1: error[" in out, f"the authority that failed is named: {out}")
check("failed: Nowhere, none: exit code -1: it has none of the months" in out, f"and so is one without a month: {out}")
check("Lost executor" in err, "a worker was lost")

expected, expected_findings, runs = reports()
failed = {run: code for run, code in runs.items() if code}
check(len(runs) == 161 and failed == {("Council 7", "2016-01"): 1, ("Nowhere", "none"): -1}, f"one month of 160 has failed, and one has none: {failed}")
figures, rows = table("figures", FIGURE)
check(figures == expected, f"{figures.total():,} figures are the {expected.total():,} of the reports")
check({row["own_area"] for row in rows if row["area"] == "Area 0"} == {True}, "an authority's own area is known")
check({row["own_area"] for row in rows if row["area"] != "Area 0"} == {False}, "and so are those below it")
findings, _ = table("findings", FINDING)
check(findings == expected_findings, f"{findings.total():,} findings are the {expected_findings.total():,} of the checks")
_, rows = table("runs", [])
check({(row["authority"], row["month"]): row["exit_code"] for row in rows} == runs, "every run has its exit code")
print(f"{figures.total():,} figures and {findings.total():,} findings of 40 authorities are those of the program, with a worker killed")

# The question of a department, beside an answer by counting.
with open(store / "authorities.csv", encoding="utf-8", newline="") as file:
    regions = {row["authority"]: row["region"] for row in csv.DictReader(file)}
asked = spark("red.py", "--store", store, "--tables", tables, "--indicator", "19")
asked.wait()
out, err = printed()
check(asked.returncode == 0, f"the question has an answer: {err[-2000:]}")
answer = {(row["region"], row["month"]): (int(row["authorities"]), int(row["red"])) for row in csv.DictReader(io.StringIO(out))}
counted, red = Counter(), Counter()
for key in expected:
    figure = dict(zip(["authority", "month", *FIGURE], key))
    if (figure["id"], figure["cohort"], figure["area"]) == ("19", "all", "Area 0"):
        counted[regions[figure["authority"]], figure["month"]] += 1
        red[regions[figure["authority"]], figure["month"]] += figure["rag"] == "red"
check(answer == {key: (counted[key], red[key]) for key in counted}, "the authorities that are red on 19, by region and month")
check(0 < sum(red.values()) < 160, "some authorities are red on 19, and some are not")
print(f"{sum(red.values())} times an authority is red on 19, in {len(answer)} regions and months")

# The last month once more, with what was wrong put right: it takes the place of what the tables had, and the others stay.
shutil.rmtree(store / "Nowhere")
good = (store / "Council 8/data/2016-01/results.csv").read_bytes()
(store / "Council 7/data/2016-01/results.csv").write_bytes(good)
job = spark("figures.py", "--store", store, "--to", tables, "--program", logged, "--months", "2016-01")
job.wait()
out, err = printed()
check(job.returncode == 0, f"all are whole now: {err[-2000:]}")
expected, expected_findings, runs = reports()
check(table("figures", FIGURE)[0] == expected, "a month that is run again is replaced")
check(table("findings", FINDING)[0] == expected_findings, "and so are its findings")
check(not any(row["exit_code"] for row in table("runs", [])[1]), "what has failed before is no longer told")
print("a month that is run again takes the place of what was there")
