-- A query for counterexamples finds none.
CREATE FUNCTION no_row(query text, what text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	examples text;
	number int;
BEGIN
	EXECUTE 'SELECT count(*), string_agg(r::text, E''\n'') FILTER (WHERE i <= 5) FROM (SELECT *, row_number() OVER () AS i FROM (' || query || ') AS q) AS r' INTO number, examples;
	RETURN is(number || coalesce(E' counterexamples:\n' || examples, ''), '0', what);
END
$$;
