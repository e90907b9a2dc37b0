-- choices_summary: counted exactly in any order, split, plan and window; shares and intervals
-- against plain SQL; names of every sort; limits; and how often weighted intervals are right.
BEGIN;
SELECT plan(155);
SELECT setseed(0.31) IS NULL AS ignored \gset

-- Names with everything in them that a name can have
CREATE TABLE names AS SELECT row_number() OVER () - 1 AS i, name
FROM unnest(ARRAY['search', 'Search', ' search', 'search ', '', '10', '9', 'null', '{}', '"', '''', '\', '\u0041', E'\u0001', E'two\nlines', E'\ttab', 'ä', 'a' || U&'\0308', 'ß', '日本', '👍', '👍🏽', repeat('long ', 200), repeat('long ', 199) || 'lon!?', U&'\FFFD\FEFF', 'NaN']) AS name;
CREATE TABLE answers AS
SELECT i AS id,
	CASE WHEN random() > 0.1 THEN (SELECT name FROM names WHERE names.i = floor(26 * r.one * r.one)) END AS one,
	CASE WHEN random() > 0.1 THEN CASE WHEN random() > 0.1 THEN ARRAY(SELECT CASE WHEN random() > 0.3 THEN name END FROM names, generate_series(1, 1 + i % 2) WHERE names.i IN (floor(26 * r.two), floor(26 * r.one), floor(5 * r.two)) ORDER BY random()) ELSE '{}' END END AS ticks,
	CASE floor(random() * 8)::int WHEN 0 THEN 0 WHEN 1 THEN 0.001 WHEN 2 THEN 1000000 WHEN 3 THEN 1 WHEN 4 THEN 0.333333 ELSE round((random() * 3 + 0.001)::numeric, 6) END::float8 AS weight,
	round((0.2 + r.two * 2)::numeric, 3)::float8 AS mild,
	floor(random() * 4)::int AS worker
FROM (SELECT i, random() AS one, random() AS two FROM generate_series(1, 4000) AS i) AS r;
SELECT cmp_ok((SELECT count(*)::int FROM answers WHERE ticks = '{}'), '>', 100, 'some tick none');
SELECT cmp_ok((SELECT count(*)::int FROM answers WHERE cardinality(ticks) > cardinality(ARRAY(SELECT DISTINCT t FROM unnest(ticks) AS t))), '>', 500, 'some names are there twice');

-- What is counted, by plain SQL
CREATE TABLE ticked AS SELECT DISTINCT id, weight, mild, t FROM answers, unnest(ticks) AS t WHERE t IS NOT NULL;
SELECT results_eq('SELECT choice COLLATE "C", answers, respondents FROM report((SELECT choices(one) FROM answers))',
	'SELECT one COLLATE "C", count(*), (SELECT count(one) FROM answers) FROM answers WHERE one IS NOT NULL GROUP BY one ORDER BY 2 DESC, 1', 'one of many: counts');
SELECT results_eq('SELECT choice COLLATE "C", answers, respondents FROM report((SELECT choices(ticks) FROM answers))',
	'SELECT t COLLATE "C", count(*), (SELECT count(ticks) FROM answers) FROM ticked GROUP BY t ORDER BY 2 DESC, 1', 'tick all: counts');
SELECT results_eq('SELECT choice COLLATE "C", answers, respondents FROM report((SELECT choices(one, weight) FROM answers)) ORDER BY 1',
	'SELECT one COLLATE "C", count(*), (SELECT count(one) FROM answers WHERE weight > 0) FROM answers WHERE one IS NOT NULL AND weight > 0 GROUP BY one ORDER BY 1', 'one of many: counts of weighted answers');
SELECT results_eq('SELECT choice COLLATE "C", answers, respondents FROM report((SELECT choices(ticks, weight) FROM answers)) ORDER BY 1',
	'SELECT t COLLATE "C", count(*), (SELECT count(ticks) FROM answers WHERE weight > 0) FROM ticked WHERE weight > 0 GROUP BY t ORDER BY 1', 'tick all: counts of weighted answers');
SELECT is((SELECT string_agg(x ->> 'weights', '') FROM (SELECT choices(one, weight)::json AS x FROM answers) AS s), (SELECT '[' || string_agg(trim_scale(w)::text, ', ' ORDER BY one COLLATE "C") || ']' FROM (SELECT one, sum(weight::numeric) AS w FROM answers WHERE one IS NOT NULL AND weight > 0 GROUP BY one) AS s), 'one of many: sums of weights, exactly');
SELECT is((SELECT string_agg(x ->> 'squares', '') FROM (SELECT choices(one, weight)::json AS x FROM answers) AS s), (SELECT '[' || string_agg(trim_scale(w)::text, ', ' ORDER BY one COLLATE "C") || ']' FROM (SELECT one, sum(weight::numeric ^ 2) AS w FROM answers WHERE one IS NOT NULL AND weight > 0 GROUP BY one) AS s), 'one of many: sums of squares, exactly');
SELECT is((SELECT string_agg(x ->> 'weights', '') FROM (SELECT choices(ticks, weight)::json AS x FROM answers) AS s), (SELECT '[' || string_agg(trim_scale(w)::text, ', ' ORDER BY t COLLATE "C") || ']' FROM (SELECT t, sum(weight::numeric) AS w FROM ticked WHERE weight > 0 GROUP BY t) AS s), 'tick all: sums of weights, exactly');
SELECT is((SELECT (x ->> 'respondents_weight') || ' ' || (x ->> 'respondents_square') FROM (SELECT choices(ticks, weight)::json AS x FROM answers) AS s), (SELECT trim_scale(sum(weight::numeric)) || ' ' || trim_scale(sum(weight::numeric ^ 2)) FROM answers WHERE ticks IS NOT NULL), 'tick all: weight of the respondents, exactly');

-- Shares and intervals, by plain SQL: Wilson's formula as printed, with the normal quantile of
-- 1 - (1 - confidence) / 2, or of a K-th part of that tail for Goodman's simultaneous intervals.
-- The quantile is found by bisection of erfc, itself a sum over the normal density.
CREATE FUNCTION normal_tail(z float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
	SELECT sum(exp(-x * x / 2) * CASE WHEN i IN (0, 8000) THEN 1 WHEN i % 2 = 1 THEN 4 ELSE 2 END) / 3 * (12.0 / 8000) / sqrt(2 * pi()) FROM (SELECT i, z + i * 12.0 / 8000 AS x FROM generate_series(0, 8000) AS i) AS s
$$;
CREATE FUNCTION normal_quantile(tail float8) RETURNS float8 LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	low float8 = 0;
	high float8 = 10;
BEGIN
	FOR i IN 1 .. 45 LOOP
		IF normal_tail((low + high) / 2) > tail THEN low := (low + high) / 2; ELSE high := (low + high) / 2; END IF;
	END LOOP;
	RETURN low;
END
$$;
SELECT is(round(normal_quantile(0.025)::numeric, 9), 1.959963985, 'the quantile of plain SQL');
CREATE TABLE quantiles AS SELECT c, k, normal_quantile((1 - c) / 2 / k) AS z FROM unnest('{0.8,0.95,0.99}'::float8[]) AS c, unnest(ARRAY[1, (SELECT count(DISTINCT one)::int FROM answers), (SELECT count(DISTINCT one)::int FROM answers WHERE weight > 0)]) AS k GROUP BY c, k;
CREATE FUNCTION wilson(p float8, n float8, z float8) RETURNS float8[] LANGUAGE sql IMMUTABLE AS $$
	SELECT ARRAY[(p + z * z / (2 * n) - z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n), (p + z * z / (2 * n) + z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)]
$$;
-- Each choice is 1 for who chose it and 0 for the other respondents.
CREATE FUNCTION by_hand(kind text, weighted text) RETURNS TABLE (choice text, share float8, effective_n float8) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format('WITH asked AS (SELECT id, one, %1$s::float8 AS w FROM answers WHERE %2$s IS NOT NULL AND %1$s > 0),
		scored AS (SELECT c.t, a.w, (EXISTS (SELECT FROM ticked WHERE ticked.id = a.id AND ticked.t = c.t) AND %3$L = ''ticks'' OR a.one = c.t AND %3$L = ''one'')::int AS x FROM asked AS a, (SELECT DISTINCT name AS t FROM names) AS c),
		means AS (SELECT t, sum(w * x) / sum(w) AS m FROM scored GROUP BY t)
		SELECT t, m, least(coalesce((sum(w * (x - m) ^ 2) / sum(w)) / nullif(sum(w * w * (x - m) ^ 2) / sum(w) ^ 2, 0), ''Infinity''), CASE WHEN bool_and(w = 1) THEN count(*) ELSE 2 * sum(w) ^ 2 / sum(w * w) END)
		FROM scored JOIN means USING (t) WHERE m > 0 GROUP BY t, m', weighted, kind, kind);
END
$$;
CREATE TABLE hand AS SELECT kind, weighted, h.* FROM unnest('{one,ticks}'::text[]) AS kind, unnest('{1,mild,weight}'::text[]) AS weighted, by_hand(kind, weighted) AS h;
CREATE FUNCTION agrees(kind text, weighted text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	call text = CASE weighted WHEN '1' THEN format('choices(%s)', kind) ELSE format('choices(%s, %s)', kind, weighted) END;
	compared int;
	apart int;
BEGIN
	EXECUTE format('SELECT count(*), count(*) FILTER (WHERE NOT coalesce(abs(r.share - h.share) < 1e-9 AND abs(r.effective_n / h.effective_n - 1) < 1e-7 AND abs(r.low - (w.i)[1]) < 1e-8 AND abs(r.high - (w.i)[2]) < 1e-8, false))
		FROM (SELECT %s AS x FROM answers) AS s, quantiles AS q, report(s.x, q.c) AS r FULL JOIN (SELECT * FROM hand WHERE kind = %L AND weighted = %L) AS h ON h.choice = r.choice, wilson(h.share, h.effective_n, q.z) AS w(i)
		WHERE q.k = CASE %L WHEN ''ticks'' THEN 1 ELSE (SELECT count(*) FROM hand WHERE kind = %L AND weighted = %L) END', call, kind, weighted, kind, kind, weighted)
		INTO compared, apart;
	RETURN NEXT is(apart, 0, call || ': shares, effective sizes and intervals');
	RETURN NEXT cmp_ok(compared, '>=', 75, call || ': all choices were compared');
END
$$;
SELECT agrees(kind, weighted) FROM unnest('{one,ticks}'::text[]) AS kind, unnest('{1,mild,weight}'::text[]) AS weighted;
-- exact figures of a small case: 7 of 20 and 13 of 20, Goodman for two choices at 95 %
SELECT is((SELECT string_agg(choice || round(low::numeric, 6) || ' ' || round(high::numeric, 6), ' ') FROM report('{"kind": "one of many", "choices": ["a", "b"], "answers": [7, 13]}'::choices_summary)),
	(SELECT string_agg(c || round((w.i)[1]::numeric, 6) || ' ' || round((w.i)[2]::numeric, 6), ' ' ORDER BY p DESC) FROM (VALUES ('a', 0.35::float8), ('b', 0.65)) AS v(c, p), wilson(p, 20, normal_quantile(0.0125)) AS w(i)), 'Goodman of two choices');

-- The rate of a choice is the report of that choice, and the sum of both sides is the respondents
CREATE FUNCTION rates(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	apart int;
BEGIN
	EXECUTE format('SELECT count(*) FROM (SELECT %s AS x FROM answers) AS s, report(s.x) AS r, choice_rate(s.x, r.choice) AS c
		WHERE successes(c) <> r.answers OR trials(c) <> r.respondents OR share(c) <> r.share OR effective_n(c) <> r.effective_n OR c::text::rate_summary <> c OR undecided(c) <> 0', call) INTO apart;
	RETURN is(apart, 0, 'choice_rate of ' || call);
END
$$;
SELECT rates(call) FROM unnest('{choices(one),choices(ticks),"choices(one, weight)","choices(ticks, weight)","choices(ticks, mild)"}'::text[]) AS call;
SELECT is((SELECT choice_rate(choices(one, weight), 'search') FROM answers), (SELECT rate(one = 'search', weight) FROM answers WHERE one IS NOT NULL), 'choice_rate is rate(): one of many');
SELECT is((SELECT choice_rate(choices(ticks, weight), 'search') FROM answers), (SELECT rate(coalesce('search' = ANY (ticks), false), weight) FROM answers WHERE ticks IS NOT NULL), 'choice_rate is rate(): tick all');
SELECT is((SELECT choice_rate(choices(ticks, weight), 'no such') FROM answers), (SELECT rate(false, weight) FROM answers WHERE ticks IS NOT NULL), 'choice_rate is rate(): nobody chose it');

-- Splits: the bytes are those of one count over all rows
\ir examples/splits.sql
SELECT splits(what, 'choices_summary', 'answers', key) FROM unnest('{choices(one),choices(ticks),"choices(one, weight)","choices(ticks, weight)","choices(ticks, 1)"}'::text[]) AS what, unnest('{id / 700,worker,hashint4(id) % 5,id}'::text[]) AS key;
CREATE FUNCTION ordered(what text, args text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	bytes int;
BEGIN
	EXECUTE format('SELECT count(DISTINCT choices_summary_send(x)::text) FROM (SELECT choices(%1$s ORDER BY id) FROM answers UNION ALL SELECT choices(%1$s ORDER BY id DESC) FROM answers UNION ALL SELECT choices(%1$s ORDER BY md5(id::text)) FROM answers UNION ALL SELECT choices(%1$s ORDER BY one, ticks) FROM answers) AS s(x)', args) INTO bytes;
	RETURN is(bytes, 1, what || ': in any order');
END
$$;
SELECT ordered(args, args) FROM unnest('{one,ticks,"one, weight","ticks, weight"}'::text[]) AS args;
SELECT chained(what, 'choices_summary', 'answers', 'id % 50') FROM unnest('{choices(one),choices(ticks),"choices(one, weight)","choices(ticks, weight)"}'::text[]) AS what;

-- Merging is associative and commutative, subtracting undoes it: on parts that are small, so that
-- names come and go, unweighted, weighted, weighted where what is left is not, and of nobody
CREATE TABLE parts AS
SELECT k, choices(one, w) AS one, choices(ticks, w) AS ticks FROM (SELECT id % 400 AS k, one, ticks, CASE WHEN id % 400 < 5 THEN weight WHEN id % 400 < 7 THEN 3 ELSE 1 END AS w FROM answers) AS s WHERE k < 12 GROUP BY k;
INSERT INTO parts VALUES (12, '{}', '{}');
SELECT is((SELECT count(*)::int FROM parts AS a, parts AS b WHERE NOT record_image_eq(ROW(a.one + b.one, a.ticks + b.ticks), ROW(b.one + a.one, b.ticks + a.ticks))), 0, 'a + b is b + a');
SELECT is((SELECT count(*)::int FROM parts AS a, parts AS b, parts AS c WHERE NOT record_image_eq(ROW(a.one + b.one + c.one, a.ticks + b.ticks + c.ticks), ROW(a.one + (b.one + c.one), a.ticks + (b.ticks + c.ticks)))), 0, '(a + b) + c is a + (b + c)');
SELECT is((SELECT count(*)::int FROM parts AS a, parts AS b WHERE NOT record_image_eq(ROW(a.one + b.one - b.one, a.ticks + b.ticks - b.ticks), ROW(a.one, a.ticks))), 0, '(a + b) - b is a, to the stored byte');
SELECT is((SELECT count(*)::int FROM parts AS a, parts AS b WHERE NOT (a.one + b.one - b.one = a.one AND choices_summary_hash(a.one + b.one - b.one) = choices_summary_hash(a.one) AND choices_summary_cmp(a.ticks + b.ticks - b.ticks, a.ticks) = 0 AND choices_summary_hash_extended(a.ticks + b.ticks - b.ticks, 7) = choices_summary_hash_extended(a.ticks, 7))), 0, 'equal values have equal hashes, whatever their history');
SELECT is((SELECT count(*)::int FROM parts AS a, parts AS b WHERE (a.one = b.one) <> (a.k = b.k) OR (a.one < b.one) <> (b.one > a.one) OR (a.one <= b.one) <> NOT (a.one > b.one) OR (a.ticks = b.ticks) <> (a.k = b.k)), 0, 'the operators agree');
SELECT is((SELECT count(*)::int FROM parts WHERE NOT (record_image_eq(ROW(one, ticks), ROW(one::text::choices_summary, ticks::text::choices_summary)) AND record_image_eq(ROW(one, ticks), ROW(one::json::text::choices_summary, ticks::json::text::choices_summary)) AND record_image_eq(ROW(one, ticks), ROW(one::jsonb::text::choices_summary, ticks::jsonb::text::choices_summary)))), 0, 'text, json and jsonb are read back as the same bytes');
SELECT is((SELECT count(*)::int FROM (SELECT choices(one) FROM answers UNION ALL SELECT choices(ticks, weight) FROM answers) AS s(x) WHERE NOT record_image_eq(ROW(x), ROW(x::jsonb::text::choices_summary))), 0, 'unusual names are read back as the same bytes');
SELECT is((SELECT count(*)::int FROM parts AS a, parts AS b WHERE record_image_eq(ROW(a.one), ROW(b.one)) <> (a.one = b.one)), 0, 'equal contents are equal bytes');

-- A parallel plan, with workers that did run, gives the bytes of the serial one
\ir examples/plan_of.sql
\ir examples/parallel_as_serial.sql
CREATE TABLE many AS SELECT id + 4000 * r AS id, id % 7 AS k, one, ticks, weight FROM answers, generate_series(0, 4) AS r;
CREATE TABLE many_parts AS SELECT id / 3 AS id, choices(one, weight) AS one, choices(ticks, weight) AS ticks FROM many GROUP BY id / 3;
ANALYZE many, many_parts;
SELECT parallel_as_serial('SELECT choices_summary_send(choices(one)), choices_summary_send(choices(one, weight)) FROM many', 'one of many');
SELECT parallel_as_serial('SELECT choices_summary_send(choices(ticks)), choices_summary_send(choices(ticks, weight)) FROM many', 'tick all');
SELECT parallel_as_serial('SELECT k, choices_summary_send(choices(one)), choices_summary_send(choices(ticks, weight)) FROM many GROUP BY k', 'groups');
SELECT parallel_as_serial('SELECT choices_summary_send(rollup(one)), choices_summary_send(rollup(ticks)) FROM many_parts', 'rollup');
SELECT parallel_as_serial('SELECT choices(NULLIF(one, one)), choices(ticks, 0) FROM many', 'nobody answered');

-- Moving windows: every frame has the bytes of a fresh count. Runs without answers empty frames.
CREATE TABLE moving AS SELECT id, id % 3 AS k, id / 4 + (id % 50 = 0)::int * 20 AS t,
	CASE WHEN id NOT BETWEEN 60 AND 90 THEN one END AS one, CASE WHEN id NOT BETWEEN 60 AND 90 THEN ticks END AS ticks,
	CASE WHEN id BETWEEN 120 AND 140 THEN 0 WHEN id BETWEEN 160 AND 200 THEN 1 ELSE weight END AS weight, random() > 0.3 AS kept
FROM answers WHERE id <= 240;
CREATE TABLE moving_parts AS SELECT id, k, t, CASE WHEN id % 7 > 0 THEN coalesce(choices(one, weight), '{}') END AS one,
	CASE WHEN id % 7 > 0 THEN coalesce(CASE WHEN id < 75 THEN choices(ticks, weight) ELSE choices(one) END, '{}') END AS either
FROM moving GROUP BY id, k, t;
CREATE FUNCTION fresh(what text, rows anyarray) RETURNS choices_summary LANGUAGE plpgsql AS $$
DECLARE
	result choices_summary;
BEGIN
	EXECUTE 'SELECT ' || what || ' FROM unnest($1) AS r' INTO result USING rows;
	RETURN result;
END
$$;
CREATE FUNCTION moves(what text, source text, frame text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	different int;
	compared int;
	filled int;
BEGIN
	EXECUTE format('SELECT count(*), count(moved), count(*) FILTER (WHERE NOT record_image_eq(ROW(moved), ROW(fresh(%L, members)))) FROM (SELECT %s OVER w AS moved, array_agg(r) OVER w AS members FROM %s AS r WINDOW w AS (%s)) AS s', what, what, source, frame)
		INTO compared, filled, different;
	RETURN is(different || CASE WHEN compared > 100 AND filled > 50 THEN '' ELSE ' (but too little was compared)' END, '0', what || ' OVER (' || frame || ')');
END
$$;
SELECT moves(what, 'moving', frame)
FROM unnest(ARRAY['choices((r).one)', 'choices((r).ticks)', 'choices((r).one, (r).weight)', 'choices((r).ticks, (r).weight)']) AS what,
	unnest(ARRAY['ORDER BY id ROWS BETWEEN 6 PRECEDING AND CURRENT ROW', 'PARTITION BY k ORDER BY id ROWS BETWEEN 3 PRECEDING AND 2 PRECEDING', 'ORDER BY t RANGE BETWEEN 3 PRECEDING AND 1 FOLLOWING',
		'ORDER BY t GROUPS BETWEEN 1 PRECEDING AND 2 FOLLOWING', 'ORDER BY id ROWS BETWEEN 4 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW', 'ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING']) AS frame;
SELECT moves(what || ' FILTER (WHERE (r).kept)', 'moving', 'ORDER BY id ROWS BETWEEN 5 PRECEDING AND 1 PRECEDING') FROM unnest(ARRAY['choices((r).one)', 'choices((r).ticks, (r).weight)']) AS what;
SELECT moves('rollup((r).one)', 'moving_parts', frame) FROM unnest(ARRAY['ORDER BY id ROWS BETWEEN 6 PRECEDING AND CURRENT ROW', 'ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING']) AS frame;
-- the kind changes along the partition, with a gap of no answers that is longer than the frame
SELECT moves('rollup((r).either)', 'moving_parts', 'ORDER BY id ROWS BETWEEN 6 PRECEDING AND CURRENT ROW');
SELECT throws_ok($$SELECT rollup(x) OVER (ORDER BY i ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (SELECT 1, choices('a') UNION ALL SELECT 2, choices(ARRAY['a'])) AS v(i, x)$$, '42804', 'answers to unlike kinds of questions do not mix', 'two kinds in one frame');
-- names that come and go do not add up to too many
SELECT is((SELECT count(*)::int FROM (SELECT i, choices(i::text) OVER (ORDER BY i ROWS 799 PRECEDING) AS x FROM generate_series(1, 3000) AS i) AS s WHERE n(x) <> least(i, 800)), 0, '3000 names, 800 at a time');
SELECT is((SELECT count(*)::int FROM (SELECT i, choices(ARRAY[i::text, (-i)::text, 'x'], 1 + i % 2) OVER (ORDER BY i ROWS 399 PRECEDING) AS x FROM generate_series(1, 1500) AS i) AS s WHERE i % 100 = 0 AND (SELECT count(*) FROM report(x)) <> 1 + 2 * least(i, 400)), 0, '3000 names, 801 at a time, two by row');
SELECT is((SELECT count(*)::int FROM (SELECT i, rollup(x) OVER (ORDER BY i ROWS 799 PRECEDING) AS x FROM (SELECT i, choices(i::text) AS x FROM generate_series(1, 2000) AS i GROUP BY i) AS s) AS s WHERE i % 100 = 0 AND (SELECT count(*) FROM report(x)) <> least(i, 800)), 0, '2000 summaries of a name each, 800 at a time');
SELECT throws_ok($$SELECT choices(i::text) OVER (ORDER BY i ROWS 1000 PRECEDING) FROM generate_series(1, 1001) AS i$$, '54000', 'too many different choices', '1001 names in one frame');

-- Limits
CREATE TABLE full_house AS SELECT choices(lpad(i::text, 4, '0') || repeat('n', 996)) AS x FROM generate_series(1, 1000) AS i;
SELECT cmp_ok((SELECT pg_column_size(x) FROM full_house), '>', 1000000, 'a value of a megabyte is stored');
SELECT ok((SELECT record_image_eq(ROW(x), ROW(x::text::choices_summary)) FROM full_house), 'and read back');
SELECT is((SELECT n(rollup(x)) FROM (SELECT x FROM full_house UNION ALL SELECT x FROM full_house) AS s), 2000::bigint, 'and merged in place');
SELECT is((SELECT n(x + x - x) FROM full_house), 1000::bigint, 'and subtracted');
SELECT is((SELECT count(*)::int FROM full_house, report(x) AS r WHERE r.answers = 1 AND r.share = 0.001 AND length(r.choice) = 1000), 1000, 'and reported');
SELECT throws_ok('SELECT x + choices(''one more'') FROM full_house GROUP BY x', '54000', 'too many different choices', 'and is full');
SELECT is((SELECT n(choices(ARRAY(SELECT (j % 1000)::text FROM generate_series(i, i + 99999) AS j))) FROM generate_series(1, 3) AS i), 3::bigint, 'an array of 100000 boxes, of which 1000 differ');

-- Functions called by hand leave their argument alone; in FROM and in constants they see it whole
CREATE TABLE kept AS SELECT choices('b') AS o, choices('b', 2) AS ow, choices(ARRAY['b', 'd']) AS t, choices(ARRAY['b', 'd'], 2) AS tw;
SELECT is((SELECT (o, ow, t, tw)::text FROM kept), before, 'arguments stay as they are') FROM (WITH s AS MATERIALIZED (SELECT (o, ow, t, tw)::text AS before, o, ow, t, tw FROM kept)
	SELECT before FROM s, LATERAL (SELECT choices_summary_accum(o, 'b'), choices_summary_accum(o, 'a'), choices_summary_accum(o, 'b', 3), choices_summary_accum(ow, 'b'), choices_summary_accum(ow, 'c', 3),
		choices_summary_accum(t, ARRAY['b']), choices_summary_accum(t, ARRAY['a', 'b']), choices_summary_accum(t, '{}'::text[], 3), choices_summary_accum(tw, ARRAY['b', 'c'], 2), choices_summary_accum(tw, ARRAY['b']),
		choices_summary_combine(o, o), choices_summary_combine(o, ow), choices_summary_combine(ow, o), choices_summary_combine(t, tw), choices_summary_combine(tw, t), merge(o, o), o + ow - o, t - t, choices_summary_final(o), choices_summary_final(tw)) AS f WHERE (s.o, s.ow, s.t, s.tw)::text = s.before) AS s;
DO $$
DECLARE
	o choices_summary; tw choices_summary; before text;
BEGIN
	SELECT kept.o, kept.tw INTO o, tw FROM kept;
	before := o::text || tw::text;
	PERFORM choices_summary_accum(o, 'b'), choices_summary_accum(tw, ARRAY['b'], 2), choices_summary_combine(o, o), choices_summary_combine(tw, tw), o + o, tw - tw;
	IF o::text || tw::text <> before THEN
		RAISE 'changed % %', o, tw;
	END IF;
END $$;
SELECT is((SELECT choices_summary_accum(x, 'a')::text || x::text FROM (SELECT choices('a') AS x OFFSET 0) AS s), '{"kind": "one of many", "choices": ["a"], "answers": [2]}{"kind": "one of many", "choices": ["a"], "answers": [1]}', 'a shared value is not counted into');
SELECT is((SELECT count(DISTINCT x::text)::int FROM (SELECT choices('a') OVER (ORDER BY g) AS x FROM generate_series(1, 50) AS g OFFSET 0) AS r), 50, 'rows of a growing window keep their own value');
SELECT is((SELECT string_agg(DISTINCT x::text, ' ') FROM (SELECT rollup(s) AS x FROM (SELECT choices('a') AS s) AS q, generate_series(1, 6) AS g GROUP BY g % 3) AS r), '{"kind": "one of many", "choices": ["a"], "answers": [2]}', 'groups do not share a state');
SELECT is((SELECT choices_summary_accum(NULL, 'a', 2)::text || choices_summary_accum(NULL, ARRAY['a'], 1)::text || (choices_summary_accum(NULL, NULL::text, 2) IS NULL)), '{"kind": "one of many", "choices": ["a"], "answers": [1], "weights": [2], "squares": [4]}{"kind": "tick all", "respondents": 1, "choices": ["a"], "answers": [1]}true', 'NULL as state');
-- aggregates made of the private functions: without an initial value, without a final function
CREATE AGGREGATE bare_merge(choices_summary) (SFUNC = merge, STYPE = choices_summary);
CREATE AGGREGATE bare_combine(choices_summary) (SFUNC = choices_summary_combine, STYPE = choices_summary);
CREATE AGGREGATE bare_weighted(text[], float8) (SFUNC = choices_summary_accum, STYPE = choices_summary);
SELECT is((SELECT bare_merge(one) FROM parts), (SELECT rollup(one) FROM parts), 'an aggregate of merge()');
SELECT is((SELECT bare_combine(ticks) FROM parts), (SELECT rollup(ticks) FROM parts), 'an aggregate without an initial value, whose first state is a packed value');
SELECT is((SELECT bare_weighted(ticks, weight) FROM answers), (SELECT choices(ticks, weight) FROM answers), 'an aggregate whose state is NULL at first');
-- an aggregate of an inverse function makes no value that cannot be read back
CREATE AGGREGATE removed_one(text) (SFUNC = choices_summary_remove, STYPE = choices_summary, INITCOND = '{"kind": "one of many", "choices": ["a", "b"], "answers": [1, 2]}');
CREATE AGGREGATE removed_ticks(text[]) (SFUNC = choices_summary_remove, STYPE = choices_summary, INITCOND = '{"kind": "tick all", "respondents": 2, "choices": ["a", "b"], "answers": [1, 2]}');
CREATE AGGREGATE removed_weighted(text[], float8) (SFUNC = choices_summary_remove, STYPE = choices_summary, INITCOND = '{"kind": "tick all", "respondents": 2, "choices": ["a"], "answers": [1], "respondents_weight": 3, "respondents_square": 5}');
SELECT is((SELECT removed_one(a)::text FROM unnest('{a,b}'::text[]) AS a), '{"kind": "one of many", "choices": ["b"], "answers": [1]}', 'what nobody chose any more is gone');
SELECT is((SELECT removed_one(a)::text FROM unnest('{a,b,b}'::text[]) AS a), '{}', 'and so is all');
SELECT throws_ok('SELECT removed_one(''c'')', '22003', 'cannot take out an answer that was never counted', 'a name that was never counted');
SELECT throws_ok('SELECT removed_one(''a'') FROM generate_series(1, 2)', '22003', 'cannot take out an answer that was never counted', 'more than were counted');
SELECT throws_ok('SELECT removed_ticks(''{}''::text[])', '22003', 'cannot take out an answer that was never counted', 'a respondent without the ticks');
SELECT throws_ok('SELECT removed_ticks(''{c}''::text[])', '22003', 'cannot take out an answer that was never counted', 'a tick that was never counted');
SELECT is((SELECT removed_ticks('{a,b}'::text[])::text), '{"kind": "tick all", "respondents": 1, "choices": ["b"], "answers": [1]}', 'a respondent with the ticks');
SELECT is((SELECT removed_weighted('{}'::text[], 2)::text), '{"kind": "tick all", "respondents": 1, "choices": ["a"], "answers": [1]}', 'the last weight is gone');
SELECT throws_ok('SELECT removed_weighted(''{}''::text[], 1)', '22003', 'cannot take out an answer that was never counted', 'a respondent of another weight');
SELECT throws_ok('SELECT removed_weighted(''{a}''::text[], 2)', '22003', 'cannot take out an answer that was never counted', 'a tick of another weight');

-- Sorting, grouping, indexes, hash partitions
CREATE TABLE stored AS SELECT i, choices_summary_in(format('{"kind": "one of many", "choices": ["a", "b%s"], "answers": [%s, 1]}', i % 5, 1 + i % 10)::cstring) AS x FROM generate_series(1, 1000) AS i;
CREATE INDEX stored_btree ON stored (x);
CREATE INDEX stored_hash ON stored USING hash (x);
ANALYZE stored;
SELECT is((SELECT count(*)::int FROM (SELECT DISTINCT x FROM stored UNION SELECT x FROM stored) AS s), 10, 'DISTINCT and UNION');
SET LOCAL enable_seqscan = off;
SELECT is((SELECT count(*)::int FROM stored WHERE x = (SELECT x FROM stored WHERE i = 7)), 100, 'an index finds all that are equal');
SELECT is((SELECT count(*)::int FROM stored AS a JOIN stored AS b ON a.x = b.x), 100000, 'a join finds all that are equal');
SET LOCAL enable_seqscan = on;
CREATE TABLE sorted AS SELECT choices((i % 1000)::text) AS x FROM generate_series(1, 20000) AS i GROUP BY i;
DECLARE sorting CURSOR FOR SELECT x FROM sorted ORDER BY x;
MOVE 1 FROM sorting;
SELECT cmp_ok((SELECT sum(total_bytes)::int FROM pg_backend_memory_contexts WHERE name LIKE 'TupleSort%' OR name = 'ExecutorState'), '<', 8000000, 'a sort leaves nothing behind for each comparison');
CLOSE sorting;
CREATE TABLE hashed (x choices_summary) PARTITION BY HASH (x);
CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO hashed SELECT x FROM stored;
SELECT is((SELECT count(*)::int FROM hashed WHERE x = (SELECT x FROM stored WHERE i = 7)), 100, 'a hash partition is found');

-- Any collation: names are equal when their bytes are
SELECT EXISTS (SELECT FROM pg_collation WHERE collprovider = 'i') AS icu \gset
\if :icu
CREATE COLLATION ignoring_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
SELECT is((SELECT choices(a COLLATE ignoring_case)::text FROM (VALUES ('a'), ('A'), ('a')) AS v(a)), '{"kind": "one of many", "choices": ["A", "a"], "answers": [1, 2]}', 'a collation changes nothing');
\else
SELECT skip('this PostgreSQL has no ICU');
\endif
SELECT is((SELECT choices(normalize(a))::text FROM (VALUES ('ä'), ('a' || U&'\0308')) AS v(a)), '{"kind": "one of many", "choices": ["ä"], "answers": [2]}', 'normalize() makes spellings equal');

-- Weighted tick-all shares by simulation: 1500 surveys of 200 respondents, whose weights go with
-- what they tick. The standard error is that seen between surveys, and the interval contains the
-- true share as often as it says.
SELECT setseed(0.5) IS NULL AS ignored \gset
CREATE TABLE simulated AS
SELECT survey, choices(ARRAY[CASE WHEN r1 < 0.15 + 0.3 * heavy THEN 'with weight' END, CASE WHEN r2 < 0.5 - 0.3 * heavy THEN 'against weight' END, CASE WHEN r3 < 0.3 THEN 'apart from weight' END], CASE heavy WHEN 1 THEN 2.5 + r4 ELSE 0.3 + r4 / 2 END) AS x,
	choices(CASE WHEN r1 < 0.15 + 0.3 * heavy THEN 'one' WHEN r2 < 0.4 THEN 'two' ELSE 'three' END, CASE heavy WHEN 1 THEN 2.5 + r4 ELSE 0.3 + r4 / 2 END) AS one
FROM (SELECT survey, (random() < 0.4)::int AS heavy, random() AS r1, random() AS r2, random() AS r3, random() AS r4 FROM generate_series(1, 1500) AS survey, generate_series(1, 200)) AS s
GROUP BY survey;
-- 40 % weigh 3 on average and 60 % weigh 0.55
CREATE TABLE truth AS SELECT choice, (0.4 * 3 * heavy + 0.6 * 0.55 * light) / (0.4 * 3 + 0.6 * 0.55) AS share FROM (VALUES ('with weight', 0.45, 0.15), ('against weight', 0.2, 0.5), ('apart from weight', 0.3, 0.3)) AS v(choice, heavy, light);
CREATE TABLE outcome AS
SELECT t.choice, stddev_samp(r.share) AS spread, sqrt(avg(r.share * (1 - r.share) / r.effective_n)) AS error, avg(r.share) - t.share AS bias, avg((t.share BETWEEN r.low AND r.high)::int) AS covered, avg(r.effective_n) AS effective_n
FROM simulated, report(x, 0.95) AS r JOIN truth AS t USING (choice) GROUP BY t.choice, t.share;
SELECT diag(format('%s: spread %s, standard error %s, bias %s, covered %s, effective_n %s of 200', choice, round(spread::numeric, 5), round(error::numeric, 5), round(bias::numeric, 5), round(covered, 4), round(effective_n::numeric, 1))) FROM outcome ORDER BY choice;
SELECT ok(abs(error / spread - 1) < 0.06, choice || ': the standard error is the spread') FROM outcome ORDER BY choice;
SELECT ok(abs(bias) < 4 * spread / sqrt(1500), choice || ': the share is right on average') FROM outcome ORDER BY choice;
SELECT ok(covered BETWEEN 0.93 AND 0.97, choice || ': the interval covers the share') FROM outcome ORDER BY choice;
-- the simultaneous intervals of one of many cover all shares at once
SELECT ok((SELECT avg(hit) BETWEEN 0.93 AND 0.98 FROM (SELECT survey, bool_and(t.share BETWEEN r.low AND r.high)::int AS hit FROM simulated, report(one, 0.95) AS r
	JOIN (SELECT choice, (1.2 * heavy + 0.33 * light) / 1.53 AS share FROM (VALUES ('one', 0.45, 0.15), ('two', 0.55 * 0.4, 0.85 * 0.4), ('three', 0.55 * 0.6, 0.85 * 0.6)) AS v(choice, heavy, light)) AS t USING (choice) GROUP BY survey) AS s), 'simultaneous intervals cover all shares at once');
-- the answers of computed/choices.py
CREATE TABLE computed_answers AS SELECT ARRAY[CASE WHEN i * 37 % 100 < 20 + 40 * (i % 4 = 0)::int THEN 'a' END, CASE WHEN i * 53 % 100 < 30 THEN 'b' END, CASE WHEN i * 71 % 100 < 8 THEN 'c' END] AS ticks, (CASE WHEN i % 4 = 0 THEN 3 ELSE 0.5 END + i % 5 / 8.0)::float8 AS weight FROM generate_series(1, 240) AS i;
SELECT is((SELECT count(*)::int FROM report((SELECT choices(ticks, weight) FROM computed_answers)) AS r JOIN (VALUES ('a', 0.4299242424, 0.0420290481, 0.042406, 138.747575), ('b', 0.3181818182, 0.0386748310, 0.038613, 145.039766), ('c', 0.0791666667, 0.0227687437, 0.022627, 140.619404)) AS v(choice, share, error, bootstrap, effective_n) USING (choice)
	WHERE abs(r.share - v.share) < 1e-9 AND abs(r.effective_n - v.effective_n) < 1e-5 AND abs(sqrt(r.share * (1 - r.share) / r.effective_n) - v.error) < 1e-9 AND abs(sqrt(r.share * (1 - r.share) / r.effective_n) / v.bootstrap - 1) < 0.02), 3,
	'computed with numpy 2.4.6, choices.py: shares, linearised errors, and those of a bootstrap');

SELECT * FROM finish();
ROLLBACK;
