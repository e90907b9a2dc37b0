-- As many random numbers as :numbers, from Lehmer's generator, x <- 48271 x modulo 2^31 - 1, begun by
-- :seed, so that every run has the same; and how rows that are made of them are judged.
CREATE TEMPORARY TABLE random_number ON COMMIT DROP AS
WITH RECURSIVE lehmer(i, x) AS (
	VALUES (0, :seed::bigint)
	UNION ALL
	SELECT i + 1, 48271 * x % 2147483647 FROM lehmer WHERE i < :numbers
)
SELECT i, x / 2147483647.0::float8 AS u FROM lehmer;
CREATE UNIQUE INDEX ON random_number (i);

-- No row may be wrong, and there are at least so many.
CREATE FUNCTION pg_temp.all_right(number bigint, at_least bigint, wrong text, what text) RETURNS text
LANGUAGE sql AS $$
	SELECT is(CASE WHEN number < at_least THEN 'only ' || number || ' compared' ELSE wrong END, NULL, what)
$$;
