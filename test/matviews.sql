-- Summaries kept up to date: a concurrent refresh rewrites no row that has not changed, a table
-- filled bit by bit holds what one query over all rows gives, months come from days, and summaries
-- go through GROUP BY, DISTINCT, UNION and ORDER BY.
BEGIN;
\ir examples/visits.sql
SELECT plan(2 + (SELECT sum(CASE WHEN exact THEN 16 ELSE 14 END)::int FROM builders));
SET LOCAL client_min_messages = warning;

SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;

CREATE FUNCTION numbers(x jsonb) RETURNS float8[] LANGUAGE sql IMMUTABLE AS $$
	SELECT array_agg((v #>> '{}')::float8 ORDER BY place) FROM jsonb_path_query(x, 'strict $.** ? (@.type() == "number")') WITH ORDINALITY AS n(v, place)
$$;
-- To 1e-12 of the greatest number in it, as co-moments are near zero.
CREATE FUNCTION close(a float8[], b float8[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT cardinality($1) = cardinality($2) AND bool_and(abs(v.x - v.y) <= 1e-12 * s.scale)
	FROM unnest($1, $2) AS v(x, y), (SELECT max(abs(x)) AS scale FROM unnest($1) AS x) AS s
$$;
-- How many rows of two relations of (day, touchpoint, s) differ, and that there are any.
CREATE FUNCTION unlike(stored text, expected text, exact boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	rows bigint;
	different bigint;
BEGIN
	EXECUTE format('SELECT count(b.s), count(*) FILTER (WHERE a.s::text IS DISTINCT FROM b.s::text AND %s) FROM (%s) AS a FULL JOIN (%s) AS b USING (day, touchpoint)',
		CASE WHEN exact THEN 'true' ELSE 'close(numbers(a.s::jsonb), numbers(b.s::jsonb)) IS NOT TRUE' END, stored, expected) INTO rows, different;
	RETURN different || ' of ' || CASE WHEN rows > 8 THEN 'many' ELSE rows::text END;
END
$$;
CREATE FUNCTION places(relation regclass) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	result text[];
BEGIN
	EXECUTE format('SELECT array_agg(concat_ws('' '', day, touchpoint, ctid) ORDER BY day, touchpoint) FROM %s', relation) INTO result;
	RETURN result;
END
$$;
CREATE FUNCTION moved(before text[], after text[]) RETURNS int LANGUAGE sql AS $$
	SELECT count(*)::int FROM (SELECT unnest(after) EXCEPT SELECT unnest(before)) AS m
$$;
CREATE FUNCTION number(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	result bigint;
BEGIN
	EXECUTE query INTO result;
	RETURN result;
END
$$;

CREATE FUNCTION kept_up_to_date(b builders) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	whole text = 'SELECT day, touchpoint, ' || b.expression || ' AS s FROM visits GROUP BY day, touchpoint';
	part text = 'SELECT day, touchpoint, ' || b.expression || ' AS s FROM visits WHERE %s GROUP BY day, touchpoint';
	months text = 'SELECT date_trunc(''month'', day)::date AS day, touchpoint, ' || b.expression || ' AS s FROM visits GROUP BY 1, 2';
	add text = 'INSERT INTO stored AS t ' || part || ' ON CONFLICT (day, touchpoint) DO UPDATE SET s = t.s + EXCLUDED.s';
	before text[];
	before_months text[];
	d date;
BEGIN
	-- Workers take rows in an order of their own.
	PERFORM set_config('max_parallel_workers_per_gather', CASE WHEN b.exact THEN '2' ELSE '0' END, true);
	EXECUTE 'CREATE MATERIALIZED VIEW daily AS ' || whole;
	CREATE UNIQUE INDEX ON daily (day, touchpoint);
	CREATE MATERIALIZED VIEW monthly AS SELECT date_trunc('month', day)::date AS day, touchpoint, rollup(s) AS s FROM daily GROUP BY 1, 2;
	CREATE UNIQUE INDEX ON monthly (day, touchpoint);
	before := places('daily');
	before_months := places('monthly');

	-- Refreshed
	REFRESH MATERIALIZED VIEW CONCURRENTLY daily;
	REFRESH MATERIALIZED VIEW CONCURRENTLY monthly;
	RETURN NEXT is(moved(before, places('daily')), 0, b.expression || ': a refresh of unchanged rows rewrites none');
	RETURN NEXT is(moved(before_months, places('monthly')), 0, b.expression || ': nor do months');
	IF b.exact THEN
		CREATE TEMP TABLE shuffled AS SELECT * FROM visits ORDER BY md5(id::text);
		TRUNCATE visits; -- which leaves no dead rows to the scans of this transaction, as DELETE does
		INSERT INTO visits SELECT * FROM shuffled;
		DROP TABLE shuffled;
		REFRESH MATERIALIZED VIEW CONCURRENTLY daily;
		REFRESH MATERIALIZED VIEW CONCURRENTLY monthly;
		RETURN NEXT is(moved(before, places('daily')), 0, b.expression || ': nor do the same rows in another order');
		RETURN NEXT is(moved(before_months, places('monthly')), 0, b.expression || ': nor in months');
	END IF;
	RETURN NEXT is(unlike('SELECT * FROM monthly', months, b.exact), '0 of many', b.expression || ': months rolled up from days are those of the rows');
	INSERT INTO visits
	SELECT 12000 + v.id % 5, 2400, v.day, v.touchpoint, v.at, v.event, v.answer, v.rating, v.done, v.weight, v.seconds, v.finished, v.clicks, v.orders, v.reason
	FROM visits AS v WHERE v.actor = (SELECT max(actor) FROM visits WHERE day = '2026-02-03' AND touchpoint = 'web');
	REFRESH MATERIALIZED VIEW CONCURRENTLY daily;
	REFRESH MATERIALIZED VIEW CONCURRENTLY monthly;
	RETURN NEXT is(moved(before, places('daily')), 1, b.expression || ': a late customer rewrites one day');
	RETURN NEXT is(moved(before_months, places('monthly')), 1, b.expression || ': and one month');
	RETURN NEXT is(unlike('SELECT * FROM daily', whole, b.exact), '0 of many', b.expression || ': refreshed as if new');
	DELETE FROM visits WHERE actor = 2400;

	-- Filled day by day, then by what came late, then corrected
	EXECUTE 'CREATE TABLE stored (day date, touchpoint text, s ' || b.type || ', PRIMARY KEY (day, touchpoint))';
	FOR d IN SELECT DISTINCT day FROM visits ORDER BY day LOOP
		EXECUTE format(add, format('day = %L AND actor %% 10 NOT IN (3, 7)', d));
	END LOOP;
	RETURN NEXT is(unlike('TABLE stored', format(part, 'actor % 10 NOT IN (3, 7)'), b.exact), '0 of many', b.expression || ': day by day as at once');
	EXECUTE format(add, 'actor % 10 = 7');
	EXECUTE format(add, 'actor % 10 = 3');
	RETURN NEXT is(unlike('TABLE stored', whole, b.exact), '0 of many', b.expression || ': with late customers as at once');
	-- Taken out and put in otherwise, where that can be done, else the days in question anew.
	CREATE TEMP TABLE old_rows AS SELECT * FROM visits WHERE actor % 97 = 5;
	IF to_regprocedure(format('subtract(%s, %s)', b.type, b.type)) IS NOT NULL THEN
		EXECUTE format('CREATE TEMP TABLE old AS ' || part, 'actor % 97 = 5');
	END IF;
	UPDATE visits SET answer = 10 - answer, rating = 6 - rating, done = NOT done, weight = 1, seconds = seconds / 2, finished = true, orders = orders + 1, reason = 'other', event = 'view' WHERE actor % 97 = 5;
	before := places('stored');
	IF to_regclass('old') IS NOT NULL THEN
		EXECUTE format('UPDATE stored SET s = stored.s - old.s + new.s FROM old JOIN (' || part || ') AS new USING (day, touchpoint) WHERE stored.day = old.day AND stored.touchpoint = old.touchpoint', 'actor % 97 = 5');
		DROP TABLE old;
	ELSE
		EXECUTE 'INSERT INTO stored AS t ' || format(part, '(day, touchpoint) IN (SELECT day, touchpoint FROM old_rows)')
			|| ' ON CONFLICT (day, touchpoint) DO UPDATE SET s = EXCLUDED.s WHERE t.s IS DISTINCT FROM EXCLUDED.s';
	END IF;
	RETURN NEXT is(unlike('TABLE stored', whole, b.exact), '0 of many', b.expression || ': corrected as at once');
	RETURN NEXT is(moved(before, places('stored')) BETWEEN 1 AND (SELECT count(DISTINCT (day, touchpoint)) FROM old_rows), true, b.expression || ': a correction touches its days only');
	UPDATE visits AS v SET answer = o.answer, rating = o.rating, done = o.done, weight = o.weight, seconds = o.seconds, finished = o.finished, orders = o.orders, reason = o.reason, event = o.event
	FROM old_rows AS o WHERE v.id = o.id;
	DROP TABLE old_rows;

	-- As keys
	CREATE TEMP TABLE twice AS SELECT s FROM stored UNION ALL SELECT s FROM stored UNION ALL SELECT NULL;
	RETURN NEXT is((SELECT array_agg(number(query)) FROM unnest(ARRAY[
			'SELECT count(*) FROM (SELECT DISTINCT s FROM twice) AS q', 'SELECT count(*) FROM (SELECT s FROM twice GROUP BY s) AS q', 'SELECT count(*) FROM (SELECT s FROM stored UNION SELECT s FROM twice) AS q',
			'SELECT 1 + count(DISTINCT s) FROM twice', 'SELECT count(*) FROM (SELECT s FROM twice INTERSECT SELECT s FROM twice) AS q', 'SELECT 180 + count(*) FROM (SELECT s FROM stored EXCEPT SELECT s FROM twice) AS q']) AS query),
		(SELECT array_agg(q) FROM (SELECT count(DISTINCT s::text) + 1 AS q FROM twice, generate_series(1, 5) AS i GROUP BY i UNION ALL SELECT 180) AS expected), b.expression || ': DISTINCT, GROUP BY, UNION, INTERSECT, EXCEPT');
	SET LOCAL enable_hashagg = off;
	RETURN NEXT is(number('SELECT count(*) FROM (SELECT s FROM stored UNION SELECT s FROM twice) AS q'), number('SELECT count(DISTINCT s::text) + 1 FROM twice'), b.expression || ': UNION by sorting');
	SET LOCAL enable_hashagg = on;
	RETURN NEXT is((SELECT count(*)::int FROM (SELECT s >= lag(s) OVER () AS in_order FROM (SELECT s FROM stored ORDER BY s) AS q) AS r WHERE NOT in_order), 0, b.expression || ': ORDER BY');
	RETURN NEXT is((SELECT array_agg(s::text) FROM (SELECT s FROM stored ORDER BY s DESC) AS q), (SELECT array_agg(s::text ORDER BY place DESC) FROM (SELECT s, row_number() OVER () AS place FROM (SELECT s FROM stored ORDER BY s) AS q) AS r), b.expression || ': and back');
	DROP TABLE twice, stored;
	DROP MATERIALIZED VIEW daily CASCADE;
END
$$;
SELECT kept_up_to_date(b) FROM builders AS b;

SELECT is((SELECT string_agg(t.typname, ', ') FROM pg_type AS t JOIN pg_depend AS d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
	WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'cxux') AND t.typname LIKE '%\_summary' AND t.typcategory <> 'A' AND t.typname NOT IN (SELECT type FROM builders)), NULL, 'every summary type was tried');
SELECT is((SELECT count(*)::int FROM visits), 12000, 'on the same rows');

SELECT * FROM finish();
ROLLBACK;
