#!/usr/bin/env python3
"""A list with a row a child, counted by scorecard and by DuckDB.

    python3 benches/records.py make FOLDER [ROWS]      a project with a list of so many rows
    python3 benches/records.py duckdb FOLDER OUT.csv   the same counts in DuckDB

    scorecard extract -d FOLDER/indicators.toml --data FOLDER/data -o OUT.csv

Both count four indicators, two of them by dates and one by ages, for everyone and for a cohort, in
each of eight teams' areas and the area above them.
"""

import os
import random
import sys

what, folder = sys.argv[1:3]
AREAS = ["Northgate", "Eastvale", "Southmere", "Westbrook"]


def make(count):
    chosen = random.Random(1)
    os.makedirs(os.path.join(folder, "data", "2026-04"), exist_ok=True)
    with open(os.path.join(folder, "indicators.toml"), "w") as file:
        file.write('[scorecard]\ntitle = "Children"\narea = "Bracken Vale"\n')
        file.write('[[area]]\nname = "Bracken Vale"\n')
        for area in AREAS:
            file.write(f'[[area]]\nname = "{area}"\nparent = "Bracken Vale"\n')
            for team in ["Assessment", "Safeguarding"]:
                file.write(f'[[area]]\nname = "{area} {team}"\nparent = "{area}"\nkind = "team"\n')
        for id in ["PL", "VI", "AG", "AS"]:
            file.write(f'[[indicator]]\nid = "{id}"\nsection = "S"\nname = "% of {id}"\n'
                       'polarity = "H"\nperiod = "SS"\nunit = "percent"\n')
        file.write("""[[cohort]]
id = "uasc"
name = "UASC"
[[source]]
id = "list"
files = "list.csv"
kind = "records"
columns = { area = "Team", record = "Person ID" }
[source.cohort]
uasc = { "UASC (Y/N)" = "Y" }
[[source.count]]
indicator = "PL"
numerator = { "Placements last 12m" = ">= 3" }
denominator = {}
[[source.count]]
indicator = "VI"
numerator = { "Last visit" = "<= [Visit due]" }
denominator = { "Visit due" = "not blank" }
[[source.count]]
indicator = "AG"
numerator = { "Date of birth" = "aged 16 to 17" }
denominator = {}
[[source.count]]
indicator = "AS"
numerator = { days = { from = "Started", to = "Authorised", is = "<= 63" } }
denominator = { Authorised = "not blank" }
""")

    def day(first, last):
        year = chosen.randint(first, last)
        return f"{chosen.randint(1, 28):02}/{chosen.randint(1, 12):02}/{year}"

    with open(os.path.join(folder, "data", "2026-04", "list.csv"), "w") as file:
        file.write("Person ID,Date of birth,District,Team,CLA start,UASC (Y/N),Placements last 12m,"
                   "Last visit,Visit due,Started,Authorised\n")
        for person in range(count):
            area = chosen.choice(AREAS)
            team = f"{area} {chosen.choice(['Assessment', 'Safeguarding'])}"
            cells = [str(100_000 + person), day(2008, 2025), area, team, day(2020, 2025),
                     "Y" if chosen.random() < 0.1 else "N", str(chosen.randint(1, 5)),
                     day(2026, 2026), day(2026, 2026), day(2025, 2025), day(2026, 2026)]
            file.write(",".join(cells) + "\n")


def duckdb_job(out):
    import duckdb

    path = os.path.join(folder, "data", "2026-04", "list.csv")
    db = duckdb.connect()

    def of(column):
        return f"""strptime("{column}", '%d/%m/%Y')::date"""

    counts = {
        "PL": ('"Placements last 12m"::int >= 3', "true"),
        "VI": (f"{of('Last visit')} <= {of('Visit due')}",
               '"Visit due" is not null'),
        "AG": (f"date_sub('year', {of('Date of birth')}, date '2026-04-30') between 16 and 17",
               "true"),
        "AS": (f"{of('Authorised')} - {of('Started')} between 0 and 63",
               "Authorised is not null"),
    }
    tallies = ", ".join(
        f"count(*) filter (({denominator}) and ({numerator})) as {id}_n, count(*) filter ({denominator}) as {id}_d"
        for id, (numerator, denominator) in counts.items())
    db.execute(f"create table rows as select * from read_csv('{path}', header = true, all_varchar = true)")
    areas = ", ".join(f"('{area} {team}', '{area}')" for area in AREAS
                      for team in ["Assessment", "Safeguarding"])
    db.execute(f"create table teams as select * from (values {areas}) t(name, area)")
    db.execute(f"""copy (
        select coalesce(area, 'Bracken Vale') as area, cohort, {tallies}
        from (select *, 'all' as cohort from rows
              union all select *, 'uasc' from rows where "UASC (Y/N)" = 'Y')
        join teams on "Team" = name
        group by grouping sets ((cohort, area), (cohort))
        order by all) to '{out}' (header)""")


if what == "make":
    make(int(sys.argv[3]) if len(sys.argv) > 3 else 100_000)
else:
    duckdb_job(sys.argv[3])
