-- Live roll-ups: after every kind of statement, in any plan and partition, the table holds what its
-- source aggregates to, byte for byte; odd names, hostile schemas, rights, and every error.
BEGIN;
SELECT plan(220);
SELECT setseed(0.62) IS NULL AS ignored \gset

-- What a roll-up should hold, and how many lines differ from that, either way; floats as text of 12 digits
CREATE FUNCTION differences(rollup text, truth text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	result bigint;
BEGIN
	EXECUTE format('SELECT count(*) FROM ((TABLE %1$s EXCEPT ALL %2$s) UNION ALL (%2$s EXCEPT ALL TABLE %1$s)) AS d', rollup, truth) INTO result;
	RETURN result;
END
$$;

-- Every subtractable measure, weighted and not, and counts; groups with NULL in either key
CREATE TYPE touchpoint AS ENUM ('web', 'app', 'call');
CREATE TABLE survey (id int PRIMARY KEY, day date, place touchpoint, recommend int, csat smallint, done boolean, reason text, ticks text[], weight float8, seconds float8, note text);
CREATE FUNCTION answers(first int, last int) RETURNS SETOF survey LANGUAGE sql VOLATILE AS $$
	SELECT i, CASE WHEN random() > 0.1 THEN '2026-03-01'::date + floor(random() * 5)::int END, CASE WHEN random() > 0.2 THEN (enum_range(NULL::touchpoint))[1 + floor(random() * 3)] END,
		CASE WHEN random() > 0.2 THEN floor(random() * 11)::int END, CASE WHEN random() > 0.2 THEN 1 + floor(random() * 5)::int END, CASE WHEN random() > 0.2 THEN random() > 0.3 END,
		CASE WHEN random() > 0.2 THEN (ARRAY['price', 'speed', '', 'Größe'])[1 + floor(random() * 4)::int] END, CASE WHEN random() > 0.2 THEN ARRAY(SELECT t FROM unnest('{a,b,"",c}'::text[]) AS t WHERE random() > 0.5) END,
		(ARRAY[0, 0.001, 1, 2.5, 1000])[1 + floor(random() * 5)::int], round((random() * 500)::numeric, 3)::float8, NULL
	FROM generate_series(first, last) AS i
$$;
INSERT INTO survey SELECT * FROM answers(1, 400);
SELECT is(live_rollup('survey', 'daily', '{day,place}', 'nps(recommend)', 'nps(recommend, weight) AS weighted', 'likert(csat, 1, 5) AS csat', 'likert(csat, -3, 7, weight) AS wide', 'rate(done)', 'rate(done, weight) AS "Rate weighted"',
	'choices(reason) AS reasons', 'choices(ticks, weight) AS ticks', 'count(*) AS answers', 'count(recommend) AS "recommend"')::text, 'daily', 'made');
CREATE FUNCTION daily_truth(source text) RETURNS text LANGUAGE sql AS $$
	SELECT format('SELECT day, place, nps(recommend), nps(recommend, weight), likert(csat, 1, 5), likert(csat, -3, 7, weight), rate(done), rate(done, weight), choices(reason), choices(ticks, weight), count(*), count(recommend), count(*) FROM %s GROUP BY day, place', source)
$$;
SELECT is(differences('daily', daily_truth('survey')), 0::bigint, 'filled');
SELECT cmp_ok((SELECT count(*)::int FROM daily WHERE day IS NULL OR place IS NULL), '>=', 6, 'groups of NULL are groups');
SELECT is((SELECT count(*)::int FROM daily WHERE day IS NULL AND place IS NULL), 1, 'and each is there once');
SELECT is((SELECT string_agg(format('%s %s %s', attname, format_type(atttypid, atttypmod), attnotnull), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'daily'::regclass AND attnum > 0),
	'day date f, place touchpoint f, nps nps_summary f, weighted nps_summary f, csat likert_summary f, wide likert_summary f, rate rate_summary f, Rate weighted rate_summary f, reasons choices_summary f, ticks choices_summary f, answers bigint f, recommend bigint f, row_count bigint t', 'its columns');
SELECT is((SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'daily'::regclass AND contype = 'u'), 'UNIQUE NULLS NOT DISTINCT (day, place)', 'its key');

-- One with measures that only merge, and one with a measure that is always computed anew
SELECT is(live_rollup('survey', 'slow', '{place}', 'sample(seconds)', 'timing(seconds, done) AS t', 'ratio(seconds, recommend) AS r', 'items(recommend, csat, seconds) AS i', 'nps(recommend) AS "nps"')::text, 'slow', 'measures that cannot be subtracted');
CREATE TABLE exact AS SELECT * FROM survey;
ALTER TABLE exact ADD at timestamptz, ADD PRIMARY KEY (id);
UPDATE exact SET at = '2026-03-01 00:00+00'::timestamptz + id * interval '1 minute';
SELECT is(live_rollup('exact', 'first_reason', '{day,place}', 'min_by(reason, at) AS first', 'timing(seconds) AS t', 'count(*) AS n')::text, 'first_reason', 'measures that cannot be merged');
-- floating sums agree to 12 digits, all else to the byte
CREATE FUNCTION digits(x jsonb) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(format('%s: %s', key, CASE jsonb_typeof(value) WHEN 'array' THEN (SELECT string_agg(to_char(v::float8, '9.99999999999EEEE'), ' ' ORDER BY place) FROM jsonb_array_elements_text(value) WITH ORDINALITY AS a(v, place)) ELSE to_char((value #>> '{}')::float8, '9.99999999999EEEE') END), ', ' ORDER BY key) FROM jsonb_each(x)
$$;
CREATE VIEW slow_digits AS SELECT place, digits(sample::jsonb), t, digits(r::jsonb) AS r, digits(i::jsonb) AS i, nps, row_count FROM slow;
CREATE FUNCTION slow_difference() RETURNS bigint LANGUAGE sql AS $$
	SELECT differences('slow_digits', 'SELECT place, digits(sample(seconds)::jsonb), timing(seconds, done), digits(ratio(seconds, recommend)::jsonb), digits(items(recommend, csat, seconds)::jsonb), nps(recommend), count(*) FROM survey GROUP BY place')
$$;
CREATE FUNCTION exact_difference() RETURNS bigint LANGUAGE sql AS $$
	SELECT differences('first_reason', 'SELECT day, place, min_by(reason, at), timing(seconds), count(*), count(*) FROM exact GROUP BY day, place')
$$;
SELECT is(ARRAY[slow_difference(), exact_difference()], '{0,0}'::bigint[], 'filled');

-- Every kind of statement, on all of them
CREATE FUNCTION holds(after text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN NEXT is(differences('daily', daily_truth('survey')), 0::bigint, after || ': added and taken out');
	RETURN NEXT is(slow_difference(), 0::bigint, after || ': added, or computed anew');
	RETURN NEXT is(exact_difference(), 0::bigint, after || ': computed anew');
END
$$;
CREATE FUNCTION on_each(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format(statement, 'survey', 'SELECT *');
	EXECUTE format(statement, 'exact', 'SELECT *, ''2026-03-01 00:00+00''::timestamptz - id * interval ''1 minute''');
END
$$;
SELECT on_each('INSERT INTO %1$s %2$s FROM answers(401, 500)');
SELECT holds('insert');
SELECT on_each('INSERT INTO %1$s %2$s FROM answers(501, 501)');
SELECT holds('insert of one row');
SELECT on_each('INSERT INTO %1$s %2$s FROM answers(501, 500)');
SELECT holds('insert of no row');
SELECT on_each('DELETE FROM %1$s WHERE id %% 7 = 3');
SELECT holds('delete');
SELECT on_each('DELETE FROM %1$s WHERE day = ''2026-03-02''');
SELECT holds('delete of whole groups');
SELECT is((SELECT count(*)::int FROM daily WHERE day = '2026-03-02'), 0, 'a group without rows goes');
SELECT on_each('UPDATE %1$s SET recommend = 10 - recommend, done = NOT done, reason = reason || ''!'', weight = 3 WHERE id %% 3 = 0');
SELECT holds('update of what is measured');
SELECT on_each('UPDATE %1$s SET day = day + 40, place = CASE place WHEN ''web'' THEN NULL WHEN ''call'' THEN ''app''::touchpoint ELSE ''web'' END WHERE id %% 4 = 0');
SELECT holds('update of groups');
SELECT on_each('UPDATE %1$s SET recommend = NULL, csat = NULL, done = NULL, reason = NULL WHERE place = ''web''');
SELECT holds('update to nothing');
SELECT on_each('INSERT INTO %1$s %2$s FROM answers(300, 700) ON CONFLICT (id) DO UPDATE SET day = EXCLUDED.day, recommend = EXCLUDED.recommend, reason = ''upsert''');
SELECT holds('upsert');
SELECT on_each('MERGE INTO %1$s AS t USING answers(600, 800) AS s ON t.id = s.id WHEN MATCHED AND s.id %% 2 = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET day = s.day, done = s.done WHEN NOT MATCHED THEN INSERT (id, day, place, recommend, weight, seconds) VALUES (s.id, s.day, s.place, s.recommend, s.weight, s.seconds)');
SELECT holds('merge');
WITH gone AS (DELETE FROM survey WHERE id % 5 = 1 RETURNING *), new AS (INSERT INTO survey SELECT id + 10000, day, place, recommend, NULL, NULL, NULL, NULL, weight, seconds FROM gone) UPDATE survey SET csat = 5 WHERE id % 5 = 2;
SELECT holds('three statements in one');
SAVEPOINT s;
DELETE FROM survey;
SELECT is((SELECT count(*)::int FROM daily), 0, 'all deleted');
ROLLBACK TO s;
SELECT holds('rolled back');
\set places 'SELECT string_agg(concat(day, place, ctid), '','' ORDER BY day, place) FROM daily'
SELECT (:places) AS before \gset
UPDATE survey SET note = 'read', recommend = recommend;
SELECT is((:places), :'before', 'what counts the same as before touches no row');
UPDATE survey SET seconds = seconds + 1;
SELECT is((:places), :'before', 'nor do columns that are not measured');
SELECT holds('updates of other columns');
-- what a trigger changes before the update is no column that the statement names
SAVEPOINT s;
CREATE FUNCTION move() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.day := NEW.day + 1; NEW.recommend := 10 - NEW.recommend; RETURN NEW; END';
UPDATE survey SET note = 'planned' WHERE id % 3 = 0;
CREATE TRIGGER move BEFORE UPDATE ON survey FOR EACH ROW EXECUTE FUNCTION move();
UPDATE survey SET note = 'moved' WHERE id % 3 = 0;
SELECT holds('updates by a trigger');
ROLLBACK TO s;
ALTER TABLE survey ADD double_csat smallint GENERATED ALWAYS AS (csat * 2) STORED;
SELECT live_rollup('survey', 'doubled', '{double_csat}', 'rate(done)', 'likert(double_csat, 0, 10) AS l') IS NULL AS ignored \gset
UPDATE survey SET csat = csat % 5 + 1 WHERE id % 4 = 0;
SELECT results_eq('SELECT double_csat, rate, l, row_count FROM doubled ORDER BY double_csat', 'SELECT (csat * 2)::smallint, rate(done), likert((csat * 2)::int, 0, 10), count(*) FROM survey GROUP BY 1 ORDER BY 1', 'generated columns change with others');
SELECT holds('update of one column');
SELECT drop_live_rollup('doubled', true) IS NULL AS ignored \gset
ALTER TABLE survey DROP double_csat;
COPY survey (id, day, place, recommend, done, weight) FROM STDIN;
20001	2026-03-01	web	9	t	1
20002	2026-05-01	\N	3	f	2
20003	\N	\N	\N	\N	0
\.
SELECT holds('copy');
TRUNCATE survey, exact;
SELECT holds('truncate');
SELECT is((SELECT count(*)::int FROM daily), 0, 'empty');
SELECT on_each('INSERT INTO %1$s %2$s FROM answers(1, 200)');
SELECT holds('filled again');

-- As found in the catalog: nothing of ours but triggers
SELECT is((SELECT string_agg(format('%s %s', tgname, tgtype), ', ' ORDER BY tgname) FROM pg_trigger WHERE tgrelid = 'survey'::regclass AND tgname LIKE 'daily%'), 'daily_live_delete 8, daily_live_insert 4, daily_live_truncate 32, daily_live_update 16', 'triggers');
SELECT is((SELECT count(*)::int FROM pg_proc WHERE proname LIKE '%live\_rollup%' AND prosecdef), 0, 'nothing runs with the rights of another');

-- Renaming is followed, but of columns
SAVEPOINT s;
CREATE SCHEMA "Other place";
ALTER TABLE daily SET SCHEMA "Other place";
ALTER TABLE "Other place".daily RENAME TO "by ""day""";
ALTER TABLE survey RENAME TO "answers 'given'";
INSERT INTO "answers 'given'" SELECT * FROM answers(201, 210);
UPDATE "answers 'given'" SET recommend = 0 WHERE id = 201;
SELECT is(differences('"Other place"."by ""day"""', daily_truth('"answers ''given''"')), 0::bigint, 'tables renamed and moved');
ALTER SCHEMA "Other place" RENAME TO elsewhere;
INSERT INTO "answers 'given'" SELECT * FROM answers(211, 220);
DELETE FROM "answers 'given'" WHERE id = 211;
SELECT is(differences('elsewhere."by ""day"""', daily_truth('"answers ''given''"')), 0::bigint, 'schema renamed');
ALTER TABLE "answers 'given'" ADD extra int, DROP COLUMN note;
INSERT INTO "answers 'given'" (day, id, extra, recommend, weight) VALUES ('2026-03-01', 900, 1, 2, 1);
SELECT is(differences('elsewhere."by ""day"""', daily_truth('"answers ''given''"')), 0::bigint, 'columns added and dropped');
ROLLBACK TO s;
ALTER TABLE survey RENAME recommend TO score;
SELECT throws_ok('INSERT INTO survey (id) VALUES (901)', '42703', 'column "recommend" of table "survey" does not exist', 'a renamed column is an error');
ALTER TABLE survey RENAME score TO recommend;
INSERT INTO survey (id, weight) VALUES (902, 1);
SELECT is(differences('daily', daily_truth('survey')), 0::bigint, 'renamed back, it goes on');
SAVEPOINT s;
ALTER TABLE daily RENAME nps TO net;
SELECT throws_ok('INSERT INTO survey (id) VALUES (903)', '42703', NULL, 'and so is a renamed column of the roll-up');
ROLLBACK TO s;

-- Wherever names point to
SAVEPOINT s;
CREATE SCHEMA hostile;
CREATE FUNCTION hostile.merge(nps_summary, nps_summary) RETURNS nps_summary LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION hostile.count(x int) RETURNS bigint LANGUAGE sql AS 'SELECT 7::bigint';
CREATE FUNCTION hostile.plus(bigint, bigint) RETURNS bigint LANGUAGE sql AS 'SELECT -1::bigint';
CREATE FUNCTION hostile.never(date, date) RETURNS boolean LANGUAGE sql AS 'SELECT false';
CREATE OPERATOR hostile.+ (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = hostile.plus);
CREATE OPERATOR hostile.- (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = hostile.plus);
CREATE OPERATOR hostile.= (LEFTARG = date, RIGHTARG = date, FUNCTION = hostile.never);
CREATE TABLE hostile.daily (LIKE daily);
CREATE DOMAIN hostile.regclass AS int;
SELECT set_config('search_path', 'hostile, pg_catalog', true) IS NULL AS ignored \gset
INSERT INTO public.survey SELECT * FROM public.survey AS s WHERE false;
UPDATE public.survey SET recommend = 9, day = '2026-09-09' WHERE id < 20;
DELETE FROM public.survey WHERE id BETWEEN 20 AND 50;
UPDATE public.exact SET reason = 'late', day = '2026-09-09' WHERE id < 20;
SELECT public.live_rollup('public.survey', 'hostile.also', '{day}', 'nps(recommend) AS nps', 'sample(seconds)') IS NULL AS ignored \gset
UPDATE public.survey SET recommend = 1 WHERE id < 10;
SELECT public.recompute_live_rollup('public.slow') IS NULL AS ignored \gset
SELECT set_config('search_path', 'public', true) IS NULL AS ignored \gset
SELECT holds('hostile search_path');
SELECT results_eq('SELECT day, nps, row_count FROM hostile.also ORDER BY day', 'SELECT day, nps(recommend), count(*) FROM survey GROUP BY day ORDER BY day', 'made under a hostile search_path');
SELECT is((SELECT count(*)::int FROM hostile.daily), 0, 'the other table of its name is not touched');
ROLLBACK TO s;

-- Odd names
CREATE SCHEMA "odd schema";
CREATE TABLE "odd schema"."a ""table""; DROP TABLE survey" ("select" int, "KEY $1 %s" text COLLATE "C", "it's" int, "x.y" float8, "ä" boolean);
SELECT is(live_rollup('"odd schema"."a ""table""; DROP TABLE survey"', '"odd schema"."roll; up"""', ARRAY['KEY $1 %s', 'select'], 'nps("it''s") AS "sum(""1"")"', E'\t SAMPLE( "x.y" ) as Sample ', 'rate("ä")', 'count(ä) AS"AS"')::text, '"odd schema"."roll; up"""', 'odd names');
INSERT INTO "odd schema"."a ""table""; DROP TABLE survey" SELECT i % 3, (ARRAY['a', 'A', ''';--', NULL])[1 + i % 4], i % 11, i, i % 2 = 0 FROM generate_series(1, 100) AS i;
UPDATE "odd schema"."a ""table""; DROP TABLE survey" SET "select" = 1 WHERE "x.y" < 20;
DELETE FROM "odd schema"."a ""table""; DROP TABLE survey" WHERE "x.y" < 50;
SELECT results_eq('SELECT "KEY $1 %s", "select", "sum(""1"")", n(sample), rate, "AS", row_count FROM "odd schema"."roll; up""" ORDER BY 1, 2', 'SELECT "KEY $1 %s", "select", nps("it''s"), count("x.y"), rate("ä"), count("ä"), count(*) FROM "odd schema"."a ""table""; DROP TABLE survey" GROUP BY 1, 2 ORDER BY 1, 2', 'odd names are kept current');
SELECT is(recompute_live_rollup('"odd schema"."roll; up"""'), 12::bigint, 'and recomputed');
CREATE TABLE named (key int, answer int);
SELECT is(live_rollup('named', repeat('x', 70), '{key}', 'nps(answer)')::text, repeat('x', 63), 'names too long are cut');
CREATE TABLE "odd schema".named (key int, answer int);
SELECT live_rollup('named', '"odd schema".' || repeat('x', 63), '{key}', 'nps(answer)') IS NULL AS ignored \gset
SELECT is((SELECT string_agg(substr(tgname, 50), ' ' ORDER BY substr(tgname, 50)) FROM pg_trigger WHERE tgrelid = 'named'::regclass AND tgname LIKE '%live\_insert%'), '_live_insert_1 xx_live_insert', 'names of triggers do not collide');

-- Types of keys: collations, domains, and equal values that look different
CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE DOMAIN code AS numeric CHECK (VALUE > 0);
CREATE TABLE typed (id int, word text COLLATE blind, number code, at timestamptz, ids uuid[], kind varchar(10), fixed char(4), score numeric);
SELECT live_rollup('typed', 'by_type', '{word,number,ids,kind,fixed}', 'nps(score)', 'sample(score)', 'choices(word) AS words') IS NULL AS ignored \gset
INSERT INTO typed SELECT i, (ARRAY['a', 'A', 'b', NULL])[1 + i % 4], (ARRAY[1.0, 1.00, 2])[1 + i % 3], NULL, ARRAY[NULL::uuid], 'x', 'y ', i % 11 FROM generate_series(1, 60) AS i;
UPDATE typed SET word = upper(word) WHERE id < 30;
DELETE FROM typed WHERE id % 5 = 0;
SELECT is((SELECT string_agg(format('%s %s %s %s', lower(word COLLATE "C"), trunc(number), nps, words), E'\n' ORDER BY word, number) FROM by_type), (SELECT string_agg(format('%s %s %s %s', word, trunc(number), nps, words), E'\n' ORDER BY word, number) FROM (SELECT lower(min(word COLLATE "C")) AS word, number, nps(score), choices(word) AS words FROM typed GROUP BY typed.word, number) AS t), 'what is equal is one group');

-- Partitions
CREATE TABLE parts (id int, at date, kind text, answer int) PARTITION BY RANGE (at);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE parts_2 (answer int, kind text, at date, dropped int, id int);
ALTER TABLE parts_2 DROP COLUMN dropped;
ALTER TABLE parts ATTACH PARTITION parts_2 FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
CREATE TABLE parts_3 PARTITION OF parts FOR VALUES FROM ('2026-03-01') TO ('2026-04-01') PARTITION BY LIST (kind);
CREATE TABLE parts_3_a PARTITION OF parts_3 FOR VALUES IN ('a');
CREATE TABLE parts_3_rest PARTITION OF parts_3 DEFAULT;
SELECT live_rollup('parts', 'by_kind', '{kind}', 'nps(answer)'), live_rollup('parts', 'of_kind', '{kind}', 'timing(answer) AS t') \gset
CREATE FUNCTION parts_hold(after text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN NEXT is(ARRAY[differences('by_kind', 'SELECT kind, nps(answer), count(*) FROM parts GROUP BY kind'), differences('of_kind', 'SELECT kind, timing(answer), count(*) FROM parts GROUP BY kind')], '{0,0}'::bigint[], 'partitions: ' || after);
END
$$;
INSERT INTO parts SELECT i, '2026-01-01'::date + i % 90, (ARRAY['a', 'b', NULL])[1 + i % 3], i % 11 FROM generate_series(1, 300) AS i;
SELECT parts_hold('insert');
UPDATE parts SET at = at + 31, answer = 10 - answer WHERE at < '2026-02-01' AND id % 2 = 0;
SELECT parts_hold('update from one to another');
UPDATE parts SET kind = 'a' WHERE at >= '2026-03-01' AND id % 4 = 0;
SELECT parts_hold('update from one to another below');
INSERT INTO parts_2 (id, at, kind, answer) VALUES (1000, '2026-02-03', 'new', 4), (1001, '2026-02-03', 'a', 9);
UPDATE parts_2 SET answer = 10 WHERE kind = 'new';
DELETE FROM parts_1 WHERE id < 20;
INSERT INTO parts_3 VALUES (1002, '2026-03-03', 'a', 4);
UPDATE parts_3 SET kind = 'c' WHERE id = 1002;
DELETE FROM parts_3_rest WHERE id % 2 = 1;
SELECT parts_hold('statements on partitions');
TRUNCATE parts_3;
SELECT parts_hold('truncate of a partition');
CREATE TABLE parts_4 PARTITION OF parts FOR VALUES FROM ('2026-04-01') TO ('2026-05-01');
INSERT INTO parts VALUES (1003, '2026-04-03', 'd', 4);
SELECT parts_hold('a new one, by its parent');
SELECT recompute_live_rollup('by_kind') > 0 AND recompute_live_rollup('of_kind') > 0 AS ignored \gset
INSERT INTO parts_4 VALUES (1004, '2026-04-03', 'd', 4);
SELECT parts_hold('a new one by itself, after recomputing');
ALTER TABLE parts DETACH PARTITION parts_2;
SELECT recompute_live_rollup('by_kind') > 0 AND recompute_live_rollup('of_kind') > 0 AS ignored \gset
SELECT parts_hold('detached and recomputed');
INSERT INTO parts_2 (id, at, kind, answer) VALUES (1005, '2026-02-03', 'new', 4);
SELECT parts_hold('what is detached does not count');
TRUNCATE parts_2;
SELECT parts_hold('nor when it is truncated');
TRUNCATE parts;
SELECT parts_hold('truncate');

-- One upon another
SELECT live_rollup('daily', 'by_place', '{place}', 'rollup(nps) AS nps', 'rollup(reasons) AS reasons', 'rollup(rate) AS rate') IS NULL AS ignored \gset
INSERT INTO survey SELECT * FROM answers(3000, 3100);
UPDATE survey SET place = 'call', recommend = 4 WHERE id < 30;
DELETE FROM survey WHERE id BETWEEN 30 AND 60;
SELECT results_eq('SELECT place, nps, reasons, rate FROM by_place ORDER BY place', 'SELECT place, nps(recommend), choices(reason), rate(done) FROM survey GROUP BY place ORDER BY place', 'a roll-up of a roll-up');
SELECT drop_live_rollup('by_place', true) IS NULL AS ignored \gset
SELECT holds('without it');

-- Tables that are not logged, and generated columns
CREATE UNLOGGED TABLE quick (at timestamp, day date GENERATED ALWAYS AS (at::date) STORED, answer int);
SELECT live_rollup('quick', 'by_day', '{day}', 'nps(answer)') IS NULL AS ignored \gset
INSERT INTO quick (at, answer) SELECT '2026-03-01'::timestamp + i * interval '1 hour', i % 11 FROM generate_series(1, 100) AS i;
SELECT results_eq('SELECT day, nps FROM by_day ORDER BY day', 'SELECT at::date, nps(answer) FROM quick GROUP BY 1 ORDER BY 1', 'groups by a generated column');
SELECT is((SELECT relpersistence::text FROM pg_class WHERE oid = 'by_day'::regclass), 'u', 'not logged where the source is not');

-- Rights: the writer's own
CREATE ROLE live_writer;
CREATE ROLE live_stranger;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON survey TO live_writer, live_stranger;
GRANT SELECT, INSERT, UPDATE, DELETE ON daily, slow TO live_writer;
GRANT SELECT ON daily, slow TO live_stranger;
SET LOCAL ROLE live_writer;
INSERT INTO survey (id, day, recommend, weight) VALUES (5000, '2026-03-01', 9, 1);
UPDATE survey SET recommend = 3 WHERE id = 5000;
DELETE FROM survey WHERE id = 5000;
RESET ROLE;
SELECT holds('a writer with rights');
SAVEPOINT s;
SET LOCAL ROLE live_stranger;
SELECT throws_ok('INSERT INTO survey (id) VALUES (5001)', '42501', 'permission denied for live roll-up "daily"', 'a writer without');
SELECT throws_ok('TRUNCATE survey', '42501', 'permission denied for live roll-up "daily"', 'nor truncates one');
SELECT throws_ok('SELECT live_rollup(''survey'', ''mine'', ''{day}'', ''nps(recommend)'')', '42501', NULL, 'who does not own a table makes no roll-up of it');
SELECT throws_ok('SELECT recompute_live_rollup(''daily'')', '42501', NULL, 'nor recomputes it');
SELECT throws_ok('SELECT drop_live_rollup(''daily'')', '42501', NULL, 'nor drops it');
RESET ROLE;
ALTER TABLE survey ENABLE ROW LEVEL SECURITY;
CREATE POLICY part_of_it ON survey USING (id > 0);
SET LOCAL ROLE live_writer;
SELECT throws_ok('INSERT INTO survey (id, seconds, weight) VALUES (5002, 1, 1); DELETE FROM survey WHERE id = 5002', '42501', 'row-level security of table "survey" would hide rows from a live roll-up', 'a writer who sees part of the rows cannot compute groups anew');
RESET ROLE;
ALTER TABLE survey DISABLE ROW LEVEL SECURITY;
ALTER TABLE daily ENABLE ROW LEVEL SECURITY;
SET LOCAL ROLE live_writer;
SELECT throws_ok('INSERT INTO survey (id, weight) VALUES (5003, 1)', '42501', 'row-level security of table "daily" would hide rows from a live roll-up', 'nor one who sees part of the roll-up');
RESET ROLE;
INSERT INTO survey (id, weight) VALUES (5003, 1);
ROLLBACK TO s;

-- Dropped cleanly, either end
SELECT throws_ok('DROP TABLE daily', '2BP01', 'cannot drop table daily because other objects depend on it', 'a roll-up is not dropped under its triggers');
SAVEPOINT s;
SET LOCAL client_min_messages = error;
DROP TABLE daily CASCADE;
SELECT is((SELECT count(*)::int FROM pg_trigger WHERE tgname LIKE 'daily\_%'), 0, 'or with them');
INSERT INTO survey (id, weight) VALUES (6000, 1);
ROLLBACK TO s;
SELECT drop_live_rollup('slow') IS NULL AS ignored \gset
SELECT is((SELECT count(*)::int FROM pg_trigger WHERE tgname LIKE 'slow\_%'), 0, 'triggers dropped');
SELECT is((SELECT count(*)::int FROM slow), (SELECT count(DISTINCT coalesce(place::text, ''))::int FROM survey), 'and the table kept');
SELECT drop_live_rollup('daily', drop_table => true) IS NULL AS ignored \gset
SELECT is(to_regclass('daily'), NULL, 'or dropped, too');
SELECT is((SELECT count(*)::int FROM pg_trigger WHERE tgrelid = 'survey'::regclass), 0, 'the source is as it was');
DROP TABLE exact;
SELECT is((SELECT count(*)::int FROM pg_depend WHERE refobjid = 'first_reason'::regclass AND classid = 'pg_trigger'::regclass), 0, 'a dropped source leaves a plain table');
INSERT INTO first_reason (day, row_count) VALUES ('1999-01-01', 1);
SELECT throws_ok('SELECT recompute_live_rollup(''first_reason'')', '42809', '"public.first_reason" is not a live roll-up', 'which is no roll-up any more');
SELECT drop_live_rollup('by_kind', true) IS NULL AS ignored \gset
SELECT is((SELECT count(*)::int FROM pg_trigger WHERE tgname LIKE 'by\_kind\_%'), 0, 'triggers of partitions are dropped');

-- In the middle of another statement on the source: rows change before the outer statement has counted them
CREATE TABLE inner_one (id int PRIMARY KEY, k text, recommend int, note text, seconds float8);
SELECT is(live_rollup('inner_one', 'inner_adds', '{k}', 'nps(recommend)', 'count(note) AS notes')::text, 'inner_adds', 'of a table with row triggers');
SELECT is(live_rollup('inner_one', 'inner_merges', '{k}', 'nps(recommend)', 'timing(seconds)')::text, 'inner_merges', 'and one that merges');
CREATE FUNCTION inner_holds(after text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN NEXT is(differences('inner_adds', 'SELECT k, nps(recommend), count(note), count(*) FROM inner_one GROUP BY k'), 0::bigint, after || ': added and taken out');
	RETURN NEXT is(differences('inner_merges', 'SELECT k, nps(recommend), timing(seconds), count(*) FROM inner_one GROUP BY k'), 0::bigint, after || ': added, or computed anew');
END
$$;
CREATE FUNCTION inner_trigger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF tg_argv[0] = 'complete' THEN UPDATE inner_one SET note = 'seen' WHERE id = new.id;
	ELSIF tg_argv[0] = 'correct' THEN UPDATE inner_one SET recommend = 10 - recommend WHERE id = new.id;
	ELSIF tg_argv[0] = 'move' THEN UPDATE inner_one SET k = k || ' moved' WHERE id = new.id;
	ELSIF tg_argv[0] = 'refuse' THEN DELETE FROM inner_one WHERE id = new.id;
	ELSIF tg_argv[0] = 'undo' THEN
		BEGIN
			DELETE FROM inner_one WHERE id = new.id;
			RAISE division_by_zero;
		EXCEPTION WHEN division_by_zero THEN
			UPDATE inner_one SET recommend = NULL WHERE id = new.id AND id % 2 = 0;
		END;
	ELSIF tg_argv[0] = 'off' THEN
		BEGIN
			UPDATE inner_one SET recommend = 11 WHERE id = new.id;
		EXCEPTION WHEN numeric_value_out_of_range THEN
			UPDATE inner_one SET note = sqlerrm WHERE id = new.id;
		END;
	END IF;
	RETURN NULL;
END
$$;
CREATE FUNCTION inner_statement(what text, statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TRIGGER again AFTER INSERT ON inner_one FOR EACH ROW EXECUTE FUNCTION inner_trigger(%L)', what);
	EXECUTE statement;
	DROP TRIGGER again ON inner_one;
	RETURN QUERY SELECT inner_holds(format('a row trigger may %s the row of %s', what, statement));
END
$$;
SELECT inner_statement(what, format('INSERT INTO inner_one VALUES (%s, %L, 9, NULL, 1)', place, what || ' one')) FROM unnest('{complete,correct,move,refuse,undo,off}'::text[]) WITH ORDINALITY AS w(what, place);
SELECT inner_statement(what, format('INSERT INTO inner_one SELECT i, %L || i %% 4, i %% 11, CASE WHEN i %% 3 = 0 THEN i END, i FROM generate_series(%s, %2$s + 20) AS i', what, 100 * place)) FROM unnest('{complete,correct,move,refuse,undo,off}'::text[]) WITH ORDINALITY AS w(what, place);
INSERT INTO inner_one VALUES (1000, 'complete one', 3, 'x', 5);
DELETE FROM inner_one WHERE id % 5 = 0;
UPDATE inner_one SET k = 'all' WHERE id % 7 = 0;
SELECT inner_holds('plain statements after them');

-- A partition truncated in the middle of a statement on another one
CREATE TABLE ring (day int, recommend int) PARTITION BY LIST (day);
CREATE TABLE ring_1 PARTITION OF ring FOR VALUES IN (1);
CREATE TABLE ring_2 PARTITION OF ring FOR VALUES IN (2);
INSERT INTO ring VALUES (1, 9), (2, 3);
SELECT is(live_rollup('ring', 'ring_rollup', '{day}', 'nps(recommend)')::text, 'ring_rollup', 'of partitions that are used in turn');
CREATE FUNCTION truncate_oldest() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN TRUNCATE ring_1; RETURN NULL; END $$;
CREATE TRIGGER turn AFTER INSERT ON ring_2 FOR EACH ROW EXECUTE FUNCTION truncate_oldest();
INSERT INTO ring_2 VALUES (2, 10);
SELECT is(differences('ring_rollup', 'SELECT day, nps(recommend), count(*) FROM ring GROUP BY day'), 0::bigint, 'truncate in the middle of an insert into another partition');
INSERT INTO ring VALUES (2, 10), (2, 7);
SELECT is(differences('ring_rollup', 'SELECT day, nps(recommend), count(*) FROM ring GROUP BY day'), 0::bigint, 'of one into the parent');

-- Equal values that are not alike: what an insert refuses, an update does, too
CREATE TABLE spans (k int, took interval);
SELECT is(live_rollup('spans', 'spans_rollup', '{k}', 'timing(took)')::text, 'spans_rollup', 'of intervals');
INSERT INTO spans VALUES (1, '30 days');
SELECT throws_ok($$UPDATE spans SET took = '1 mon'$$, '22023', NULL, 'a month equals 30 days, and is no duration');

-- A roll-up that was tampered with is an error, and is mended
SELECT live_rollup('survey', 'daily', '{day}', 'nps(recommend)') IS NULL AS ignored \gset
DELETE FROM daily;
SELECT throws_ok('DELETE FROM survey WHERE day = ''2026-03-01''', '55000', 'live roll-up "daily" does not hold all rows of table "survey"', 'rows that were never counted');
UPDATE survey SET recommend = recommend WHERE day = '2026-03-01';
INSERT INTO survey (id, day, recommend) VALUES (7000, '2026-03-01', 9);
SELECT throws_ok('DELETE FROM survey WHERE day = ''2026-03-01''', '22003', 'cannot subtract more answers than there are', 'nor answers');
SELECT recompute_live_rollup('daily') AS groups \gset
SELECT is(:groups, (SELECT count(*)::int FROM (SELECT DISTINCT day FROM survey) AS d), 'recomputed');
SELECT results_eq('SELECT day, nps, row_count FROM daily ORDER BY day', 'SELECT day, nps(recommend), count(*) FROM survey GROUP BY day ORDER BY day', 'it is right again');
SELECT throws_ok('INSERT INTO survey (id, recommend) VALUES (7001, 11)', '22003', 'answer "11" is out of range', 'an answer off its scale is not let in');

-- Errors of the definition
CREATE FUNCTION fails(source text, rollup text, keys text[], measures text[], state text, message text) RETURNS text LANGUAGE sql AS $$
	SELECT throws_ok(format('SELECT live_rollup(%L, %L, %L, VARIADIC %L)', source, rollup, keys, measures), state, message)
$$;
CREATE VIEW seen AS TABLE survey;
CREATE TEMP TABLE passing (answer int);
CREATE TABLE parent (answer int);
CREATE TABLE child () INHERITS (parent);
CREATE TABLE odd_types (j json, p point, c typed, answer int);
SELECT fails('survey', 'daily', '{day}', '{nps(recommend)}', '42P07', 'relation "daily" already exists');
SELECT fails('survey', 'nowhere.x', '{day}', '{nps(recommend)}', '3F000', 'schema "nowhere" does not exist');
SELECT fails('survey', 'pg_temp.x', '{day}', '{nps(recommend)}', '42P16', 'live roll-up "x" cannot be a temporary table');
SELECT fails('seen', 'x', '{day}', '{nps(recommend)}', '42809', 'cannot keep a live roll-up of "seen"');
SELECT fails('passing', 'x', '{answer}', '{nps(answer)}', '42809', 'cannot keep a live roll-up of "passing"');
SELECT fails('parent', 'x', '{answer}', '{nps(answer)}', '42809', 'cannot keep a live roll-up of "parent"');
SELECT fails('child', 'x', '{answer}', '{nps(answer)}', '42809', 'cannot keep a live roll-up of "child"');
SELECT fails('parts_4', 'x', '{kind}', '{nps(answer)}', '42809', 'cannot keep a live roll-up of "parts_4"');
SELECT fails('survey', 'x', '{}', '{nps(recommend)}', '22023', 'a live roll-up needs at least one column to group by');
SELECT fails('survey', 'x', '{day}', '{}', '22023', 'a live roll-up needs at least one measure');
SELECT fails('survey', 'x', '{NULL}', '{nps(recommend)}', '22004', 'column to group by must not be null');
SELECT fails('survey', 'x', '{day}', '{NULL}', '22004', 'measure must not be null');
SELECT fails('survey', 'x', array_fill('day'::text, '{33}'), '{nps(recommend)}', '54011', 'a live roll-up is grouped by at most 32 columns');
SELECT fails('survey', 'x', '{day}', ARRAY[format('items(%s)', repeat('recommend, ', 100) || '1')], '54023', 'measure "items" has more than 100 arguments');
SELECT fails('survey', 'x', '{month}', '{nps(recommend)}', '42703', 'column "month" of table "survey" does not exist');
SELECT fails('survey', 'x', '{ctid}', '{nps(recommend)}', '42703', 'column "ctid" of table "survey" does not exist');
SELECT fails('survey', 'x', '{day}', '{nps(score)}', '42703', 'column "score" of table "survey" does not exist');
SELECT fails('odd_types', 'x', '{j}', '{nps(answer)}', '42804', 'cannot group by column "j" of type json');
SELECT fails('odd_types', 'x', '{p}', '{nps(answer)}', '42804', 'cannot group by column "p" of type point');
SELECT fails('odd_types', 'x', '{c}', '{nps(answer)}', '42804', 'cannot group by column "c" of type typed');
SELECT fails('survey', 'x', '{day,day}', '{nps(recommend)}', '42701', 'column "day" of the live roll-up is there twice');
SELECT fails('survey', 'x', '{day}', '{nps(recommend),nps(csat)}', '42701', 'column "nps" of the live roll-up is there twice');
SELECT fails('survey', 'x', '{day}', '{nps(recommend) AS row_count}', '42701', 'column "row_count" of the live roll-up is there twice');
SELECT fails('survey', 'x', '{day}', '{sum(recommend)}', '42883', 'aggregate sum(integer) does not exist');
SELECT fails('survey', 'x', '{day}', '{nps(note)}', '42883', 'aggregate nps(text) does not exist');
SELECT fails('survey', 'x', '{day}', '{nps(*)}', '42883', 'aggregate nps(*) does not exist');
SELECT fails('survey', 'x', '{day}', '{count(1)}', '42883', 'aggregate count(integer) does not exist');
SELECT fails('survey', 'x', '{day}', '{nps_class(recommend)}', '42883', 'aggregate nps_class(integer) does not exist');
CREATE AGGREGATE nps(text) (SFUNC = textcat, STYPE = text);
SELECT fails('survey', 'x', '{day}', '{nps(note)}', '42883', 'aggregate nps(text) does not exist');
SELECT fails('survey', 'x', '{day}', ARRAY[m], '22023', format('invalid measure "%s"', m)) FROM unnest(ARRAY['', 'nps', 'nps(', 'nps()', 'nps(recommend', 'nps(recommend,)', 'nps(recommend) x', 'nps(recommend) AS', 'nps(recommend) AS 1', 'nps(recommend + 1)', 'nps(recommend::int)', 'nps(''9'')', 'nps(recommend); SELECT 1', 'public.nps(recommend)', 'nps(DISTINCT recommend)', 'nps("")', 'nps("recommend)', 'likert(csat, 1, 99999999999)', 'likert(csat, -, 5)', 'likert(csat, 1.5, 5)', 'nps(' || repeat('x', 64) || ')', 'count(*, 1)', '1(x)', 'nps(recommend) -- x']) AS m;
SELECT throws_ok('SELECT drop_live_rollup(''survey'')', '42809', '"public.survey" is not a live roll-up');
SELECT throws_ok('SELECT recompute_live_rollup(99999999)', '42P01', 'relation with OID 99999999 does not exist');

-- Triggers made by hand
CREATE TRIGGER by_hand AFTER INSERT ON parent FOR EACH STATEMENT EXECUTE FUNCTION live_rollup_maintain('day', 'nps(answer) AS nps');
DROP TRIGGER by_hand ON parent;
CREATE TRIGGER by_hand AFTER TRUNCATE ON survey FOR EACH STATEMENT EXECUTE FUNCTION live_rollup_maintain('day', 'nps(answer) AS nps');
SELECT throws_ok('TRUNCATE survey', '42P17', 'trigger "by_hand" does not keep a live roll-up');
DROP TRIGGER by_hand ON survey;
CREATE TRIGGER by_hand BEFORE TRUNCATE ON survey FOR EACH STATEMENT WHEN ('daily'::regclass <> 'survey'::regclass) EXECUTE FUNCTION live_rollup_maintain('day', 'nps(answer) AS nps');
SELECT throws_ok('TRUNCATE survey', '42P17', 'trigger "by_hand" does not keep a live roll-up');
DROP TRIGGER by_hand ON survey;
CREATE TRIGGER by_hand AFTER INSERT ON survey REFERENCING NEW TABLE AS others FOR EACH STATEMENT WHEN ('daily'::regclass <> 'survey'::regclass) EXECUTE FUNCTION live_rollup_maintain('day', 'nps(answer) AS nps');
SELECT throws_ok('INSERT INTO survey (id) VALUES (8000)', '42P17', 'trigger "by_hand" does not keep a live roll-up');

SELECT * FROM finish();
ROLLBACK;
