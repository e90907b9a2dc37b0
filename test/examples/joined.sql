-- A join of one kind finds as many rows as there are, and is what was planned. Needs plan_of.sql.
CREATE FUNCTION joined(kind text, pattern text, query text, expected bigint) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	number bigint;
BEGIN
	PERFORM set_config('enable_' || k, CASE WHEN k = kind THEN 'on' ELSE 'off' END, true) FROM unnest('{hashjoin,mergejoin,nestloop}'::text[]) AS k;
	EXECUTE 'SELECT count(*) FROM ' || query INTO number;
	RETURN NEXT is(number, expected, kind || ' finds all');
	RETURN NEXT ok(plan_of('SELECT count(*) FROM ' || query) LIKE pattern, kind || ' is what was planned');
	PERFORM set_config('enable_' || k, 'on', true) FROM unnest('{hashjoin,mergejoin,nestloop}'::text[]) AS k;
END
$$;
