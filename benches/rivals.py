#!/usr/bin/env python3
"""The month's job in DuckDB or in Polars, to compare scorecard with.

    python3 benches/rivals.py duckdb FOLDER OUT.csv
    python3 benches/rivals.py polars FOLDER OUT.csv

FOLDER is a project written by `cargo run --example generate`. The script reads the extracts of
January 2016, December 2015 and March 2015. For each area, indicator and population (everyone,
everyone except the cohort) it writes the result, the rating, the direction since the previous month
and since the outturn, and the variance. It uses floating point numbers and checks nothing, so it is
the least that the job can be.
"""

import os
import sys
import tomllib

engine, folder, out = sys.argv[1:4]

# What the ratings need from the definitions. The areas are those in the extracts.
with open(os.path.join(folder, "indicators.toml"), "rb") as file:
    text = file.read().decode()
indicators = []
for block in text.split("[[indicator]]")[1:]:
    keys = tomllib.loads(block.split("[[", 1)[0])
    target, floor = keys.get("target"), keys.get("floor")
    near = isinstance(floor, list)
    indicators.append({
        "indicator": keys["id"],
        "polarity": keys["polarity"],
        "times": 100.0 if keys["unit"] == "percent" else 1.0,
        "target": None if target is None else float(target[0] if isinstance(target, list) else target),
        "floor_low": float(floor[0]) if near else None if floor is None else float(floor),
        "floor_high": float(floor[1]) if near else None if floor is None else float(floor),
    })

MONTHS = {"now": "2016-01", "previous": "2015-12", "outturn": "2015-03"}
path = lambda month: os.path.join(folder, "data", month, "results.csv")


def duckdb_job():
    import duckdb

    db = duckdb.connect()
    columns = "{'indicator': 'VARCHAR', 'area': 'VARCHAR', 'cohort': 'VARCHAR', 'numerator': 'DOUBLE', 'denominator': 'DOUBLE', 'value': 'DOUBLE'}"
    rows = ", ".join(
        "('{indicator}', '{polarity}', {times}, {target}, {floor_low}, {floor_high})".format(
            **{key: "NULL" if value is None else value for key, value in one.items()})
        for one in indicators)
    db.execute(f"create table i as select * from (values {rows}) t(indicator, polarity, times, target, floor_low, floor_high)")
    for name, month in MONTHS.items():
        db.execute(f"""
            create table {name} as
            with rows as (select * from read_csv('{path(month)}', header = true, columns = {columns})),
                 whole as (select * from rows where cohort = 'all'),
                 part as (select * from rows where cohort = 'uasc')
            select area, indicator, 'all' as population,
                   coalesce(numerator * times / nullif(denominator, 0), value) as result
            from whole join i using (indicator)
            union all
            select area, indicator, 'excluding-uasc',
                   (w.numerator - p.numerator) * times / nullif(w.denominator - p.denominator, 0)
            from whole w join part p using (area, indicator) join i using (indicator)""")
    direction = """case when {a} is null or {b} is null then null
        when polarity = 'H' then sign({a} - {b}) when polarity = 'L' then sign({b} - {a})
        else sign(abs({b} - target) - abs({a} - target)) end"""
    db.execute(f"""
        copy (
            select n.area, n.indicator, n.population, n.result,
                   case when n.result is null or target is null then null
                        when polarity = 'H' then case when n.result >= target then 'green' when n.result >= floor_low then 'amber' else 'red' end
                        when polarity = 'L' then case when n.result <= target then 'green' when n.result <= floor_high then 'amber' else 'red' end
                        else case when n.result = target then 'green' when n.result between floor_low and floor_high then 'amber' else 'red' end
                   end as rag,
                   p.result as previous, {direction.format(a="n.result", b="p.result")} as previous_direction,
                   o.result as outturn, {direction.format(a="n.result", b="o.result")} as outturn_direction,
                   case when n.population <> 'all' then n.result - w.result end as variance
            from now n join i using (indicator)
            left join previous p using (area, indicator, population)
            left join outturn o using (area, indicator, population)
            left join now w on w.area = n.area and w.indicator = n.indicator and w.population = 'all'
        ) to '{out}' (header, delimiter ',')""")


def polars_job():
    import polars as pl

    about = pl.LazyFrame(indicators)
    schema = {"indicator": pl.String, "area": pl.String, "cohort": pl.String,
              "numerator": pl.Float64, "denominator": pl.Float64, "value": pl.Float64}
    result = lambda n, d: pl.when(d != 0).then(n * pl.col("times") / d)

    def month(name):
        rows = pl.scan_csv(path(MONTHS[name]), schema=schema)
        whole = rows.filter(pl.col("cohort") == "all").join(about.select("indicator", "times"), on="indicator")
        part = rows.filter(pl.col("cohort") == "uasc").select("area", "indicator", "numerator", "denominator")
        everyone = whole.select("area", "indicator", pl.lit("all").alias("population"),
                                pl.coalesce(result(pl.col("numerator"), pl.col("denominator")), pl.col("value")).alias(name))
        rest = whole.join(part, on=["area", "indicator"], suffix="_part").select(
            "area", "indicator", pl.lit("excluding-uasc").alias("population"),
            result(pl.col("numerator") - pl.col("numerator_part"), pl.col("denominator") - pl.col("denominator_part")).alias(name))
        return pl.concat([everyone, rest])

    def direction(earlier):
        now, then, target = pl.col("now"), pl.col(earlier), pl.col("target")
        return (pl.when(pl.col("polarity") == "H").then((now - then).sign())
                .when(pl.col("polarity") == "L").then((then - now).sign())
                .otherwise(((then - target).abs() - (now - target).abs()).sign()).alias(f"{earlier}_direction"))

    def banded(green, amber):
        return pl.when(green).then(pl.lit("green")).when(amber).then(pl.lit("amber")).otherwise(pl.lit("red"))

    now, target, low, high = pl.col("now"), pl.col("target"), pl.col("floor_low"), pl.col("floor_high")
    rag = (pl.when(now.is_null() | target.is_null()).then(None)
           .when(pl.col("polarity") == "H").then(banded(now >= target, now >= low))
           .when(pl.col("polarity") == "L").then(banded(now <= target, now <= high))
           .otherwise(banded(now == target, now.is_between(low, high))).alias("rag"))
    key = ["area", "indicator", "population"]
    months = month("now")
    whole = months.filter(pl.col("population") == "all").select("area", "indicator", pl.col("now").alias("whole"))
    (months.join(about, on="indicator").join(month("previous"), on=key, how="left").join(month("outturn"), on=key, how="left")
     .join(whole, on=["area", "indicator"], how="left")
     .select(*key, "now", rag, "previous", direction("previous"), "outturn", direction("outturn"),
             pl.when(pl.col("population") != "all").then(now - pl.col("whole")).alias("variance"))
     .collect().write_csv(out))


{"duckdb": duckdb_job, "polars": polars_job}[engine]()
