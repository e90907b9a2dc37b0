#!/usr/bin/perl
# Live roll-ups under concurrent writers: pgbench, then compared with plain SQL; who waits for whom,
# step by step; isolation levels; plans of sessions that others move tables under; dump and
# restore. CXUX_LIVE_SECONDS sets how long pgbench runs ("make live": two minutes).
use strict;
use warnings;
use lib 'test';
use Files;
use Psql;
use Session;
use Test::More;
use Time::HiRes qw(sleep);

my $database = $ENV{PGDATABASE};
my $seconds = $ENV{CXUX_LIVE_SECONDS} // 8;
my $clients = 8;

sub psql
{
	my ($statements, $into) = @_;
	return Psql::psql($statements, '-v ON_ERROR_STOP=1', '-d', $into // $database);
}

# Whether a session waits for a lock; it gets some seconds to come to that.
sub waits
{
	my $session = shift;
	for (1 .. 100)
	{
		return 1 if psql("SELECT count(*) FROM pg_stat_activity WHERE pid = $session->{backend} AND wait_event_type = 'Lock'");
		sleep 0.05;
	}
	return 0;
}

# The roll-ups: all measures that subtract; some that only merge; one that does neither
is(psql(<<'SQL'), '', 'roll-ups of all kinds');
CREATE TABLE survey (id bigint PRIMARY KEY, day int, place text, recommend int, csat int, done boolean, reason text, seconds float8, weight float8);
CREATE INDEX ON survey (day, place);
CREATE SEQUENCE ids START 1001;
INSERT INTO survey SELECT i, i % 3, CASE WHEN i % 4 > 0 THEN 'p' || i % 4 END, i % 11, 1 + i % 5, i % 2 = 0, 'r' || i % 3, i % 500, 1 + i % 3 FROM generate_series(1, 1000) AS i;
SELECT live_rollup('survey', 'daily', '{day,place}', 'nps(recommend)', 'likert(csat, 1, 5)', 'rate(done, weight)', 'choices(reason) AS reasons', 'count(*) AS answers') \gset
SELECT live_rollup('survey', 'slow', '{day,place}', 'timing(seconds, done)', 'sample(seconds)', 'nps(recommend)') \gset
CREATE VIEW daily_truth AS SELECT day, place, nps(recommend), likert(csat, 1, 5), rate(done, weight), choices(reason) AS reasons, count(*) AS answers, count(*) AS row_count FROM survey GROUP BY day, place;
-- sums of whole numbers are exact in any order, squared deviations are not
CREATE VIEW slow_seen AS SELECT day, place, timing, n(sample), mean(sample) * n(sample) AS sum, round(standard_deviation(sample)::numeric, 9) AS stddev, nps, row_count FROM slow;
CREATE VIEW slow_truth AS SELECT day, place, timing(seconds, done), n(sample(seconds)), mean(sample(seconds)) * count(seconds) AS sum, round(stddev_samp(seconds)::numeric, 9) AS stddev, nps(recommend), count(*) AS row_count FROM survey GROUP BY day, place;
SQL
my $difference = 'SELECT (SELECT count(*) FROM ((TABLE daily EXCEPT ALL TABLE daily_truth) UNION ALL (TABLE daily_truth EXCEPT ALL TABLE daily)) AS d), (SELECT count(*) FROM ((TABLE slow_seen EXCEPT ALL TABLE slow_truth) UNION ALL (TABLE slow_truth EXCEPT ALL TABLE slow_seen)) AS d)';
is(psql($difference), '0|0', 'as made');

# Few groups, so that all clients meet in them; groups come and go (days from 3 are rarely there).
my %script = (
	insert => [ 6, 'INSERT INTO survey VALUES (nextval(\'ids\'), :day, :place, :answer, 1 + :answer % 5, :answer > 4, \'r\' || :answer, :answer, :weight);' ],
	batch => [ 3, 'INSERT INTO survey SELECT nextval(\'ids\'), i % 3, CASE WHEN i % 4 > 0 THEN \'p\' || i % 4 END, i % 11, 1 + i % 5, i % 2 = 0, \'r\', i, 1 FROM generate_series(:some, :some + 19) AS i;' ],
	correct => [ 6, 'UPDATE survey SET recommend = :answer, csat = NULL, done = NULL WHERE id = :id;' ],
	move => [ 4, 'UPDATE survey SET day = :day, place = :place WHERE id IN (SELECT id FROM survey WHERE id BETWEEN :id AND :id + 9 ORDER BY id FOR UPDATE);' ],
	delete => [ 4, 'DELETE FROM survey WHERE id IN (SELECT id FROM survey WHERE id BETWEEN :id AND :id + 9 ORDER BY id FOR UPDATE);' ],
	empty => [ 1, 'DELETE FROM survey WHERE id IN (SELECT id FROM survey WHERE day = :day AND day > 2 ORDER BY id FOR UPDATE);' ],
	upsert => [ 4, 'INSERT INTO survey VALUES (:id, :day, :place, :answer, 5, true, \'upsert\', 1, 2) ON CONFLICT (id) DO UPDATE SET day = EXCLUDED.day, recommend = EXCLUDED.recommend, reason = EXCLUDED.reason;' ],
	undone => [ 1, "BEGIN;\nUPDATE survey SET recommend = 0, day = :day WHERE id = :id;\nROLLBACK;" ],
);
my $variables = <<'END';
\set id random(1, 1000)
\set some random(1, 1000)
\set day case when random(1, 10) = 1 then random(3, 5) else random(0, 2) end
\set answer random(0, 10)
\set weight random(1, 3)
\set place random(0, 3)
END

sub run_clients
{
	my ($time, %scripts) = @_;
	my @files;
	for my $name (sort keys %scripts)
	{
		my ($weight, $statement) = @{ $scripts{$name} };
		my $file = "$ENV{CXUX_TMP}/live_$name.pgbench";
		$statement =~ s/:place/CASE WHEN :place > 0 THEN 'p' || :place END/g;
		write_file($file, $variables, $statement, "\n");
		push @files, "-f $file\@$weight";
	}
	return scalar `pgbench -n -M prepared -c $clients -j $clients -T $time @files $database 2>&1`;
}

# Each client has a thread of its own, as preparing a statement may have to wait for another client.
my $output = run_clients($seconds, %script);
my ($transactions) = $output =~ /number of transactions actually processed: (\d+)/;
my ($failed) = $output =~ /number of failed transactions: (\d+)/;
cmp_ok($transactions // 0, '>', 30 * $seconds / ($ENV{CXUX_SLOWDOWN} // 1), "$clients clients wrote for $seconds s") or diag($output);
is($failed, 0, 'no deadlock, nor any other error');
unlike($output, qr/ERROR|aborted|deadlock/, 'not in the log either');
is(psql($difference), '0|0', 'added, taken out and computed anew as one would at once');
note("transactions: $transactions");
is(psql('SELECT count(*) FROM daily WHERE row_count = 0'), '0', 'no group is empty');
my $before = psql('SELECT string_agg(d::text, E\'\n\' ORDER BY d) FROM daily AS d');
is(psql("SELECT recompute_live_rollup('daily') > 0"), 't', 'recomputed');
is(psql('SELECT string_agg(d::text, E\'\n\' ORDER BY d) FROM daily AS d'), $before, 'as the same');

# Several statements in one transaction, and many rows upserted, keep out others first.
$output = run_clients(3,
	upserts => [ 1, "BEGIN;\nLOCK TABLE survey IN SHARE ROW EXCLUSIVE MODE;\nINSERT INTO survey SELECT :id + i, :day, 'p' || i % 4, i % 11, 5, true, 'many', 1, 2 FROM generate_series(1, 30) AS i ON CONFLICT (id) DO UPDATE SET day = EXCLUDED.day;\nDELETE FROM survey WHERE id = :id;\nCOMMIT;" ],
	map { $_ => $script{$_} } qw(insert correct));
is(($output =~ /number of failed transactions: (\d+)/)[0], 0, 'upserts of many rows under a lock') or diag($output);
unlike($output, qr/ERROR|aborted|deadlock/, 'have no deadlock');
is(psql($difference), '0|0', 'and count right');

# A recomputation of all while others write
$output = run_clients(3,
	all => [ 1, "SELECT recompute_live_rollup('daily');\nSELECT recompute_live_rollup('slow');" ],
	map { $_ => $script{$_} } qw(insert batch correct move delete));
unlike($output, qr/ERROR|aborted|deadlock/, 'recomputed while others write') or diag($output);
is(psql($difference), '0|0', 'and they count right');

# Step by step: the snapshot comes after the lock. All rows but a few go, so that each is seen.
my $one = Session->new(quiet => 1);
my $two = Session->new(quiet => 1);
my $group = q{SELECT concat_ws(' ', row_count, n(sample), n(timing), n(nps)) FROM slow WHERE day = 1 AND place = 'x'};
is(psql("TRUNCATE survey; SELECT count(*) FROM daily; SELECT count(*) FROM slow"), "0\n0", 'truncated');
$one->run(q{BEGIN; INSERT INTO survey VALUES (1, 1, 'x', 9, 1, true, 'r', 10, 1)});
$two->begin(q{INSERT INTO survey VALUES (2, 1, 'x', 9, 1, true, 'r', 20, 1)});
ok(waits($two), 'who makes the same group waits');
is($one->run('COMMIT'), '', 'the first commits');
is($two->end, '', 'the second goes on');
is(psql($group), '2 2 2 2', 'both are counted');
$one->run(q{BEGIN; UPDATE survey SET seconds = 11 WHERE id = 1; INSERT INTO survey VALUES (3, 1, 'x', 9, 1, true, 'r', 30, 1)});
$two->begin(q{UPDATE survey SET seconds = 21, recommend = 0 WHERE id = 2});
ok(waits($two), 'who computes the same group anew waits');
$one->run('COMMIT');
is($two->end, '', 'the second goes on');
is(psql($difference) . ' ' . psql($group), '0|0 3 3 3 3', 'having seen what was committed meanwhile');
$one->run(q{BEGIN; INSERT INTO survey VALUES (4, 1, 'x', 9, 1, true, 'r', 40, 1)});
$two->begin(q{DELETE FROM survey WHERE id = 3});
ok(waits($two), 'so does who deletes');
$one->run('ROLLBACK');
is($two->end, '', 'the second goes on');
is(psql($difference) . ' ' . psql($group), '0|0 2 2 2 2', 'without what was rolled back');
$one->run(q{BEGIN; DELETE FROM survey WHERE day = 1});
$two->begin(q{INSERT INTO survey VALUES (5, 1, 'x', 2, 1, true, 'r', 50, 1)});
ok(waits($two), 'who adds to a group that is being emptied waits');
$one->run('COMMIT');
is($two->end, '', 'the second goes on');
is(psql($difference) . ' ' . psql($group), '0|0 1 1 1 1', 'and makes it anew');

# In the order of the keys, so that none waits for one who waits for it
$one->run(q{BEGIN; INSERT INTO survey VALUES (10, 2, 'b', 2, 1, true, 'r', 50, 1)});
$two->begin(q{INSERT INTO survey SELECT 10 + i, 2, place, 2, 1, true, 'r', 50, 1 FROM (VALUES (1, 'c'), (2, 'b'), (3, 'a')) AS v(i, place)});
ok(waits($two), 'many groups, one of which is locked');
my $third = Session->new(quiet => 1);
$third->begin(q{INSERT INTO survey SELECT 20 + i, 2, place, 2, 1, true, 'r', 50, 1 FROM (VALUES (1, 'd'), (2, 'c')) AS v(i, place)});
is($third->end, '', 'later ones are free until then');
$one->run('COMMIT');
is($two->end, '', 'no deadlock');
is(psql($difference), '0|0', 'all are counted');

# Isolation levels: exact, or a serialization failure
for my $level ('REPEATABLE READ', 'SERIALIZABLE')
{
	psql("TRUNCATE survey; INSERT INTO survey SELECT i, i, 'x', 9, 1, true, 'r', i, 1 FROM generate_series(1, 5) AS i");
	$one->run("BEGIN ISOLATION LEVEL $level; SELECT count(*) FROM survey");
	psql(q{INSERT INTO survey VALUES (100, 1, 'x', 9, 1, true, 'r', 10, 1)});
	like($one->run(q{INSERT INTO survey VALUES (101, 1, 'x', 9, 1, true, 'r', 10, 1)}), qr/^ERROR:  40001$/, "$level: a group that changed since its snapshot is a serialization failure");
	$one->run('ROLLBACK');
	is($one->run("BEGIN ISOLATION LEVEL $level; SELECT count(*) FROM survey") , 6, 'a snapshot');
	psql(q{DELETE FROM survey WHERE day = 2; INSERT INTO survey VALUES (102, 3, 'y', 9, 1, true, 'r', 10, 1)});
	my $moved = $one->run(q{UPDATE survey SET day = 2, seconds = 99 WHERE id = 4; COMMIT});
	is($moved, $level eq 'SERIALIZABLE' && $moved =~ /40001/ ? $moved : '', "$level: groups that went away, or nobody else changed");
	$one->run('ROLLBACK') if $moved;
	is(psql($difference), '0|0', "$level: exact");
	is($one->run("BEGIN ISOLATION LEVEL $level; SELECT count(*) FROM survey; SELECT pg_sleep(0)"), 6, 'a snapshot');
	psql(q{INSERT INTO survey VALUES (103, 9, 'new', 9, 1, true, 'r', 10, 1)});
	like($one->run(q{INSERT INTO survey VALUES (104, 9, 'new', 9, 1, true, 'r', 10, 1)}), qr/^ERROR:  40001$/, "$level: so is one that another made");
	$one->run('ROLLBACK');
	is($one->run("BEGIN ISOLATION LEVEL $level; SELECT count(*) FROM survey"), 7, 'a snapshot');
	psql(q{INSERT INTO survey VALUES (105, 9, 'new', 9, 1, true, 'r', 10, 1)});
	like($one->run('TRUNCATE survey; COMMIT'), qr/^(ERROR:  40001)?$/, "$level: truncate");
	$one->run('ROLLBACK');
	is(psql($difference), '0|0', "$level: exact after it");
}

# What other sessions have planned follows what changes
$one->run(q{INSERT INTO survey VALUES (200, 1, 'x', 9, 1, true, 'r', 10, 1); UPDATE survey SET recommend = 1 WHERE id = 200});
psql('CREATE SCHEMA moved; ALTER EXTENSION cxux SET SCHEMA moved; ALTER TABLE daily SET SCHEMA moved; ALTER TABLE survey RENAME TO answers; ALTER TABLE answers ALTER weight TYPE numeric');
is($one->run(q{INSERT INTO answers VALUES (201, 1, 'x', 9, 1, true, 'r', 10, 1); UPDATE answers SET recommend = 1 WHERE id = 201; DELETE FROM answers WHERE id = 200}), '', 'the extension, the roll-up and the source moved');
is(psql('ALTER SCHEMA moved RENAME TO "Moved again"; ALTER TABLE answers DROP COLUMN csat CASCADE') =~ s/\n.*//sr, 'NOTICE:  drop cascades to view daily_truth', 'a column is dropped');
like($one->run(q{INSERT INTO answers (id) VALUES (202)}), qr/^ERROR:  42703$/, 'an error that tells of it');
psql(q{SELECT "Moved again".drop_live_rollup('"Moved again".daily', true); ALTER EXTENSION cxux SET SCHEMA public});
is($one->run(q{INSERT INTO answers (id, day) VALUES (203, 1)}), '', 'until that roll-up is dropped');
is($one->run(q{ALTER TABLE answers RENAME TO survey; ALTER TABLE survey ADD csat int}), '', 'put back');
is(psql('SELECT count(*) FROM ((TABLE slow_seen EXCEPT ALL TABLE slow_truth) UNION ALL (TABLE slow_truth EXCEPT ALL TABLE slow_seen)) AS d'), 0, 'exact');
$_->close for $one, $two, $third;

# In the middle of a statement of the same session
like(psql(q{CREATE FUNCTION midway() RETURNS int LANGUAGE plpgsql AS 'BEGIN PERFORM recompute_live_rollup(''slow''); RETURN 1; END'; INSERT INTO survey (id) SELECT 300 + midway()}), qr/ERROR:  cannot recompute a live roll-up of "survey" because it is being used by active queries in this session/, 'no recomputing while a statement is writing');

# A session that outlives its roll-ups keeps nothing of them
my $lasting = Session->new(quiet => 1);
my $kept = q{SELECT count(*) FROM pg_backend_memory_contexts WHERE name = 'live roll-up'};
for (1 .. 20)
{
	$lasting->run(q{CREATE TABLE passing (day int, answer int) PARTITION BY LIST (day); CREATE TABLE passing_1 PARTITION OF passing FOR VALUES IN (1);
		SELECT live_rollup('passing', 'passing_by_day', '{day}', 'nps(answer)');
		INSERT INTO passing VALUES (1, 1), (1, 2); INSERT INTO passing_1 VALUES (1, 1); UPDATE passing SET answer = 10; DELETE FROM passing_1 WHERE answer = 1; DROP TABLE passing_by_day CASCADE; DROP TABLE passing});
}
cmp_ok($lasting->run($kept), '<=', 5, 'of twenty that were dropped, at most the triggers of the last');
$lasting->close;

# Dump and restore: triggers are all there is; the extension may lie elsewhere
psql(q{SELECT live_rollup('survey', '"Odd ""name"""', '{place}', 'nps(recommend)', 'likert(csat, -1, 5) AS "a ''quoted'' one"') IS NULL; ALTER TABLE slow SET SCHEMA "Moved again"; ALTER TABLE "Moved again".slow RENAME TO late});
psql(q{INSERT INTO survey (id, day, place, recommend, done, seconds) SELECT i, i % 5, 'p' || i % 3, i % 11, true, i FROM generate_series(1000, 1100) AS i});
for my $format (qw(plain custom))
{
	my $target = "${database}_$format";
	my $file = "$ENV{CXUX_TMP}/live.$format";
	is(system("pg_dump -d $database --format=$format --file=$file && createdb -T template0 $target"), 0, "dumped, $format");
	is(system($format eq 'plain' ? "psql -X -q -v ON_ERROR_STOP=1 -d $target -f $file >/dev/null" : "pg_restore --exit-on-error -d $target $file"), 0, "restored, $format");
	my $all = q{SELECT string_agg(t::text, E'\n' ORDER BY t) FROM "Odd ""name""" AS t; SELECT string_agg(concat_ws(' ', day, place, timing, row_count), E'\n' ORDER BY day, place) FROM "Moved again".late};
	is(psql($all, $target), psql($all), "the same after $format");
	is(psql(q{INSERT INTO survey (id, day, place, recommend) VALUES (2000, 1, 'z', 10); UPDATE survey SET day = 2, recommend = 0 WHERE place = 'p1'; DELETE FROM survey WHERE place = 'p2';
		SELECT count(*) FROM (SELECT place, nps, "a 'quoted' one" FROM "Odd ""name""" EXCEPT SELECT place, nps(recommend), likert(csat, -1, 5) FROM survey GROUP BY place) AS d;
		SELECT count(*) FROM (SELECT day, place, timing, nps, row_count FROM "Moved again".late EXCEPT SELECT day, place, timing(seconds, done), nps(recommend), count(*) FROM survey GROUP BY day, place) AS d}, $target), "0\n0", "kept current after $format");
	is(psql(q{SELECT recompute_live_rollup('"Odd ""name"""')}, $target), psql(q{SELECT count(DISTINCT coalesce(place, '')) FROM survey}, $target), 'recomputed there');
	is(psql(q{SELECT drop_live_rollup('"Odd ""name"""', true); SELECT drop_live_rollup('"Moved again".late'); SELECT count(*) FROM pg_trigger}, $target) =~ s/\n//gr, '0', 'dropped there');
	system("dropdb $target");
}
like(psql('DROP EXTENSION cxux'), qr/other objects depend on it/, 'the extension is not dropped under them');
is(psql('SET client_min_messages = error; DROP EXTENSION cxux CASCADE; SELECT count(*) FROM pg_trigger; INSERT INTO survey (id) VALUES (1)'), '0', 'or with the triggers');

done_testing();
