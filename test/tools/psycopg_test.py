"""psycopg 3, in text and in binary, plans for any parameters, the SQL that BI tools make."""
import datetime
import json
import os
import re

import psycopg

import tap

connection = psycopg.connect(os.environ["CXUX_BI_URL"], autocommit=True)
calls = json.loads(connection.execute(tap.CALLS).fetchone()[0])


def bound(call):
    """The query in psycopg's style, and its values."""
    values = []
    for p in call["parameters"]:
        value = p["value"]
        if p["type"].startswith("timestamp"):
            value = datetime.datetime.fromisoformat(value)
        elif p["type"] == "interval":
            value = tap.duration(value)
        elif p["type"].startswith("double precision"):
            value = [float(v) for v in value] if type(value) is list else float(value)
        values.append(value)
    return re.sub(r"\$\d+", "%s", call["query"]), values


def run(query, values, binary):
    cursor = connection.cursor(binary=binary)
    cursor.execute(query, values, prepare=True)
    return cursor


connection.execute("SET plan_cache_mode = force_generic_plan")
for binary in (False, True):
    kind = "binary" if binary else "text"
    wrong, types, wrapped, bytes_wrong, summaries = [], [], [], [], 0
    for call in calls:
        query, values = bound(call)
        cursor = run(query, values, binary)
        names = [d.name for d in cursor.description]
        types += [f"{call['query']}: {d}" for d, c in zip(cursor.description, call["columns"]) if d.type_code != c["oid"]]
        rows = cursor.fetchall()
        if binary and any(map(tap.is_summary, call["columns"])):
            # Nobody told psycopg what the bytes mean; as text they are asked for as text.
            summaries += 1
            bytes_wrong += [call["query"] for row in rows for v, c in zip(row, call["columns"]) if tap.is_summary(c) and type(v) is not bytes]
            as_text = ", ".join(f'"{n}"::text AS "{n}"' if tap.is_summary(c) else f'"{n}"' for n, c in zip(names, call["columns"]))
            query = f"SELECT {as_text} FROM ({query}) AS t"
            rows = run(query, values, binary).fetchall()
        wrong += tap.problems(call, names, rows)
        for what, sql, expected in tap.WRAPPED:
            found = run(sql.format(q=query, c=f'"{names[-1]}"'), values, binary).fetchall()
            if len(found) != expected(rows):
                wrapped.append(f"{what} of {query}: {len(found)} rows, not {expected(rows)}")
    tap.none(types, f"{kind}: the types are those of the catalog", len(calls))
    tap.none(wrong, f"{kind}: every call brings the server's values, numbers as numbers and summaries as text", len(calls))
    tap.none(wrapped, f"{kind}: wrapped sub-selects, DISTINCT, GROUP BY and common tables", len(calls) * len(tap.WRAPPED))
    if binary:
        tap.none(bytes_wrong, "binary: summaries not asked for as text are bytes", summaries)
plans = connection.execute("SELECT sum(generic_plans), sum(custom_plans) FROM pg_prepared_statements").fetchone()
tap.ok(plans[0] > 0 and plans[1] == 0, f"all plans were generic ({plans[0]})", plans)

# Who reads
tap.equal(connection.execute("SELECT current_user::text, current_setting('transaction_read_only'), current_setting('search_path')").fetchone(),
          ("bi", "on", "elsewhere"), "a role that may only read, with a foreign search_path")
try:
    connection.execute("CREATE TEMP TABLE t AS TABLE probe.stored")
    tap.ok(False, "it writes nothing")
except psycopg.errors.ReadOnlySqlTransaction:
    tap.ok(True, "it writes nothing")
try:
    connection.execute("SELECT nps(1)")
    tap.ok(False, "the extension is not on its path")
except psycopg.errors.UndefinedFunction:
    tap.ok(True, "the extension is not on its path")
connection.execute("SET search_path = cxux")
tap.equal(connection.execute("SELECT (SELECT report(nps(answer)) FROM probe.visits)::text = (SELECT cxux.report(cxux.nps(answer)) FROM probe.visits)::text").fetchone(), (True,), "nor missed when it is")
connection.execute("RESET search_path")

# Summaries in tables
columns = [c.name for c in connection.execute("SELECT * FROM probe.stored LIMIT 0").description]
tap.equal(len(connection.execute("SELECT DISTINCT * FROM probe.stored").fetchall()), 3, "DISTINCT over a table of all types")
scans = {c: len(connection.execute(f'SELECT DISTINCT "{c}" FROM probe.stored ORDER BY 1').fetchall()) for c in columns}
tap.none([s for s in scans.items() if s[1] != (1 if s[0].startswith("step_pattern") else 3)], "DISTINCT scans of each column", len(scans))
with connection.cursor() as cursor, cursor.copy("COPY probe.stored TO STDOUT") as copy:
    lines = b"".join(copy).decode().splitlines()
tap.equal(len(lines), 3, "COPY")

# A pattern out of an application: error messages reach it with their place and hint.
try:
    connection.execute("SELECT cxux.funnel(actor, at, event, %s) FROM probe.visits", ["view > > pay"])
    tap.ok(False, "a wrong pattern is an error")
except psycopg.Error as e:
    tap.ok(e.diag.sqlstate == "22P02" and "view > > pay" in e.diag.message_primary, "a wrong pattern is an error that shows it", e)
tap.done()
