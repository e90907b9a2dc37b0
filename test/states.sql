-- Journeys as states: random ones against plain SQL over the rows.
BEGIN;
SELECT plan(32);
SET LOCAL timezone = 'UTC';

-- 1,500 actors with up to 19 events within 40 seconds, many at the same instant, some twice
SELECT setseed(0.7);
CREATE TABLE log AS SELECT actor, '2026-03-01 00:00+00'::timestamptz + floor(random() * 40) * interval '1 second' + floor(random() * 2) * interval '0.000001 seconds' AS at,
		(ARRAY['open', 'open', 'pending', 'solved', 'Ä', ''])[1 + floor(random() * 6)::int] AS event
	FROM generate_series(1, 1500) AS actor, LATERAL generate_series(1, actor % 20);
CREATE TABLE journeys AS SELECT actor, journey(at, event ORDER BY random()) AS j FROM log GROUP BY actor;
SELECT cmp_ok((SELECT count(*)::int FROM log AS a JOIN log AS b USING (actor, at) WHERE a.event < b.event), '>', 500, 'many events are at the same instant');

-- Visits up to a time: islands of the same name in the order of time and then bytes
CREATE FUNCTION plain_visits(until_at timestamptz) RETURNS TABLE (actor integer, step integer, state text, occurrence integer, started_at timestamptz, ended_at timestamptz, seconds float8, finished boolean) LANGUAGE sql AS $$
	WITH ordered AS (
		SELECT *, event IS DISTINCT FROM lag(event) OVER w AS new, row_number() OVER w AS place FROM log WHERE until_at IS NULL OR at <= until_at WINDOW w AS (PARTITION BY actor ORDER BY at, event COLLATE "C")
	), visits AS (
		SELECT actor, event, at AS started_at, lead(at) OVER (PARTITION BY actor ORDER BY place) AS ended_at, row_number() OVER (PARTITION BY actor ORDER BY place) AS step, row_number() OVER (PARTITION BY actor, event ORDER BY place) AS occurrence
		FROM ordered WHERE new
	)
	SELECT actor, step::int, event, occurrence::int, started_at, ended_at, extract(epoch FROM coalesce(ended_at, until_at) - started_at)::float8, ended_at IS NOT NULL FROM visits
$$;
\ir examples/same_rows.sql
SELECT same('SELECT actor, s.* FROM journeys, state_durations(j) AS s', 'SELECT * FROM plain_visits(NULL)', 'visits');
SELECT same('SELECT actor, s.* FROM journeys, state_durations(j, NULL) AS s', 'SELECT * FROM plain_visits(NULL)', 'visits until nobody knows when');
SELECT same(format('SELECT actor, s.* FROM journeys, state_durations(j, %L) AS s', until_at), format('SELECT * FROM plain_visits(%L)', until_at), 'visits until ' || until_at)
FROM unnest('{2026-03-01 00:00,2026-03-01 00:00:07,2026-03-01 00:00:20.000001,2026-03-01 00:00:39.000001,2026-03-02 00:00}'::timestamptz[]) AS until_at;
SELECT same(format('SELECT actor, state_at(j, %L) FROM journeys WHERE state_at(j, %1$L) IS NOT NULL', at), format('SELECT DISTINCT ON (actor) actor, event FROM log WHERE at <= %L ORDER BY actor, at DESC, event COLLATE "C" DESC', at), 'states at ' || at)
FROM unnest('{2026-03-01 00:00,2026-03-01 00:00:07,2026-03-01 00:00:20.000001,2026-03-01 00:00:39.000001,infinity}'::timestamptz[]) AS at;
SELECT same('SELECT actor, t.* FROM journeys, transitions(j) AS t', 'SELECT * FROM (SELECT actor, row_number() OVER w::int - 1 AS step, lag(event) OVER w AS source, event AS target, extract(epoch FROM at - lag(at) OVER w)::float8 FROM log WINDOW w AS (PARTITION BY actor ORDER BY at, event COLLATE "C")) AS s WHERE step > 0', 'transitions');

-- What holds for all of them
SELECT is((SELECT count(*)::int FROM journeys, state_durations(j) AS s, LATERAL (SELECT state_at(j, s.started_at) AS then) AS a WHERE s.seconds > 0 AND a.then <> s.state), 0, 'the state that lasts is the state at its beginning');
SELECT is((SELECT count(*)::int FROM (SELECT actor, sum(s.seconds) AS seconds FROM journeys, state_durations(j, '2026-03-02') AS s GROUP BY actor) AS sums JOIN (SELECT actor, extract(epoch FROM '2026-03-02'::timestamptz - min(at))::float8 AS whole FROM log GROUP BY actor) AS t USING (actor) WHERE abs(seconds - whole) > 1e-9), 0, 'visits fill the time from the first event on');
SELECT is((SELECT count(*)::int FROM (SELECT actor, count(*) FILTER (WHERE NOT finished) AS open, count(*) FILTER (WHERE ended_at IS NULL) AS no_end, max(s.step) FILTER (WHERE finished) AS last, max(s.step) AS steps FROM journeys, state_durations(j) AS s GROUP BY actor) AS c WHERE open <> 1 OR no_end <> 1 OR last >= steps), 0, 'one visit is not finished, the last one');
SELECT is((SELECT count(*)::int FROM journeys, LATERAL (SELECT array_agg(s.state ORDER BY s.step) AS states FROM state_durations(j) AS s) AS v, generate_subscripts(states, 1) AS i WHERE states[i] = states[i + 1]), 0, 'no visit follows one to the same state');

-- Time in each state
CREATE TABLE visits AS SELECT * FROM plain_visits('2026-03-01 00:00:30');
SELECT same('SELECT s.state, timing(s.seconds, s.finished)::text FROM journeys, state_durations(j, ''2026-03-01 00:00:30'') AS s GROUP BY s.state', 'SELECT state, timing(started_at, ended_at, ''2026-03-01 00:00:30'')::text FROM visits GROUP BY state', 'seconds with finished are times that may still run');
SELECT is((SELECT timing(s.seconds, s.finished)::text FROM journeys, state_durations(j) AS s), (SELECT timing(s.seconds)::text FROM journeys, state_durations(j) AS s WHERE s.finished), 'without an end the last one does not count');

-- Small ones
CREATE FUNCTION states(script text, until_at integer DEFAULT NULL) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT string_agg(concat_ws(' ', state, occurrence, coalesce(seconds::text, 'NULL'), finished), ', ' ORDER BY step)
	FROM (SELECT journey('2026-03-01'::timestamptz + split_part(word, '@', 2)::int * interval '1 second', split_part(word, '@', 1)) AS j FROM regexp_split_to_table(script, ' +') AS word) AS one,
		state_durations(j, '2026-03-01'::timestamptz + until_at * interval '1 second')
$$;
SELECT is(states('a@1 b@3 a@7'), 'a 1 2 t, b 1 4 t, a 2 NULL f', 'the last state has no length, and not 0');
SELECT is(states('a@1 b@3 a@7', 10), 'a 1 2 t, b 1 4 t, a 2 3 f', 'until_at gives it one');
SELECT is(states('a@1 b@3 a@7', 7), 'a 1 2 t, b 1 4 t, a 2 0 f', 'an event at until_at counts');
SELECT is(states('a@1 b@3 a@7', 6), 'a 1 2 t, b 1 3 f', 'one after it does not exist');
SELECT is(states('a@1 b@3 a@7', 0), NULL, 'before the first one there is no state');
SELECT is(states('a@1 a@3 a@7 b@8 b@9', 10), 'a 1 7 t, b 1 2 f', 'the state that there is already is the same visit');
SELECT is(states('b@1 a@1', 5), 'a 1 0 t, b 1 4 f', 'at the same instant the order is that of the bytes');
SELECT is(states('a@1 b@1', 5), states('b@1 a@1', 5), 'whatever the order of the rows');
SELECT is(states('Z@1 a@1 Ä@1', 2), 'Z 1 0 t, a 1 0 t, Ä 1 1 f', 'bytes, and no collation');
SELECT is((SELECT count(*)::int FROM state_durations(NULL, '2026-03-01')) + (SELECT count(*)::int FROM transitions(NULL)), 0, 'NULL has no rows');
SELECT is((SELECT string_agg(coalesce(state_at(x, at), 'NULL'), ' ') FROM (VALUES (1, NULL::event_journey, '2026-03-01'::timestamptz), (2, (SELECT j FROM journeys WHERE actor = 1), NULL), (3, (SELECT j FROM journeys WHERE actor = 1), '-infinity')) AS v(i, x, at)), 'NULL NULL NULL', 'nor has it a state');
SELECT throws_ok($q$SELECT * FROM journeys, state_durations(j, 'infinity')$q$, '22008', 'until_at must be finite', 'the end is finite');

SELECT * FROM finish();
ROLLBACK;
