#!/usr/bin/env python3
"""Limits, intervals, icons and trends worked out a second time, and held against the program's.

    python3 tests/conformance/independent.py BINARY [PROJECTS] [SEED]

Random projects of many indicators, of every unit, polarity and kind of period, with gaps, rebases,
baselines, step targets and a benchmark, are read by BINARY; what its tidy and its JSON say of the
last month is compared with what is worked out here, in exact fractions, with square roots to 40
digits. It was written from what docs/file-formats.md and docs/conformance.md say, and shares no
line with the program. Nothing is needed but Python.
"""

import csv
import io
import json
import os
import random
import subprocess
import sys
import tempfile
from decimal import Decimal, ROUND_HALF_UP, getcontext
from fractions import Fraction as F
from itertools import combinations

getcontext().prec = 60
binary = os.path.abspath(sys.argv[1])
projects = int(sys.argv[2]) if len(sys.argv) > 2 else 20
seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
Z = {"95": F("1.959963984540054"), "99.8": F("3.090232306167813")}
LOWER = {"95": "0 .025317808 .242209279 .618672123 1.089865374 1.623486390 2.201894253 2.814363052 "
               "3.453832177 4.115373097",
         "99.8": "0 .001000500 .045402018 .190533378 .428552414 .739371732 1.107104660 "
                 "1.520336260 1.970813922 2.452424404"}
UPPER = {"95": "3.688879454 5.571643391 7.224687668 8.767273070 10.241588675 11.668332079 "
               "13.059474023 14.422675362 15.763189220 17.084803451",
         "99.8": "6.907755279 9.233413476 11.228872242 13.062240779 14.794149223 16.454745204 "
                 "18.061636840 19.626177395 21.156198166 22.657373309"}


def root(x):
    return F((Decimal(x.numerator) / Decimal(x.denominator)).sqrt())


def shown(x):
    """To 6 places, half away from zero, without trailing zeros."""
    if x is None:
        return ""
    scaled = abs(x) * 10**6
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    text = f"{'-' if x < 0 and whole else ''}{whole // 10**6}.{whole % 10**6:06}"
    return text.rstrip("0").rstrip(".")


def month_name(index):
    return f"{index // 12:04}-{index % 12 + 1:02}"


def mean(values):
    return sum(values, F(0)) / len(values)


class Segment:
    """The points from `start` to `end`, with their limits."""

    def __init__(self, series, start, end, ind, rules, counts):
        self.start, self.end = start, end
        there = [at for at in range(start, end) if series[at] is not None]
        base = there[:ind["baseline"]] if ind["baseline"] else there
        self.limits = {}
        if len(base) < rules["minimum"]:
            return
        inside = set(base)
        pairs = [at for at in base if at - 1 in inside]
        if not pairs:
            return
        if ind["spc"] in ("p", "u"):
            scale = {"percent": 100, "rate": ind.get("per", 1)}[ind["unit"]]
            c = F(sum(counts[at][0] for at in base)) / sum(counts[at][1] for at in base)
            spread = (lambda d: c * (1 - c) / d) if ind["spc"] == "p" else (lambda d: c / d)
            zero = c == 0 or ind["spc"] == "p" and c == 1
            if zero:
                for at in there:
                    self.limits[at] = (c * scale,) * 5
                return
            z = {at: (series[at] / scale - c) / root(spread(counts[at][1])) for at in base}
            ranges = [abs(z[at] - z[at - 1]) for at in pairs]
            s = self.screen(ranges, rules) / F("1.128")
            for at in there:
                one = s * root(spread(counts[at][1])) * scale
                middle = c * scale
                self.limits[at] = (middle, middle - 3 * one, middle + 3 * one, middle - 2 * one,
                                   middle + 2 * one)
            return
        middle = mean([series[at] for at in base])
        ranges = [abs(series[at] - series[at - 1]) for at in pairs]
        wide = F(133, 50) * self.screen(ranges, rules)
        for at in there:
            self.limits[at] = (middle, middle - wide, middle + wide, middle - wide * F(2, 3),
                               middle + wide * F(2, 3))

    @staticmethod
    def screen(ranges, rules):
        average = mean(ranges)
        if rules["screen"] and average > 0:
            kept = [one for one in ranges if one < F("3.267") * average]
            return mean(kept) if kept else average
        return average


def clip(low, high, series, unit):
    there = [one for one in series if one is not None]
    if all(one >= 0 for one in there):
        low = max(low, F(0))
    if unit == "percent" and all(one <= 100 for one in there):
        high = min(high, F(100))
    return low, high


def last_signals(series, segment, rules):
    """The signals of the last point, the strongest first, each with its side."""
    at = segment.end - 1
    if series[at] is None or at not in segment.limits:
        return None
    found = []
    value = series[at]
    middle, low, high, near_low, near_high = segment.limits[at]
    if value > high:
        found.append(("outside", "high"))
    if value < low:
        found.append(("outside", "low"))

    def back(count):
        first = at - count + 1
        if first < segment.start or any(series[one] is None for one in range(first, at + 1)):
            return None
        return list(range(first, at + 1))

    run = back(rules["trend"])
    if run:
        steps = [series[b] - series[a] for a, b in zip(run, run[1:])]
        if all(step > 0 for step in steps):
            found.append(("trend", "high"))
        if all(step < 0 for step in steps):
            found.append(("trend", "low"))
    run = back(3)
    if run and all(one in segment.limits for one in run):
        of = segment.limits
        if all(series[one] > of[one][0] for one in run):
            if value > near_high and sum(series[one] > of[one][4] for one in run) >= 2:
                found.append(("two_of_three", "high"))
        if all(series[one] < of[one][0] for one in run):
            if value < near_low and sum(series[one] < of[one][3] for one in run) >= 2:
                found.append(("two_of_three", "low"))
    run = back(rules["shift"])
    if run:
        if all(series[one] > segment.limits[one][0] for one in run):
            found.append(("shift", "high"))
        if all(series[one] < segment.limits[one][0] for one in run):
            found.append(("shift", "low"))
    return found


def assurance(ind, low, high):
    p = ind["polarity"]
    if p == "N" or ind["target"] is None:
        return ""
    if p == "H":
        return "P" if low >= ind["target"] else "F" if high < ind["target"] else "?"
    if p == "L":
        return "P" if high <= ind["target"] else "F" if low > ind["target"] else "?"
    g_low, g_high = ind["target"]
    if low >= g_low and high <= g_high:
        return "P"
    return "F" if high < g_low or low > g_high else "?"


def interval(ind, figure, level):
    z = Z[level]
    if ind["unit"] == "percent":
        if figure[1] is None:
            return None
        x, n = figure[0], figure[1]
        if n <= 0 or x.denominator != 1 or n.denominator != 1 or x > n:
            return None
        r = z * root(z * z + 4 * x * (1 - x / n))
        d = 2 * (n + z * z)
        return tuple(100 * (2 * x + z * z + sign * r) / d for sign in (-1, 1))
    if ind["unit"] == "rate":
        if figure[1] is None or figure[1] <= 0:
            return None
        times, x = F(ind["per"]) / figure[1], figure[0]
    elif ind["unit"] == "number":
        times, x = F(1), figure[0]
    else:
        return None
    if x.denominator != 1 or x < 0:
        return None
    if x < 10:
        low, high = (F(t.split()[int(x)]) for t in (LOWER[level], UPPER[level]))
    else:
        low = x * (1 - 1 / (9 * x) - z / (3 * root(x)))**3
        y = x + 1
        high = y * (1 - 1 / (9 * y) + z / (3 * root(y)))**3
    return low * times, high * times


def kendall(values):
    """S of the figures, and how probable one so far from 0 is, over all orders of the same figures."""
    sign = lambda a: (a > 0) - (a < 0)
    s = sum(sign(values[j] - values[i]) for i, j in combinations(range(len(values)), 2))
    sizes = tuple(sorted(values.count(one) for one in set(values)))
    # Groups of equal figures are placed one after another: how many are passed is a q-binomial.
    dist, placed = {0: 1}, 0
    for size in sizes:
        gauss = inversions(placed, size)
        new = {}
        for a, x in dist.items():
            for b, y in gauss.items():
                new[a + b] = new.get(a + b, 0) + x * y
        dist, placed = new, placed + size
    pairs = sum(a * b for a, b in combinations(sizes, 2))
    total = sum(dist.values())
    hits = sum(count for up, count in dist.items() if abs(2 * up - pairs) >= abs(s))
    return s, F(hits, total)


def inversions(a, b):
    """How many orders of a and b alike things have how many inversions."""
    known = {}

    def of(a, b):
        if a == 0 or b == 0:
            return {0: 1}
        if (a, b) not in known:
            found = {}
            for key, count in of(a - 1, b).items():
                found[key + b] = found.get(key + b, 0) + count
            for key, count in of(a, b - 1).items():
                found[key] = found.get(key, 0) + count
            known[(a, b)] = found
        return known[(a, b)]

    return of(a, b)


def recent(ind, series, start, figures, level):
    """The trend of the last periods: direction, or None where it is not tested."""
    if ind["period"] == "A":
        last = series[-5:]
        if len(last) < 5 or any(one is None for one in last):
            return None
        years = [F(t) for t in range(5)]
        if ind["unit"] == "percent":
            of = figures[-5:]
            if any(one[1] is None for one in of):
                return None

            def test(keep):
                n = {t: of[t][1] for t in keep}
                x = {t: of[t][0] for t in keep}
                d, c = sum(n.values()), sum(x.values())
                top = d * sum(x[t] * years[t] for t in keep) - c * sum(n[t] * years[t] for t in keep)
                under = c * (d - c) * (d * sum(n[t] * years[t]**2 for t in keep)
                                       - sum(n[t] * years[t] for t in keep)**2)
                return top, (F(d) * top * top / under if under else F(0))

        else:
            ends = [interval(ind, one, level) for one in figures[-5:]]
            if any(one is None for one in ends):
                return None
            weights = [1 / ((high - low) / (2 * Z[level]))**2 for low, high in ends]

            def test(keep):
                total = sum(weights[t] for t in keep)
                t_mean = sum(weights[t] * years[t] for t in keep) / total
                y_mean = sum(weights[t] * last[t] for t in keep) / total
                under = sum(weights[t] * (years[t] - t_mean)**2 for t in keep)
                slope = sum(weights[t] * (years[t] - t_mean) * (last[t] - y_mean) for t in keep) / under
                return slope, slope * slope * under

        top, x2 = test(range(5))
        if x2 <= F("9.5495"):
            return "no_change"
        sign = lambda a: (a > 0) - (a < 0)
        for out in range(5):
            if sign(test([t for t in range(5) if t != out])[0]) != sign(top):
                return "no_change"
        return "increasing" if top > 0 else "decreasing"
    last = series[max(start, len(series) - 12):]
    there = [one for one in last if one is not None]
    if len(there) < 8 or last[-1] is None:
        return None
    s, p = kendall(there)
    if p >= F(5, 100):
        return "no_change"
    return "increasing" if s > 0 else "decreasing"


def make(chosen, folder):
    level = chosen.choice(["95", "99.8"])
    rules = {"shift": chosen.choice([7, 7, 6, 9]), "trend": chosen.choice([7, 7, 5, 8]),
             "minimum": chosen.choice([12, 12, 10]), "screen": chosen.random() < 0.3}
    text = ['[scorecard]\ntitle = "T"\narea = "Kent"\ntargets_for = "2025/26"\n[statistics]\n'
            f'intervals = {level}\nspc = true\n[statistics.rules]\nshift = {rules["shift"]}\n'
            f'trend = {rules["trend"]}\nminimum = {rules["minimum"]}\n'
            f'screen = {str(rules["screen"]).lower()}\n'
            '[[benchmark]]\nid = "england"\nname = "England"\n']
    end = 2026 * 12 + 2
    rows, benchmarks, made = {}, [], []
    for number in range(40):
        unit = chosen.choice(["percent", "number", "average", "rate"])
        period = chosen.choice(["SS", "MS", "YTD", "Q", "A", "R12M"])
        polarity = chosen.choice("HLTN")
        step = {"Q": 3, "A": 12}.get(period, 1)
        per = chosen.choice([1000, 10000])
        ind = {"id": f"I{number}", "unit": unit, "period": period, "polarity": polarity,
               "per": per, "step": step, "baseline": None, "target": None, "spc": True,
               "rebase": []}
        length = chosen.choice([3, 9, 12, 13, 20, 26, 40]) if step == 1 else \
            chosen.choice([5, 6, 9, 14, 16])
        if unit == "percent" and chosen.random() < 0.4 and period != "R12M":
            ind["spc"] = "p"
        if unit == "rate" and chosen.random() < 0.4 and period != "R12M":
            ind["spc"] = "u"
        if chosen.random() < 0.3:
            ind["baseline"] = chosen.choice([12, 14, 18])
        months = [end - step * back for back in range(length - 1, -1, -1)]
        if chosen.random() < 0.3 and length > 5 and period != "R12M":
            ind["rebase"] = [chosen.choice(months[2:])]
        level_of, drift = chosen.randint(3, 20), chosen.choice([0, 0, 0, 0.4, -0.3])
        figures = []
        total = [F(0), F(0)]
        for at, month in enumerate(months):
            if period == "YTD" and month % 12 == 3:
                total = [F(0), F(0)]
            figure = None
            center = max(0, level_of + drift * at)
            num = F(max(0, round(chosen.gauss(center, 2 + center / 8))))
            den = num + chosen.choice([0, 3, 10, 10, 10, 40])
            if unit == "percent" and chosen.random() < 0.03:
                num, den = F(2), F(3)
            if unit in ("average", "rate"):
                den = F(chosen.choice([7, 11, 40, 250]))
            if period == "YTD":
                fixed = F(250) if unit == "rate" else None
                total[0] += num
                total[1] = fixed or total[1] + den
                num, den = total[0], total[1]
            gap = chosen.random() < 0.05 and at + 1 < length
            if not gap:
                # None of nobody has no result, and is known all the same: what the next month adds can be said.
                figure = (num, None) if unit == "number" else (num, den)
            figures.append(figure)
            if figure is not None or (unit != "number" and not gap):
                value = f"{ind['id']},,,,,{num}" if unit == "number" else f"{ind['id']},,,{num},{den},"
                rows.setdefault(month, []).append(value)
            else:
                # Something has to be said, so that nothing is carried forward.
                rows.setdefault(month, []).append(f"{ind['id']},,,,,-")
        keys = [f'id = "{ind["id"]}"', 'section = "S"', f'name = "Name {number}"',
                f'polarity = "{polarity}"', f'period = "{period}"',
                f'unit = "{unit}"' + (f"\nper = {per}" if unit == "rate" else "")]
        if step > 1:
            keys.append('frequency = "' + {3: "quarterly", 12: "annual"}[step] + '"')
        if polarity in "HL" and chosen.random() < 0.7:
            target = chosen.randint(1, 60)
            ind["target"] = F(target)
            keys.append(f"target = {target}\nfloor = {f'{target - 1}.5' if polarity == 'H' else target + 3}")
        if polarity == "T" and chosen.random() < 0.7:
            low = chosen.randint(1, 50)
            ind["target"] = (F(low), F(low + 9))
            keys.append(f"target = {low + 4}\ngreen = [{low}, {low + 9}]\nfloor = [{max(0, low - 1)}, {low + 20}]")
        if ind["spc"] in ("p", "u"):
            keys.append(f'spc = "{ind["spc"]}"')
        if ind["baseline"]:
            keys.append(f"baseline = {ind['baseline']}")
        if ind["rebase"]:
            start = month_name(ind["rebase"][0])
            keys.append(f'rebase = [{{ from = "{start}", reason = "R" }}]')
        text.append("[[indicator]]\n" + "\n".join(keys) + "\n")
        bench = None
        if chosen.random() < 0.6:
            bench = F(chosen.randint(1, 60))
            benchmarks.append(f"england,{ind['id']},{month_name(end)},{bench}")
        made.append((ind, months, figures, bench))
    os.makedirs(folder)
    with open(os.path.join(folder, "indicators.toml"), "w") as file:
        file.write("".join(text))
    for month, lines in rows.items():
        path = os.path.join(folder, "data", month_name(month))
        os.makedirs(path, exist_ok=True)
        with open(os.path.join(path, "results.csv"), "w") as file:
            file.write("indicator,area,cohort,numerator,denominator,value\n" + "\n".join(lines) + "\n")
    with open(os.path.join(folder, "data", "benchmarks.csv"), "w") as file:
        file.write("benchmark,indicator,month,value\n" + "\n".join(benchmarks) + "\n")
    return level, rules, made


def result(ind, figure):
    if figure is None:
        return None
    num, den = figure
    if den is None:
        return num
    if den == 0:
        return None
    return num * {"percent": 100, "average": 1, "rate": ind["per"]}[ind["unit"]] / den


def expected(level, rules, ind, months, figures, bench):
    """What tidy and JSON say of the last month, by the names of the columns of tidy."""
    said = dict.fromkeys(["interval_low", "interval_high", "benchmark", "comparison", "mean",
                          "limit_low", "limit_high", "variation", "variation_rule", "assurance"], "")
    last = figures[-1]
    value = result(ind, last)
    if value is None:
        return None
    ends = interval(ind, last, level)
    if ends:
        said["interval_low"], said["interval_high"] = map(shown, ends)
    if bench is not None:
        said["benchmark"] = shown(bench)
        if ends:
            if ends[0] <= bench <= ends[1]:
                said["comparison"] = "similar"
            else:
                up = value > bench
                words = {"H": ("worse", "better"), "L": ("better", "worse")}
                said["comparison"] = words.get(ind["polarity"], ("lower", "higher"))[up]
    said["trend"] = None
    if ind["period"] == "R12M":
        return said
    # The single periods.
    unrolled = ind["period"] == "YTD"
    counts = list(figures)
    first = next(at for at, one in enumerate(figures) if one is not None)
    counts, months = counts[first:], months[first:]
    if unrolled:
        single = []
        for at, one in enumerate(counts):
            if one is None:
                single.append(None)
                continue
            if months[at] % 12 == 3:
                single.append(one)
                continue
            before = counts[at - 1] if at else None
            if before is None:
                single.append(None)
                continue
            num = one[0] - before[0]
            den = None if one[1] is None else one[1] if ind["unit"] == "rate" else one[1] - before[1]
            single.append(None if num < 0 or den is not None and den < 0 else (num, den))
        counts = single
    series = [result(ind, one) for one in counts]
    counts = [one if value is not None else None for one, value in zip(counts, series)]
    starts = [0] + [months.index(one) for one in ind["rebase"] if one in months and months.index(one) > 0]
    ends_at = starts[1:] + [len(series)]
    segments = [Segment(series, a, b, ind, rules, counts) for a, b in zip(starts, ends_at)]
    segment = segments[-1]
    at = len(series) - 1
    if not segment.limits:
        if not unrolled:
            said["trend"] = recent(ind, series, starts[-1], counts, level)
        return said
    there = max(segment.limits)
    middle, low, high, _, _ = segment.limits[there]
    low, high = clip(low, high, series, ind["unit"])
    said["mean"], said["limit_low"], said["limit_high"] = shown(middle), shown(low), shown(high)
    signals = last_signals(series, segment, rules)
    if signals is not None:
        if not signals:
            said["variation"] = "common"
        else:
            rule, side = signals[0]
            good = {"H": "high", "L": "low"}.get(ind["polarity"])
            tone = "neutral" if good is None else "improvement" if good == side else "concern"
            said["variation"], said["variation_rule"] = f"{tone}_{side}", rule
    if not (unrolled and ind["unit"] in ("number", "rate")):
        said["assurance"] = assurance(ind, low, high)
    return said


def run():
    chosen = random.Random(seed)
    checked = differ = 0
    seen = {}
    with tempfile.TemporaryDirectory() as top:
        for project in range(projects):
            folder = os.path.join(top, str(project))
            level, rules, made = make(chosen, folder)

            def call(*more):
                done = subprocess.run([binary, "-m", "2026-03", "-f", *more], cwd=folder,
                                      capture_output=True, text=True)
                if done.returncode:
                    sys.exit(f"project {project}: {done.stderr[:2000]}")
                return done.stdout

            rows = {row["id"]: row for row in csv.DictReader(io.StringIO(call("tidy", "--statistics")))
                    if row["cohort"] == "all" and row["data_month"] == "2026-03"}
            results = json.loads(call("json"))
            of_json = {one["indicator"]: one for one in results["areas"][0]["figures"]
                       if one.get("cohort", "all") == "all"}
            for ind, months, figures, bench in made:
                want = expected(level, rules, ind, months, figures, bench)
                if want is None or ind["id"] not in rows:
                    continue
                trend = want.pop("trend")
                row = rows[ind["id"]]
                for column, value in want.items():
                    checked += 1
                    seen[(column, value if column in ("variation", "variation_rule", "assurance",
                                                      "comparison") else bool(value))] = 1
                    if row[column] != value:
                        differ += 1
                        print(f"seed {seed}, project {project}, {ind['id']} ({ind['unit']}, {ind['period']}, "
                              f"{ind['polarity']}, spc {ind['spc']}): {column} is {row[column]!r}, not {value!r}")
                found = (of_json[ind["id"]].get("statistics") or {}).get("limits") or {}
                found = (found.get("trend") or {}).get("direction")
                checked += 1
                seen[("trend", trend)] = 1
                if found != trend:
                    differ += 1
                    print(f"seed {seed}, project {project}, {ind['id']} ({ind['unit']}, {ind['period']}): "
                          f"the trend is {found!r}, not {trend!r}")
    names = ", ".join(sorted({f"{column} {value}" for column, value in seen
                              if isinstance(value, str) and value}))
    print(f"{checked} values of {projects} projects, {differ} differ; seen: {names}")
    return 1 if differ else 0


sys.exit(run())
