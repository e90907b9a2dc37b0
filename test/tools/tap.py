"""Says TAP, and compares what a driver brought with what probe.calls expects."""
import datetime
import json
import os
import sys
import urllib.parse

count = 0
url = urllib.parse.urlparse(os.environ["CXUX_BI_URL"])


def ok(passed, what, why=""):
    global count
    count += 1
    print(("ok" if passed else "not ok"), count, "-", what)
    if not passed and why:
        print("# " + str(why).replace("\n", "\n# ")[:1000])
    return passed


def equal(found, expected, what):
    return ok(found == expected, what, f"found {found!r}\nexpected {expected!r}")


def none(problems, what, of):
    """No problems, out of more than none."""
    return ok(not problems and of > 0, f"{what} ({of})", "\n".join(map(str, problems[:10])) or "nothing was tried")


def done():
    print(f"1..{count}")
    sys.stdout.flush()


def is_summary(column):
    """Types of an extension have numbers from 16384 up."""
    return column["oid"] >= 16384


# The Python type of a column of a built-in type.
PYTHON = {"text": str, "bigint": int, "integer": int, "double precision": float, "boolean": bool,
          "date": datetime.date, "timestamp with time zone": datetime.datetime}


def differs(value, column, text):
    """Whether value is not what the server prints as text, as the right type for its column."""
    if text is None or value is None:
        return value is not text
    if is_summary(column):
        return type(value) is not str or value != text or not readable(value)
    wanted = PYTHON.get(column["type"])
    if wanted is None or type(value) is not wanted:
        return True
    if wanted is bool:
        return value != (text in ("t", "true"))
    if wanted is datetime.datetime:
        expected = wanted.fromisoformat(text)
        # ODBC has no time zones; the session's is that of the text.
        return value != (expected if value.tzinfo else expected.replace(tzinfo=None))
    if wanted is datetime.date:
        return value != wanted.fromisoformat(text)
    return value != wanted(text)


def duration(text):
    """An interval of hours, minutes and seconds."""
    hours, minutes, seconds = text.split(":")
    return datetime.timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))


def readable(text):
    """Summaries are JSON, patterns are printable."""
    return text.isprintable() and (not text.startswith("{") or type(json.loads(text)) is dict)


def problems(call, names, rows, of=lambda value, column: value):
    """What is wrong with the rows of a call."""
    columns = call["columns"]
    if list(names) != [c["name"] for c in columns]:
        return [f"{call['query']}: columns {list(names)}"]
    flat = [of(v, c) for row in rows for v, c in zip(row, columns)]
    if len(flat) != len(call["cells"]):
        return [f"{call['query']}: {len(rows)} rows"]
    return [
        f"{call['query']}: {columns[i % len(columns)]} {value!r} is not {call['cells'][i]!r}"
        for i, value in enumerate(flat)
        if differs(value, columns[i % len(columns)], call["cells"][i])
    ]


# Read as one JSON text, which any driver delivers.
CALLS = """SELECT jsonb_agg(jsonb_build_object('signature', signature, 'query', query, 'parameters', parameters,
    'columns', columns, 'cells', cells) ORDER BY id)::text FROM probe.calls"""

# What BI tools make of a query that they are given.
WRAPPED = (
    ("columns", "SELECT * FROM ({q}) AS virtual_table LIMIT 0", lambda rows: 0),
    ("no rows", "SELECT * FROM ({q}) AS t WHERE 1 = 0", lambda rows: 0),
    ("distinct", "SELECT DISTINCT * FROM ({q}) AS t", lambda rows: len({tuple(r) for r in rows})),
    ("top", "SELECT t.* FROM ({q}) AS t ORDER BY 1 DESC, {c} LIMIT 1000", lambda rows: min(len(rows), 1000)),
    ("groups", "SELECT {c}, COUNT(*) AS n FROM ({q}) AS t GROUP BY {c} HAVING COUNT(*) > 0", lambda rows: len({r[-1] for r in rows})),
    ("common table", "WITH t AS ({q}) SELECT {c} FROM t WHERE {c} IS NOT NULL UNION ALL SELECT {c} FROM t WHERE {c} IS NULL", lambda rows: len(rows)),
)
