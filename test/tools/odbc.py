"""psqlODBC through unixODBC, by pyodbc: prepared on the server, types as ODBC describes them."""
import datetime
import glob
import json
import re

import pyodbc

import tap

driver = glob.glob("/usr/lib/*/odbc/psqlodbcw.so")[0]
pyodbc.pooling = False
connection = pyodbc.connect(
    f"Driver={driver};Server={tap.url.hostname};Port={tap.url.port};Database={tap.url.path[1:]};UID={tap.url.username};PWD={tap.url.password};"
    "UseServerSidePrepare=1;BoolsAsChar=0", autocommit=True)
cursor = connection.cursor()
cursor.execute("SET plan_cache_mode = force_generic_plan")
calls = json.loads(cursor.execute(tap.CALLS).fetchone()[0])

types, wrong, wrapped = [], [], []
# What the server has prepared is read beside it: a statement is dropped for the next one.
beside = connection.cursor()
plans = [0, 0]
for call in calls:
    values = []
    for p in call["parameters"]:
        value = p["value"]
        if p["type"].startswith("timestamp"):
            value = datetime.datetime.fromisoformat(value).replace(tzinfo=None)
        elif p["type"] == "double precision":
            value = float(value)
        elif p["type"].endswith("[]"):
            value = "{" + ",".join(json.dumps(v) for v in value) + "}"
        values.append(value)
    # pyodbc has no arrays and no intervals.
    query = re.sub(r"\$(\d+)", lambda m: "?::" + call["parameters"][int(m[1]) - 1]["type"] if call["parameters"][int(m[1]) - 1]["type"].endswith(("[]", "interval")) else "?", call["query"])
    for time in (1, 2):
        try:
            cursor.execute(query, values)
        except pyodbc.Error as e:
            wrong.append(f"{query}: {e}")
            continue
        description = cursor.description
        types += [f"{query}: {d}" for d, c in zip(description, call["columns"]) if d[1] is not (str if tap.is_summary(c) else tap.PYTHON[c["type"]])]
        rows = [tuple(r) for r in cursor.fetchall()]
        found = beside.execute("SELECT coalesce(sum(generic_plans), 0), coalesce(sum(custom_plans), 0) FROM pg_prepared_statements").fetchone()
        plans = [plans[0] + int(found[0]), plans[1] + int(found[1])]
        wrong += tap.problems(call, [d[0] for d in description], rows)
    for what, sql, expected in tap.WRAPPED:
        try:
            found = cursor.execute(sql.format(q=query, c=f'"{description[-1][0]}"'), values).fetchall()
        except pyodbc.Error as e:
            wrapped.append(f"{what} of {query}: {e}")
            continue
        if len(found) != expected(rows):
            wrapped.append(f"{what} of {query}: {len(found)} rows")
tap.none(types, "the types that ODBC describes", len(calls))
tap.none(wrong, "every call brings the server's values, numbers as numbers and summaries as text", len(calls))
tap.ok(plans[0] > 0 and plans[1] == 0, f"all plans were generic ({plans[0]})", plans)
tap.none(wrapped, "wrapped sub-selects, DISTINCT, GROUP BY and common tables", len(calls) * len(tap.WRAPPED))
columns = list(cursor.columns(schema="probe", table="scores"))
tap.none([c.column_name for c in columns if c.data_type in (pyodbc.SQL_UNKNOWN_TYPE, pyodbc.SQL_BINARY)], "the columns of a view of reports", len(columns))
columns = list(cursor.columns(schema="probe", table="stored"))
tap.none([c.column_name for c in columns if c.column_name.rsplit("_", 1)[0] not in c.type_name and c.column_name != "touchpoint"], "those of a table of summaries are known by name", len(columns))
rows = cursor.execute("SELECT DISTINCT * FROM probe.stored ORDER BY touchpoint").fetchall()
tap.none([v for r in rows for v in r if type(v) is not str or not tap.readable(v)], "which arrive as text", len(rows))
tap.done()
