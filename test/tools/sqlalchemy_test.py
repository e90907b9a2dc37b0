"""SQLAlchemy over psycopg 3: reflection, selects of what was reflected, functions, bound parameters."""
import datetime
import json
import os
import re
import warnings

import sqlalchemy as sa

import tap

engine = sa.create_engine(os.environ["CXUX_BI_URL"].replace("postgresql:", "postgresql+psycopg:"),
                          connect_args={"prepare_threshold": 0, "options": "-c plan_cache_mode=force_generic_plan"})
with engine.connect() as connection:
    calls = json.loads(connection.exec_driver_sql(tap.CALLS).scalar())

# What SQLAlchemy takes a Python value for, it says in a cast: $1::VARCHAR, $2::FLOAT.
wrong, parameters = [], 0
with engine.connect() as connection:
    for call in calls:
        values = {}
        for i, p in enumerate(call["parameters"], 1):
            value = p["value"]
            if p["type"].startswith("timestamp"):
                value = datetime.datetime.fromisoformat(value)
            elif p["type"] == "interval":
                value = tap.duration(value)
            elif p["type"] == "double precision":
                value = float(value)
            values[f"p{i}"] = value
        parameters += len(values)
        # A colon begins a parameter, so the casts are escaped.
        text = re.sub(r"\$(\d+)", r":p\1", call["query"].replace("::", r"\:\:"))
        binds = []
        for i, p in enumerate(call["parameters"], 1):
            kind = {"text[]": sa.ARRAY(sa.Text), "double precision[]": sa.ARRAY(sa.Double)}.get(p["type"])
            binds.append(sa.bindparam(f"p{i}", type_=kind) if kind else sa.bindparam(f"p{i}"))
        result = connection.execute(sa.text(text).bindparams(*binds), values)
        wrong += tap.problems(call, result.keys(), result.fetchall())
    plans = connection.exec_driver_sql("SELECT sum(generic_plans), sum(custom_plans) FROM pg_prepared_statements").fetchone()
tap.none(wrong, f"every call with bound parameters ({parameters})", len(calls))
tap.ok(plans[0] > 0 and plans[1] == 0, f"all plans were generic ({plans[0]})", plans)

# Reflected
inspector = sa.inspect(engine)
tap.equal([c["name"] for c in inspector.get_columns("scores", "probe") if isinstance(c["type"], sa.types.NullType)], [], "the columns of a view of reports have types")
tap.equal({type(c["type"]).__name__ for c in inspector.get_columns("scores", "probe")}, {"TEXT", "DOUBLE_PRECISION", "BIGINT"}, "built-in ones")
tap.equal(inspector.get_table_comment("scores", "probe")["text"], "recommendation by touchpoint", "its comment")
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    stored = sa.Table("stored", sa.MetaData(), schema="probe", autoload_with=engine)
summaries = [c for c in stored.columns if c.name != "touchpoint"]
tap.ok(all(isinstance(c.type, sa.types.NullType) for c in summaries) and len(caught) == len(summaries),
       f"of the {len(summaries)} columns of a table of summaries it says that it does not know their types", [str(w.message) for w in caught])
tap.equal([c.name for c in stored.primary_key], ["touchpoint"], "and knows the primary key")
with engine.connect() as connection:
    rows = connection.execute(sa.select(stored).order_by(stored.c.touchpoint)).fetchall()
    tap.none([v for row in rows for v in row if type(v) is not str or not tap.readable(v)], "selected all the same, as text", len(rows) * len(summaries))
    tap.none([c.name for c in summaries if len(connection.execute(sa.select(c).distinct().order_by(c)).fetchall()) != (1 if c.name.startswith("step_pattern") else 3)], "DISTINCT and ORDER BY of reflected columns", len(summaries))
    # Operators are found on the path only; a text that is bound without a cast becomes a summary.
    connection.exec_driver_sql("SET search_path = cxux")
    same = [c == sa.literal(v, sa.types.NullType()) for c, v in zip(stored.columns, rows[0]) if c.name != "touchpoint"]
    tap.equal(connection.execute(sa.select(sa.func.count()).select_from(stored).where(*same[:-1])).scalar(), 1, "their text, bound, finds the row again")
    connection.exec_driver_sql("RESET search_path")

    # Written in Python
    report = sa.func.cxux.report(stored.c.nps_summary_1, 0.9).table_valued("score", "low", "high", "n", name="r")
    query = sa.select(stored.c.touchpoint, sa.cast(report.c.score, sa.Double), report.c.n).select_from(stored.join(report, sa.true())).order_by(sa.desc("score"))
    found = connection.execute(query).fetchall()
    tap.equal([type(v) for v in found[0]] + [len(found)], [str, float, int, 3], "report() in FROM")
    visits = sa.Table("visits", sa.MetaData(), schema="probe", autoload_with=engine)
    shop = sa.select(visits.c.touchpoint, sa.func.cxux.funnel(visits.c.actor, visits.c.at, visits.c.event, "view > pay within 1 hour").label("shop")).group_by(visits.c.touchpoint).subquery()
    step = sa.func.cxux.completion(shop.c.shop)
    share = sa.func.cxux.share(step)
    found = connection.execute(sa.select(shop.c.touchpoint, share).order_by(share)).fetchall()
    tap.equal([type(v) for v in found[0]] + [len(found)], [str, float, 3], "an aggregate with a bound pattern, in a sub-select")
engine.dispose()
tap.done()
