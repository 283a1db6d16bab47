#!/usr/bin/env python3
"""How many authorities are red on an indicator, by region and month.

    spark-submit red.py --store STORE --tables TABLES --indicator 19

A question that a department asks of the tables that `figures.py` writes. The regions are in the store beside the projects:
`authorities.csv` with the columns `authority` and `region`. Prints CSV: a row for each region and month, with how many are rated and
how many of them are red.
"""

import argparse
import csv
import sys

from pyspark.sql import SparkSession

RED = """
    SELECT region, month, count(*) AS authorities, count(rag) AS rated, count_if(rag = 'red') AS red
    FROM figures JOIN regions USING (authority)
    WHERE id = :indicator AND cohort = 'all' AND own_area
    GROUP BY region, month
    ORDER BY region, month
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", required=True, help="the folder of projects, with authorities.csv")
    parser.add_argument("--tables", required=True, help="the folder of the tables")
    parser.add_argument("--indicator", required=True, help="the id of an indicator")
    asked = parser.parse_args()

    spark = SparkSession.builder.appName("scorecard: red").getOrCreate()
    spark.read.parquet(f"{asked.tables.rstrip('/')}/figures").createOrReplaceTempView("figures")
    spark.read.option("header", "true").csv(f"{asked.store.rstrip('/')}/authorities.csv").createOrReplaceTempView("regions")
    rows = spark.sql(RED, args={"indicator": asked.indicator})
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(rows.columns)
    out.writerows(rows.toLocalIterator())
    spark.stop()


if __name__ == "__main__":
    main()
