-- An aggregate over the rows of a table, as bytes, against the same merged from parts, one for each
-- value of a key.

-- By rollup() in any order; there are parts of nobody and NULL parts, too.
CREATE FUNCTION splits(what text, type text, source text, key text, nobody text DEFAULT '{}') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	whole text;
	merged text;
BEGIN
	EXECUTE format('SELECT %s_send(%s)::text FROM %s', type, what, source) INTO whole;
	EXECUTE format('SELECT %1$s_send(rollup(x ORDER BY md5(x::text || i)))::text FROM (SELECT %2$s AS x, 1 AS i FROM %3$s GROUP BY %4$s UNION ALL SELECT NULL, i FROM generate_series(1, 3) AS i UNION ALL SELECT %5$L, i FROM generate_series(1, 3) AS i) AS s',
		type, what, source, key, nobody) INTO merged;
	RETURN is(merged, whole, what || ' by ' || key);
END
$$;

-- By + and merge(), one after another.
CREATE FUNCTION chained(what text, type text, source text, key text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	whole text;
	merged text;
BEGIN
	EXECUTE format('SELECT %s_send(%s)::text FROM %s', type, what, source) INTO whole;
	EXECUTE format('WITH RECURSIVE parts AS (SELECT row_number() OVER (ORDER BY md5(k::text)) AS i, x FROM (SELECT %4$s AS k, %2$s AS x FROM %3$s GROUP BY 1) AS s),
		chain AS (SELECT 0::bigint AS i, NULL::%1$s AS x UNION ALL SELECT parts.i, CASE WHEN parts.i %% 2 = 0 THEN chain.x + parts.x ELSE merge(parts.x, chain.x) END FROM chain JOIN parts ON parts.i = chain.i + 1)
		SELECT %1$s_send(x)::text FROM chain ORDER BY i DESC LIMIT 1', type, what, source, key) INTO merged;
	RETURN is(merged, whole, what || ' by + and merge()');
END
$$;
