-- A query gives with workers, which did aggregate, what it gives without; its rows are compared as one
-- text, so that the order does not matter. Needs plan_of.sql.
CREATE FUNCTION parallel_as_serial(query text, what text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	as_text text = 'SELECT string_agg(r::text, E''\n'' ORDER BY r::text COLLATE "C") FROM (' || query || ') AS r';
	expected text;
	found text;
	plan text;
BEGIN
	PERFORM set_config('max_parallel_workers_per_gather', '0', true);
	EXECUTE as_text INTO expected;
	PERFORM set_config('max_parallel_workers_per_gather', '2', true), set_config('parallel_setup_cost', '0', true), set_config('parallel_tuple_cost', '0', true),
		set_config('min_parallel_table_scan_size', '0', true), set_config('jit', 'off', true);
	EXECUTE as_text INTO found;
	plan := plan_of(query, 'ANALYZE, COSTS OFF, TIMING OFF');
	PERFORM set_config('max_parallel_workers_per_gather', '0', true);
	RETURN NEXT is(found, expected, what || ': same bytes as the serial plan');
	RETURN NEXT ok(plan LIKE '%Partial %Aggregate%' AND plan ~ 'Workers Launched: [1-9]', what || ': workers aggregated');
END
$$;
