#!/usr/bin/env python3
"""A national file, every year and authority in one, read by scorecard and by DuckDB.

    python3 benches/national.py make FOLDER [ROWS]      a project with a file of about so many rows
    python3 benches/national.py duckdb FOLDER OUT.csv   the same figures in DuckDB

    scorecard extract -d FOLDER/indicators.toml --data FOLDER/data -m 2026-03 -o OUT.csv

The file has the form in which the Department for Education publishes: a row a year, area and group,
numerators and denominators in sibling rows, symbols without brackets. All its figures are invented.
The council has five areas of the 153, and two indicators.
"""

import os
import random
import sys

what, folder = sys.argv[1:3]
COUNCIL = ["Northgate", "Eastvale", "Southmere", "Westbrook", "Highfield"]
GROUPS = ["Total children", "With 1 placement during the year",
          "With 2 placements during the year", "With 3 or more placements during the year"]
CHARACTERISTICS = [f"{kind} {number}" for kind in ["Age", "Ethnicity", "Need", "Placement"]
                   for number in range(30)]
LAST = 2026

DEFINITIONS = """[scorecard]
title = "Children"
area = "Bracken Vale"
[[area]]
name = "Bracken Vale"
{areas}
[[indicator]]
id = "PL"
section = "S"
name = "3 or more placements"
polarity = "L"
period = "A"
unit = "percent"
[[indicator]]
id = "TWO"
section = "S"
name = "2 placements"
polarity = "L"
period = "A"
unit = "percent"
[[source]]
id = "national"
files = "stability*.csv"
folder = "../national"
only = {{ geographic_level = "Local authority", characteristic = "All" }}
unknown_areas = "leave out"
month_is = "financial year"
symbols = {{ c = "suppressed", z = "missing" }}
columns = {{ area = "la_name", month = "time_period" }}
[[source.measure]]
indicator = "PL"
numerator = {{ column = "number", where = {{ placement_stability = "With 3 or more*" }} }}
denominator = {{ column = "number", where = {{ placement_stability = "Total*" }} }}
[[source.measure]]
indicator = "TWO"
numerator = {{ column = "number", where = {{ placement_stability = "With 2*" }} }}
denominator = {{ column = "number", where = {{ placement_stability = "Total*" }} }}
"""


def make(count):
    chosen = random.Random(1)
    authorities = COUNCIL + [f"Authority {number}" for number in range(148)]
    os.makedirs(os.path.join(folder, "data", f"{LAST}-03"), exist_ok=True)
    os.makedirs(os.path.join(folder, "national"), exist_ok=True)
    areas = "\n".join(f'[[area]]\nname = "{name}"\nparent = "Bracken Vale"' for name in COUNCIL)
    with open(os.path.join(folder, "indicators.toml"), "w") as file:
        file.write(DEFINITIONS.format(areas=areas))
    years = 12
    kinds = max(1, round(count / (years * len(authorities) * len(GROUPS))) - 1)
    with open(os.path.join(folder, "national", "stability.csv"), "w") as file:
        file.write("time_period,time_identifier,geographic_level,country_code,country_name,"
                   "region_code,region_name,old_la_code,la_name,new_la_code,characteristic,"
                   "placement_stability,number,percentage\n")
        for year in range(LAST - years, LAST):
            for number, name in enumerate(authorities):
                for kind in ["All"] + [f"{CHARACTERISTICS[at % 120]}.{at}" for at in range(kinds)]:
                    total = chosen.randint(60, 900)
                    parts = [total, 0, chosen.randint(1, 29), chosen.randint(6, 29)]
                    parts[1] = total - parts[2] - parts[3]
                    for group, part in zip(GROUPS, parts):
                        shown = "c" if part < 6 else part
                        percent = "c" if part < 6 else f"{part * 100 / total:.0f}"
                        file.write(f"{year}{(year + 1) % 100:02},Financial year,Local authority,"
                                   f"E92000001,England,E1200000{number % 9},Region {number % 9},"
                                   f"{200 + number},{name},E0{6000000 + number},{kind},{group},"
                                   f"{shown},{percent}\n")


def duckdb_job(out):
    import duckdb

    path = os.path.join(folder, "national", "stability.csv")
    areas = ", ".join(f"'{name}'" for name in COUNCIL)

    def figure(id, group):
        return f"""select '{id}' as indicator, la_name as area,
            any_value(number) filter (placement_stability like '{group}%') as numerator,
            any_value(number) filter (placement_stability like 'Total%') as denominator
            from rows group by la_name"""

    db = duckdb.connect()
    db.execute(f"""create table rows as select * from
        read_csv('{path}', header = true, all_varchar = true)
        where time_period = '{LAST - 1}{LAST % 100}' and characteristic = 'All'
        and geographic_level = 'Local authority' and la_name in ({areas})""")
    db.execute(f"""copy ({figure('PL', 'With 3 or more')} union all {figure('TWO', 'With 2')}
        order by all) to '{out}' (header)""")


if what == "make":
    make(int(sys.argv[3]) if len(sys.argv) > 3 else 900_000)
else:
    duckdb_job(sys.argv[3])
