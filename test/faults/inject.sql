-- Makes what inject.c defines callable; :library is its path. All functions of this database come
-- from there, too, in sessions that begin later.
UPDATE pg_proc SET probin = :'library' WHERE probin = '$libdir/cxux';
CREATE FUNCTION faults_allocations() RETURNS bigint LANGUAGE c AS :'library';
CREATE FUNCTION faults_interrupts() RETURNS bigint LANGUAGE c AS :'library';
CREATE FUNCTION faults_failed_at() RETURNS text LANGUAGE c AS :'library';
CREATE FUNCTION faults_gap_start(at_once boolean) RETURNS void LANGUAGE c STRICT AS :'library';
CREATE FUNCTION faults_gap() RETURNS text LANGUAGE c AS :'library';

-- Temporary files of this session
CREATE FUNCTION faults_files() RETURNS bigint LANGUAGE sql AS $$
	SELECT count(*) FROM pg_ls_tmpdir() WHERE name LIKE 'pgsql_tmp' || pg_backend_pid() || '.%'
$$;

-- Runs a query once for each allocation of cxux that it makes, which fails, or for each occasion to
-- cancel it, which is taken; at most so many, then spread evenly, the first ones all. Each time it must
-- end in that error and no other, leave no file, and answer as ever afterwards. What it did not is told.
CREATE FUNCTION faults_of(query text, what text, most bigint, OUT points bigint, OUT tried bigint, OUT failed bigint, OUT places text[], OUT wrong text) LANGUAGE plpgsql AS $$
DECLARE
	truth text;
	answer text;
	state text;
	detail text;
	first bigint;
	setting text = 'cxux_faults.' || what;
	place text;
	n bigint;
BEGIN
	EXECUTE query INTO truth;
	PERFORM set_config(setting, '0', false);
	EXECUTE query INTO answer;
	points := CASE what WHEN 'allocation' THEN faults_allocations() ELSE faults_interrupts() END;
	tried := 0;
	failed := 0;
	places := '{}';
	IF truth IS NULL OR answer IS DISTINCT FROM truth THEN
		wrong := 'no answer, or another the second time';
		RETURN;
	END IF;
	first := least(points, most / 2);
	FOR n IN SELECT i FROM generate_series(1, first) AS i UNION SELECT first + (i * (points - first) + most - first - 1) / (most - first) FROM generate_series(1, most - first) AS i WHERE points > first ORDER BY 1 LOOP
		tried := tried + 1;
		BEGIN
			PERFORM set_config(setting, n::text, false);
			EXECUTE query INTO answer;
			PERFORM set_config(setting, '0', false);
			-- what comes from a cache the second time is not allocated
			IF faults_failed_at() IS NOT NULL THEN
				wrong := concat_ws(E'\n', wrong, format('%s of %s in %s: no error', n, points, faults_failed_at()));
			END IF;
			state := NULL;
		EXCEPTION WHEN query_canceled OR OTHERS THEN
			GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, detail = PG_EXCEPTION_DETAIL;
			place := faults_failed_at();
			failed := failed + 1;
			IF NOT (CASE what WHEN 'allocation' THEN state = '53200' AND detail = 'Injected at allocation ' || n || '.' ELSE state = '57014' END) THEN
				wrong := concat_ws(E'\n', wrong, format('%s of %s in %s: %s %s', n, points, place, state, SQLERRM));
			END IF;
			IF NOT place = ANY (places) THEN
				places := places || place;
			END IF;
		END;
		IF state IS NOT NULL AND faults_files() > 0 THEN
			wrong := concat_ws(E'\n', wrong, format('%s of %s in %s: a file is left', n, points, place));
		END IF;
		EXECUTE query INTO answer;
		IF answer IS DISTINCT FROM truth THEN
			wrong := concat_ws(E'\n', wrong, format('%s of %s in %s: another answer afterwards: %s', n, points, place, left(answer, 100)));
		END IF;
		EXIT WHEN length(wrong) > 1000;
	END LOOP;
END
$$;
