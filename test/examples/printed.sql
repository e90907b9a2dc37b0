-- Agreement with numbers as sources print them: within half a unit of the last digit.
CREATE FUNCTION pg_temp.rounded_like(value float8, printed numeric) RETURNS numeric
LANGUAGE sql AS $$
	SELECT CASE WHEN abs(value - printed) <= 0.5000001 * 10.0 ^ (-scale(printed))
		THEN printed ELSE value::numeric END
$$;

CREATE FUNCTION pg_temp.agrees(value float8, printed numeric, source text) RETURNS text
LANGUAGE sql AS $$
	SELECT is(pg_temp.rounded_like(value, printed), printed, source)
$$;

CREATE FUNCTION pg_temp.agree(found float8[], printed numeric[], source text) RETURNS text
LANGUAGE sql AS $$
	SELECT is(array_agg(pg_temp.rounded_like(f, p) ORDER BY i), printed, source)
	FROM unnest(found, printed) WITH ORDINALITY AS u(f, p, i)
$$;
