-- Live roll-ups of each kind, and statements that keep them, make them, compute them anew and drop
-- them: failing at each allocation they must leave everything as it was, and do all of it afterwards.
CREATE TABLE answers (id bigint PRIMARY KEY, day int, place text, recommend int, csat int, done boolean, reason text, seconds float8, weight float8);
INSERT INTO answers SELECT i, i % 3, 'p' || i % 2, i % 11, 1 + i % 5, i % 2 = 0, 'r' || i % 3, i % 500, 1 + i % 3 FROM generate_series(1, 60) AS i;
SELECT live_rollup('answers', 'daily', '{day,place}', 'nps(recommend)', 'likert(csat, 1, 5)', 'rate(done, weight)', 'choices(reason) AS reasons', 'count(*) AS answers') IS NULL AS ignored \gset
SELECT live_rollup('answers', 'slow', '{day}', 'timing(seconds, done)', 'nps(recommend)') IS NULL AS ignored \gset
CREATE TABLE live_statements (name text, statement text);
INSERT INTO live_statements VALUES
	('insert', $$INSERT INTO answers SELECT i, i % 4, 'p' || i % 2, i % 11, 1 + i % 5, i % 2 = 0, 'r', 1, 1 FROM generate_series(101, 120) AS i$$),
	('update', $$UPDATE answers SET recommend = 0, csat = NULL WHERE id < 20$$), ('move', $$UPDATE answers SET day = 9 WHERE id < 30$$),
	('delete', $$DELETE FROM answers WHERE day = 1$$), ('upsert', $$INSERT INTO answers SELECT i, 5, 'p1', 10, 5, true, 'r', 1, 1 FROM generate_series(50, 70) AS i ON CONFLICT (id) DO UPDATE SET day = EXCLUDED.day$$),
	('truncate', 'TRUNCATE answers'), ('recompute', $$SELECT recompute_live_rollup('daily')$$),
	('make', $$SELECT live_rollup('answers', 'made', '{place}', 'nps(recommend)', 'likert(csat, 1, 5)', 'timing(seconds)')$$), ('drop', $$SELECT drop_live_rollup('daily', true)$$);
-- All that is stored, and whether it is what the rows give
CREATE FUNCTION live_state() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	stored text;
	right_ones text;
	answer text = '';
BEGIN
	IF to_regclass('daily') IS NOT NULL THEN
		EXECUTE 'SELECT string_agg(d::text, E''\n'' ORDER BY d) FROM daily AS d' INTO stored;
		SELECT string_agg(t::text, E'\n' ORDER BY t) INTO right_ones FROM (SELECT day, place, nps(recommend), likert(csat, 1, 5), rate(done, weight), choices(reason) AS reasons, count(*) AS answers, count(*) AS row_count FROM answers GROUP BY day, place) AS t;
		answer := CASE WHEN stored IS NOT DISTINCT FROM right_ones THEN 'right' ELSE 'wrong' END || coalesce(md5(stored), 'empty');
	END IF;
	EXECUTE 'SELECT string_agg(d::text, E''\n'' ORDER BY d) FROM slow AS d' INTO stored;
	SELECT string_agg(t::text, E'\n' ORDER BY t) INTO right_ones FROM (SELECT day, timing(seconds, done), nps(recommend), count(*) AS row_count FROM answers GROUP BY day) AS t;
	answer := answer || CASE WHEN stored IS NOT DISTINCT FROM right_ones THEN ' right' ELSE ' wrong' END || coalesce(md5(stored), 'empty');
	IF to_regclass('made') IS NOT NULL THEN
		EXECUTE 'SELECT string_agg(m::text, E''\n'' ORDER BY m) FROM made AS m' INTO stored;
		answer := answer || ' made ' || md5(stored);
	END IF;
	RETURN answer || (SELECT format(' %s triggers', count(*)) FROM pg_trigger);
END
$$;
-- Runs a statement, undoes it, and returns what it came to
CREATE FUNCTION live_after(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	BEGIN
		EXECUTE statement;
		answer := live_state();
		RAISE EXCEPTION USING ERRCODE = 'P0002';
	EXCEPTION WHEN no_data_found THEN
		RETURN answer;
	END;
END
$$;
-- As faults_of, for a statement
CREATE FUNCTION live_faults(statement text, what text, most bigint, OUT points bigint, OUT tried bigint, OUT failed bigint, OUT wrong text) LANGUAGE plpgsql AS $$
DECLARE
	before text = live_state();
	after text;
	found text;
	state text;
	detail text;
	place text;
	first bigint;
	n bigint;
	setting text = 'cxux_faults.' || what;
BEGIN
	PERFORM live_after(statement);
	-- the tables changed for all that sessions know: programs of triggers are made anew
	BEGIN
		EXECUTE 'ALTER TABLE answers SET (fillfactor = 100)';
		PERFORM set_config(setting, '0', false);
		EXECUTE statement;
		points := CASE what WHEN 'allocation' THEN faults_allocations() ELSE faults_interrupts() END;
		after := live_state();
		RAISE EXCEPTION USING ERRCODE = 'P0002';
	EXCEPTION WHEN no_data_found THEN
		NULL;
	END;
	tried := 0;
	failed := 0;
	IF before ~ 'wrong' OR after ~ 'wrong' THEN
		wrong := 'wrong without a fault';
	END IF;
	first := least(points, most / 2);
	FOR n IN SELECT i FROM generate_series(1, first) AS i UNION SELECT first + (i * (points - first) + most - first - 1) / (most - first) FROM generate_series(1, most - first) AS i WHERE points > first ORDER BY 1 LOOP
		tried := tried + 1;
		BEGIN
			EXECUTE 'ALTER TABLE answers SET (fillfactor = 100)';
			PERFORM set_config(setting, n::text, false);
			EXECUTE statement;
			PERFORM set_config(setting, '0', false);
			RAISE EXCEPTION USING ERRCODE = 'P0002';
		EXCEPTION WHEN no_data_found THEN
			IF faults_failed_at() IS NOT NULL THEN
				wrong := concat_ws(E'\n', wrong, format('%s of %s in %s: no error', n, points, faults_failed_at()));
			END IF;
		WHEN query_canceled OR OTHERS THEN
			GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, detail = PG_EXCEPTION_DETAIL;
			place := faults_failed_at();
			failed := failed + 1;
			IF NOT (CASE what WHEN 'allocation' THEN state = '53200' AND detail = 'Injected at allocation ' || n || '.' ELSE state = '57014' END) THEN
				wrong := concat_ws(E'\n', wrong, format('%s of %s in %s: %s %s', n, points, place, state, SQLERRM));
			END IF;
		END;
		found := live_state();
		IF found IS DISTINCT FROM before THEN
			wrong := concat_ws(E'\n', wrong, format('%s of %s in %s: something has changed: %s', n, points, place, found));
		END IF;
		found := live_after(statement);
		IF found IS DISTINCT FROM after THEN
			wrong := concat_ws(E'\n', wrong, format('%s of %s in %s: another result afterwards: %s', n, points, place, found));
		END IF;
		EXIT WHEN length(wrong) > 1000;
	END LOOP;
END
$$;
