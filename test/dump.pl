#!/usr/bin/perl
# Values survive pg_dump and restore, COPY in both formats, and a concurrent refresh, byte for byte.
use strict;
use warnings;
use lib 'test';
use Psql;
use Test::More;

my $database = $ENV{PGDATABASE};

sub psql
{
	my ($statement, $into) = @_;
	return Psql::psql($statement, '-v ON_ERROR_STOP=1', '-d', $into // $database);
}

# Every stored form: unweighted, weighted, nets, nobody, the longest scale, arrays, composites, NULL.
is(psql(<<'SQL'), '', 'a table with every form');
CREATE TYPE customer AS (name text, nps nps_summary, likert likert_summary);
CREATE TABLE answers AS SELECT i AS id, i % 11 AS answer, i % 3 = 0 AS done, (ARRAY[0.001, 0.333333, 1, 2.5, 1000000, 0])[1 + i % 6]::float8 AS weight FROM generate_series(1, 3000) AS i;
CREATE TABLE stored (id int PRIMARY KEY, nps nps_summary, likert likert_summary DEFAULT '{}', rate rate_summary DEFAULT rate_summary(0, 0), items items_summary DEFAULT '{}', many likert_summary[], one customer, sample sample_summary, ratio ratio_summary, timing timing_summary);
INSERT INTO stored
SELECT id % 20, nps(answer, weight), likert(answer, 0, 10, weight), rate(done, weight), items(answer, weight / 3, CASE WHEN done THEN id END, 1e-300 * answer), ARRAY[likert(answer, -50, 50), NULL, likert(answer, 0, 10, weight)], ROW('c'::text, net(likert(answer, 0, 10, weight), 3), likert(answer, 0, 100))::customer,
	sample(answer / 7.0, weight), ratio(answer / 7.0, id / 1e3), timing(answer ^ 3 / (1 + id % 20), done)
FROM answers WHERE id % 20 > 0 OR id < 800 GROUP BY id % 20;
INSERT INTO stored VALUES (100, nps_summary(0, 0, 0), '{}', NULL, '{}', '{}', NULL, '{}', '{}'), (101, NULL, likert_summary(-32768, '{1,2}'), rate_summary(1, 2, 3), (SELECT items(VARIADIC array_fill(answer / 7.0::float8, '{64}')) FROM answers), NULL, ROW(NULL, NULL, '{}'), sample_summary(3, 0.1, 1e-200), (SELECT ratio(1e-320, -1e300)));
INSERT INTO stored (id, sample) SELECT 200 + id, sample(pi() ^ (id - 40)) + sample(-1 / 3.0) FROM generate_series(1, 80) AS id GROUP BY id;
INSERT INTO stored (id) VALUES (102);
CREATE TABLE funnels AS SELECT id % 3 AS part, funnel(id / 7, '2026-03-01 00:00+00'::timestamptz + id * interval '1.7 seconds', substr('abcde', 1 + answer % 5, 1), 'a > [b] > "c" within 1 hour', '2026-03-01 01:20+00') AS x FROM answers GROUP BY id % 3;
INSERT INTO funnels VALUES (3, '{}'), (4, NULL), (5, (SELECT funnel(id::text, '2026-03-01'::timestamp, 'Größe', '"Größe" & * & " "') FROM answers));
CREATE TABLE attempts AS SELECT id % 40 AS part, task(done, weight / (1 + id % 7), answer, answer / 7.0) AS x FROM answers GROUP BY id % 40;
INSERT INTO attempts VALUES (40, NULL), (41, '{"completed": 0, "abandoned": 0, "undecided": 0}'), (42, (SELECT rollup(x) FROM attempts));
CREATE UNIQUE INDEX ON attempts (x, part);
CREATE INDEX ON attempts USING hash (x);
CREATE TABLE journeys AS SELECT id % 40 AS actor, journey('2026-03-01 00:00+00'::timestamptz + id * weight * interval '1.7 seconds', repeat(substr('abcÖ"', 1 + answer % 5, 1), id % 40 * 20)) AS j FROM answers GROUP BY id % 40;
INSERT INTO journeys VALUES (40, '{}'), (41, NULL), (42, event_journey('{0044-03-15 12:00:00+00 BC}', '{e tu}'));
CREATE INDEX ON journeys (event_count(j), actor);
CREATE INDEX ON journeys USING hash (j);
CREATE TABLE retentions AS SELECT id % 3 AS part, retention(id / 7, '2026-03-01 00:00+00'::timestamptz + id * id * interval '1.7 seconds', 'week', 'Europe/Rome') AS x FROM answers GROUP BY id % 3;
INSERT INTO retentions VALUES (4, NULL), (5, (SELECT retention(id::text, '2026-03-01'::date + answer, 'Größe', '*', 'Größe', 'day') FROM answers)), (6, (SELECT retention(id, '2026-03-01'::date, 'a', 'b', 'c', 'month') FROM answers));
CREATE UNIQUE INDEX ON retentions (x, part);
CREATE INDEX ON retentions USING hash (x);
CREATE UNIQUE INDEX ON funnels (x, part);
CREATE INDEX ON funnels USING hash (x);
CREATE TABLE flows AS SELECT part, flows(j, 'a > c', 5) AS x FROM (SELECT id % 3 AS part, journey('2026-03-01 00:00+00'::timestamptz + id * interval '1.7 seconds', substr('abcdé', 1 + answer % 5, 1)) AS j FROM answers GROUP BY id / 7, id % 3) AS s GROUP BY part;
INSERT INTO flows VALUES (3, '{}'), (4, NULL), (5, (SELECT next_events(j, 'a > "Größe"') FROM (SELECT journey('2026-03-01'::timestamp + id * interval '1 day', substr('abcdé', 1 + answer % 5, 1)) AS j FROM answers) AS s));
CREATE UNIQUE INDEX ON flows (x, part);
CREATE INDEX ON flows USING hash (x);
CREATE INDEX ON stored (nps);
CREATE INDEX ON stored USING hash (rate);
CREATE INDEX ON stored USING hash (items);
CREATE INDEX ON stored (sample, ratio);
CREATE UNIQUE INDEX ON stored (likert, id);
CREATE VIEW seen AS SELECT id, (report(nps)).score, nps + nps_summary(1, 1, 1) AS sum FROM stored;
CREATE MATERIALIZED VIEW daily AS SELECT id % 5 AS day, nps(answer, weight) AS nps, likert(answer, 0, 10, weight) AS likert, rate(done, weight) AS rate, timing(answer / 7.0, done) AS timing FROM answers GROUP BY 1;
CREATE UNIQUE INDEX ON daily (day);
SQL

my $bytes = <<'SQL';
SELECT string_agg(concat_ws(' ', actor, event_journey_send(j)), ' ' ORDER BY actor) FROM journeys;
SELECT string_agg(concat_ws(' ', part, n(x), retention_summary_send(x)), ' ' ORDER BY part) FROM retentions;
SELECT string_agg(concat_ws(' ', part, n(x), funnel_summary_send(x)), ' ' ORDER BY part) FROM funnels;
SELECT string_agg(concat_ws(' ', part, n(x), task_summary_send(x)), ' ' ORDER BY part) FROM attempts;
SELECT string_agg(concat_ws(' ', part, n(x), flow_summary_send(x)), ' ' ORDER BY part) FROM flows;
SELECT string_agg(concat_ws(' ', id, nps_summary_send(nps), likert_summary_send(likert), rate_summary_send(rate), items_summary_send(items), array_length(many, 1), (SELECT string_agg(likert_summary_send(m)::text, ' ') FROM unnest(many) AS m), nps_summary_send((one).nps), likert_summary_send((one).likert), sample_summary_send(sample), ratio_summary_send(ratio), timing_summary_send(timing)), E'\n' ORDER BY id) FROM stored
SQL
my $original = psql($bytes);
cmp_ok(length $original, '>', 10000, 'its bytes');

for my $format (qw(plain custom))
{
	my $target = "${database}_$format";
	my $file = "$ENV{CXUX_TMP}/dump.$format";
	is(system("pg_dump -d $database --format=$format --file=$file && createdb -T template0 $target"), 0, "dumped, $format");
	is(system($format eq 'plain' ? "psql -X -q -v ON_ERROR_STOP=1 -d $target -f $file >/dev/null" : "pg_restore --exit-on-error -d $target $file"), 0, "restored, $format");
	ok(psql($bytes, $target) eq $original, "same bytes after $format");
	is(psql('SELECT count(*) FROM seen', $target), psql('SELECT count(*) FROM seen'), "views work after $format");
	system("dropdb $target");
}

for my $format (qw(text csv binary))
{
	my $file = "$ENV{CXUX_TMP}/stored.$format";
	psql("CREATE TABLE copied_$format (LIKE stored)");
	is(psql("\\copy stored TO '$file' (FORMAT $format)\n\\copy copied_$format FROM '$file' (FORMAT $format)"), '', "copied as $format");
	ok(psql($bytes =~ s/FROM stored/FROM copied_$format/r) eq $original, "same bytes copied as $format");
}

# What has not changed is not written again: rows keep their place.
my $places = 'SELECT string_agg(concat(day, ctid), \' \' ORDER BY day) FROM daily';
my $before = psql($places);
is(psql('REFRESH MATERIALIZED VIEW CONCURRENTLY daily'), '', 'refreshed concurrently');
is(psql($places), $before, 'a refresh of the same content touches no row');
is(psql('CREATE TABLE shuffled AS SELECT * FROM answers ORDER BY md5(id::text); TRUNCATE answers; INSERT INTO answers SELECT * FROM shuffled; REFRESH MATERIALIZED VIEW CONCURRENTLY daily'), '', 'refreshed from rows in another order');
is(psql($places), $before, 'nor does one from rows in another order');
psql('INSERT INTO answers VALUES (5000, 9, true, 2); REFRESH MATERIALIZED VIEW CONCURRENTLY daily');
isnt(psql($places), $before, 'a new answer does');

# Upserts of increments, as a pipeline stores them
is(psql(<<'SQL'), 't', 'increments upserted by + are the whole');
CREATE TABLE hourly (day int PRIMARY KEY, nps nps_summary, likert likert_summary, rate rate_summary, timing timing_summary);
DO $$
BEGIN
	FOR part IN 0..9 LOOP
		INSERT INTO hourly AS h SELECT id % 5, nps(answer, weight), likert(answer, 0, 10, weight), rate(done, weight), timing(answer / 7.0, done) FROM answers WHERE id % 10 = part GROUP BY 1
		ON CONFLICT (day) DO UPDATE SET nps = h.nps + EXCLUDED.nps, likert = h.likert + EXCLUDED.likert, rate = h.rate + EXCLUDED.rate, timing = h.timing + EXCLUDED.timing;
	END LOOP;
END $$;
SELECT bool_and(h *= d) FROM hourly AS h JOIN daily AS d USING (day);
SQL

done_testing;
