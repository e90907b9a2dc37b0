-- Two queries give the same rows, each as often, and there are some.
CREATE FUNCTION same(asked text, plain text, what text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	number bigint;
	wrong text;
BEGIN
	EXECUTE format('WITH asked_rows AS MATERIALIZED (%s), plain_rows AS MATERIALIZED (%s)
		SELECT (SELECT count(*) FROM asked_rows), (SELECT string_agg(r::text, %L) FROM ((TABLE asked_rows EXCEPT ALL TABLE plain_rows) UNION ALL (TABLE plain_rows EXCEPT ALL TABLE asked_rows)) AS r)', asked, plain, ' ') INTO number, wrong;
	RETURN ok(number > 0 AND wrong IS NULL, format('%s: %s rows', what, number)) || coalesce(E'\n# ' || left(wrong, 300), '');
END
$$;
