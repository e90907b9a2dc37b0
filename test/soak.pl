#!/usr/bin/perl
# Ingest, corrections, journeys, live roll-ups, refreshes and queries at once, with cancels and with
# backends that are terminated: every answer is compared with another way to it in the same snapshot,
# what is stored with what the rows give, and the memory of sessions that last is measured.
# SOAK_SECONDS sets for how long: some in "make test", half an hour in "make soak".
use strict;
use warnings;
use lib 'test';
use Backend;
use Files;
use List::Util qw(sum max shuffle);
use POSIX ();
use Psql;
use Session;
use Test::More;
use Time::HiRes qw(sleep time);

my $seconds = $ENV{SOAK_SECONDS} // 6;
my $seed = $ENV{SOAK_SEED} // $$ ^ time;
# Below these it is noise.  "make soak" has the allocator give back what is free, as otherwise what is
# resident is the most that was ever needed, and then some.
my $largest_growth = 1e6;
my $shortest_to_measure = 120;
my $largest_survey = 30000;
my $largest_event = 60000;
my $started;
my $parent = $$;
my $stop = "$ENV{CXUX_TMP}/soak.stop";
# How long it may take until a first statement is cancelled and a first backend terminated.
my $patience = 60;
srand $seed;

sub psql
{
	return Psql::psql(shift, '-v ON_ERROR_STOP=1');
}

# Made by sprintf, with a number of rows
my $survey = q(SELECT nextval('survey_id'), day, 'p' || i %% 4, i %% 11, 1 + i %% 5, CASE WHEN i %% 9 > 0 THEN i %% 2 = 0 END, 'r' || i %% 6, i %% 500, 1 + i %% 3, i %% 4, 1 + i %% 7 FROM (SELECT (random() * 100000)::int AS i, date '2026-03-20' - (random() * random() * 20)::int AS day FROM generate_series(1, %d) OFFSET 0) AS r);
my $event = q(SELECT nextval('event_id'), actor, at - late * interval '1 hour', event FROM (SELECT (random() * 3000)::bigint AS actor, timestamptz '2026-03-01 00:00+00' + nextval('instant') %% 100000 * interval '20 seconds' AS at, CASE WHEN random() < 0.1 THEN (random() * 300)::int ELSE 0 END AS late, substr('aabbcdef', 1 + (random() * 7)::int, 1) AS event, CASE WHEN random() < 0.05 THEN 2 ELSE 1 END AS times FROM generate_series(1, %d) OFFSET 0) AS r, generate_series(1, times));
my $into_event = q(INSERT INTO event %s ON CONFLICT (id) DO NOTHING RETURNING actor, at, event);
my $merge = q(WITH new AS (%s) INSERT INTO customer AS c SELECT actor, journey(at, event) FROM new GROUP BY actor ORDER BY actor ON CONFLICT (actor) DO UPDATE SET j = merge(c.j, EXCLUDED.j));
my $by_day = 'SELECT day, place, nps(recommend), likert(csat, 1, 5), timing(seconds, done), sample(seconds) FROM survey GROUP BY day, place';
my $by_segment = q(SELECT actor % 3 AS segment, funnel(actor, at, event, 'a > b > c within 10 days', '2026-04-30'), retention(actor, at, 'day') FROM event GROUP BY actor % 3);

my $made = psql(sprintf <<'SQL', sprintf($survey, 10000), sprintf($merge, sprintf($into_event, sprintf($event, 20000))), $by_day, $by_segment);
CREATE SEQUENCE survey_id;
CREATE SEQUENCE event_id;
CREATE SEQUENCE instant;
CREATE TABLE survey (id bigint PRIMARY KEY, day date, place text, recommend int, csat int, done boolean, reason text, seconds float8, weight float8, errors int, clicks int) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX ON survey (day, place);
CREATE TABLE event (id bigint PRIMARY KEY, actor bigint NOT NULL, at timestamptz NOT NULL, event text NOT NULL) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX ON event (actor);
CREATE TABLE customer (actor bigint PRIMARY KEY, j event_journey) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX ON customer USING gin (j);
SELECT live_rollup('survey', 'daily', '{day,place}', 'nps(recommend)', 'likert(csat, 1, 5)', 'rate(done, weight)', 'choices(reason) AS reasons', 'count(*) AS answers') \gset
SELECT live_rollup('survey', 'slow', '{day,place}', 'timing(seconds, done)', 'sample(clicks) AS clicks', 'task(done, seconds, errors, clicks) AS task') \gset
INSERT INTO survey %s;
%s;
CREATE VIEW daily_truth AS SELECT day, place, nps(recommend), likert(csat, 1, 5), rate(done, weight), choices(reason) AS reasons, count(*) AS answers, count(*) AS row_count FROM survey GROUP BY day, place;
-- sums of whole numbers are exact in any order, squared deviations are not
CREATE VIEW slow_seen AS SELECT day, place, timing, task, row_count, n(clicks), round((mean(clicks) * n(clicks))::numeric, 6) AS sum, round(standard_deviation(clicks)::numeric, 9) AS deviation FROM slow;
CREATE VIEW slow_truth AS SELECT day, place, timing(seconds, done), task(done, seconds, errors, clicks), count(*) AS row_count, count(clicks) AS n, round(sum(clicks)::numeric, 6) AS sum, round(stddev_samp(clicks::float8)::numeric, 9) AS deviation FROM survey GROUP BY day, place;
CREATE VIEW customer_truth AS SELECT actor, journey(at, event) AS j FROM event GROUP BY actor;
CREATE MATERIALIZED VIEW by_day AS %s;
CREATE UNIQUE INDEX ON by_day (day, place);
CREATE MATERIALIZED VIEW by_segment AS %s;
CREATE UNIQUE INDEX ON by_segment (segment);
ANALYZE;
SQL
is($made, '', 'tables, live roll-ups, journeys and views') or BAIL_OUT('nothing to write to');

# What writes: how often, and the statement, made anew each time
my %write = (
	'ingest answers' => [ 8, sub { sprintf "INSERT INTO survey $survey", 1 + rand 200 } ],
	'ingest answers again' => [ 3, sub { my $from = rand 1; "INSERT INTO survey SELECT s.* FROM survey AS s WHERE id BETWEEN (SELECT min(id) + $from * (max(id) - min(id)) FROM survey)::bigint AND (SELECT min(id) + $from * (max(id) - min(id)) + 50 FROM survey)::bigint ORDER BY id ON CONFLICT (id) DO NOTHING" } ],
	'upsert answers' => [ 3, sub { my $from = rand 1; "INSERT INTO survey SELECT id, day, place, (recommend + 1) % 11, csat, NOT done, reason, seconds + 1, weight, errors, clicks FROM survey WHERE id BETWEEN (SELECT min(id) + $from * (max(id) - min(id)) FROM survey)::bigint AND (SELECT min(id) + $from * (max(id) - min(id)) + 20 FROM survey)::bigint ORDER BY id ON CONFLICT (id) DO UPDATE SET recommend = EXCLUDED.recommend, done = EXCLUDED.done, seconds = EXCLUDED.seconds" } ],
	'correct answers' => [ 6, sub { my $from = rand 1; my $day = int rand 15; "UPDATE survey SET recommend = (recommend + 3) % 11, csat = 1 + csat % 5, day = date '2026-03-20' - $day WHERE id IN (SELECT id FROM survey WHERE id BETWEEN (SELECT min(id) + $from * (max(id) - min(id)) FROM survey)::bigint AND (SELECT min(id) + $from * (max(id) - min(id)) + 10 FROM survey)::bigint ORDER BY id FOR UPDATE)" } ],
	'purge answers' => [ 2, sub { "DELETE FROM survey WHERE id IN (SELECT id FROM survey ORDER BY id LIMIT greatest(0, (SELECT count(*) FROM survey) - $largest_survey + 1000) FOR UPDATE)" } ],
	'ingest events' => [ 8, sub { sprintf $merge, sprintf $into_event, sprintf $event, 1 + rand 200 } ],
	'ingest events again' => [ 3, sub { my $from = rand 1; sprintf $merge, sprintf $into_event, "SELECT * FROM event WHERE id BETWEEN (SELECT max(id) - 100 * $from FROM event)::bigint AND (SELECT max(id) FROM event)" } ],
	'purge customers' => [ 3, \&purge_customers ],
	'refresh' => [ 1, sub { 'REFRESH MATERIALIZED VIEW ' . (qw(by_day by_segment))[ rand 2 ] } ],
	'refresh concurrently' => [ 2, sub { 'REFRESH MATERIALIZED VIEW CONCURRENTLY ' . (qw(by_day by_segment))[ rand 2 ] } ],
	'roll-up that passes' => [ 0.4, sub { "BEGIN; SELECT live_rollup('survey', 'passing', '{place}', 'nps(recommend)', 'timing(seconds)'); " . sprintf("INSERT INTO survey $survey", 5) . "; SELECT drop_live_rollup('passing', true); COMMIT" } ],
	'recompute' => [ 0.5, sub { "SELECT recompute_live_rollup('" . (qw(daily slow))[ rand 2 ] . "')" } ],
);

# What asks: a condition that has to be true, of both sides in one snapshot
my $steps = q('a > b > c within 10 days', '2026-04-30');
my $rows = 'actor, at, event';
my %ask = (
	nps => q(SELECT row(promoters, passives, detractors, n) = row(count(*) FILTER (WHERE recommend >= 9), count(*) FILTER (WHERE recommend BETWEEN 7 AND 8), count(*) FILTER (WHERE recommend <= 6), count(recommend)) FROM report((SELECT nps(recommend) FROM survey)) AS r, survey GROUP BY promoters, passives, detractors, n),
	likert => q(SELECT abs(mean(x) - a) < 1e-9 AND n(x) = c AND abs(standard_deviation(x) - d) < 1e-9 FROM (SELECT likert(csat, 1, 5) AS x, avg(csat)::float8 AS a, count(csat) AS c, stddev_samp(csat)::float8 AS d FROM survey) AS s),
	rate => q(SELECT successes(x) = a AND failures(x) = b AND undecided(x) = c FROM (SELECT rate(done) AS x, count(*) FILTER (WHERE done) AS a, count(*) FILTER (WHERE NOT done) AS b, count(*) FILTER (WHERE done IS NULL) AS c FROM survey) AS s),
	choices => q(SELECT count(*) = 0 FROM (SELECT choice, answers FROM report((SELECT choices(reason) FROM survey)) AS r) AS a FULL JOIN (SELECT reason, count(*) FROM survey GROUP BY reason) AS b ON a.choice = b.reason WHERE a.answers IS DISTINCT FROM b.count),
	timing => q(SELECT finished(x) = a AND unfinished(x) = b AND minimum(y) = c AND maximum(y) = d AND abs(median(y) - e) <= 0.011 * e FROM (SELECT timing(seconds, done) FILTER (WHERE done IS NOT NULL) AS x, timing(seconds) AS y, count(*) FILTER (WHERE done) AS a, count(*) FILTER (WHERE NOT done) AS b, min(seconds) AS c, max(seconds) AS d, percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds) AS e FROM survey) AS s),
	items => q(SELECT bool_and(abs(r.mean - CASE item WHEN 1 THEN a WHEN 2 THEN b ELSE c END) < 1e-9) FROM (SELECT items(recommend, csat, clicks) AS x, avg(recommend) AS a, avg(csat) AS b, avg(clicks) AS c FROM survey) AS s, report(x) AS r),
	task => q(SELECT (SELECT task(done, seconds, errors, clicks) FROM survey) = (SELECT rollup(t) FROM (SELECT task(done, seconds, errors, clicks) AS t FROM survey GROUP BY place) AS s)),
	'task over runs' => q(SELECT (SELECT task(completed, seconds, 0, actions)::text FROM customer, runs(j, 'a > b > c within 1 day')) IS NOT DISTINCT FROM (SELECT task(completed, seconds, 0, actions)::text FROM customer_truth, runs(j, 'a > b > c within 1 day'))),
	funnel => qq(SELECT (SELECT funnel($rows, $steps)::text FROM event) = (SELECT funnel(j, $steps)::text FROM customer)),
	'funnel of text' => qq(SELECT (SELECT funnel('customer ' || $rows, $steps)::text FROM event) = (SELECT rollup(f)::text FROM (SELECT funnel($rows, $steps) AS f FROM event GROUP BY actor) AS s)),
	'funnel in SQL' => q(SELECT (SELECT array_agg(actors ORDER BY step) FROM report((SELECT funnel(actor, at, event, 'a > d') FROM event)) AS r) = (SELECT array[count(*), count(*) FILTER (WHERE d >= a)] FROM (SELECT min(at) FILTER (WHERE event = 'a') AS a, max(at) FILTER (WHERE event = 'd') AS d FROM event GROUP BY actor) AS s WHERE a IS NOT NULL)),
	retention => q(SELECT (SELECT retention(actor, at, 'day')::text FROM event) = (SELECT retention(j, 'day')::text FROM customer)),
	'retention of events' => q(SELECT (SELECT retention(actor::text, at, event, 'a', '*', 'week', 'Europe/Rome')::text FROM event) = (SELECT retention(j, 'a', '*', 'week', 'Europe/Rome')::text FROM customer)),
	'retention in SQL' => q(SELECT (SELECT sum(cohort_size) FROM report((SELECT retention(actor, at, 'day') FROM event)) AS r WHERE period = 0) = (SELECT count(DISTINCT actor) FROM event)),
	flows => q(SELECT (SELECT flows(j, 'a', 3)::text FROM customer) = (SELECT flows(j, 'a', 3)::text FROM customer_truth)),
	'found by index' => q(SELECT (SELECT count(*) FROM customer WHERE j @> 'd > e > f') = (SELECT count(*) FILTER (WHERE matches(j, 'd > e > f')) FROM customer_truth)),
	'report of a roll-up' => q(SELECT (SELECT r::text FROM report((SELECT rollup(nps) FROM daily)) AS r) = (SELECT r::text FROM report((SELECT nps(recommend) FROM survey)) AS r)),
	compare => q(SELECT (SELECT c::text FROM compare((SELECT rollup(rate) FROM daily WHERE place = 'p1'), (SELECT rollup(rate) FROM daily WHERE place = 'p2')) AS c) = (SELECT c::text FROM compare((SELECT rate(done, weight) FROM survey WHERE place = 'p1'), (SELECT rate(done, weight) FROM survey WHERE place = 'p2')) AS c)),
	'svg and chart' => q(SELECT svg((SELECT rollup(likert) FROM daily)) = svg((SELECT likert(csat, 1, 5) FROM survey)) AND chart((SELECT rollup(reasons) FROM daily)) = chart((SELECT choices(reason) FROM survey))),
	'svg of a funnel' => qq(SELECT svg((SELECT funnel($rows, $steps) FROM event)) = svg((SELECT funnel(j, $steps) FROM customer))),
	'moving window' => q(SELECT bool_and(w IS NOT DISTINCT FROM (SELECT rollup(nps) FROM daily WHERE day BETWEEN s.day - 6 AND s.day)) FROM (SELECT day, rollup(rollup(nps)) OVER (ORDER BY day RANGE '6 days' PRECEDING) AS w FROM daily GROUP BY day) AS s),
	'views' => q(SELECT (SELECT sum(n(nps)) = n(rollup(nps)) AND count(DISTINCT (day, place)) = count(*) FROM by_day) AND (SELECT n(rollup(funnel)) + open(rollup(funnel)) > 0 AND count(*) = 3 FROM by_segment)),
	sessions => q(SELECT (SELECT sum(s.events) FROM customer, sessions(j, '30 minutes') AS s) = (SELECT count(*) FROM event)),
);

# What is wrong, with what it has to be told
my %provoke = (
	'off the scale' => [ '22003', "INSERT INTO survey (id, day, place, recommend) VALUES (nextval('survey_id'), '2026-03-20', 'p1', 11)" ],
	'weight' => [ '22003', "INSERT INTO survey (id, day, place, done, weight) VALUES (nextval('survey_id'), '2026-03-20', 'p1', true, -1)" ],
	'pattern' => [ '22P02', "SELECT funnel($rows, 'a > > b') FROM event" ],
	'text form' => [ '22003', q(SELECT '{"events": ["a"], "codes": [0, 9]}'::event_journey) ],
	'funnel that fails when counted' => [ '22012', "SELECT 1 / (n(funnel($rows, $steps)) * 0) FROM event" ],
	'funnel that fails as it collects' => [ '22012', "SELECT funnel($rows, $steps), sum(1 / (id - last)) FROM (SELECT *, (SELECT max(id) FROM event) AS last FROM event ORDER BY id) AS s" ],
	'time' => [ '22008', "SELECT retention(actor, CASE WHEN id % 5000 = 0 THEN 'infinity' ELSE at END, 'day') FROM event" ],
	'temporary files' => [ '53400', "SET work_mem = '64kB'; SET temp_file_limit = '64kB'; SELECT funnel(actor::text, at, event, 'a >> *') FROM event, generate_series(1, 3)" ],
	'late error' => [ '22012', "BEGIN; UPDATE survey SET recommend = 0 WHERE id = (SELECT max(id) FROM survey); SELECT 1 / 0; COMMIT" ],
);

# The server keeps some of each temporary table of a refresh, and of each table that is made and dropped,
# in its own caches until a session ends: the one that lasts has none, and what they keep is compared with
# the same of plain tables, in bytes for each.
my %leaves_traces = map { $_ => 1 } 'refresh concurrently', 'roll-up that passes';
my $same_traces = 1000;
my %trace = (
	refresh => [ 'REFRESH MATERIALIZED VIEW CONCURRENTLY by_place', 'REFRESH MATERIALIZED VIEW CONCURRENTLY plain_by_place' ],
	'roll-up' => [ "BEGIN; SELECT live_rollup('few', 'passing', '{place}', 'nps(recommend)'); INSERT INTO few VALUES ('p1', 1); SELECT drop_live_rollup('passing', true); ROLLBACK",
		'BEGIN; CREATE TABLE passing (place text UNIQUE, nps bigint, row_count bigint); INSERT INTO few VALUES (\'p1\', 1); INSERT INTO passing VALUES (\'p1\', 1, 1); DROP TABLE passing; ROLLBACK' ],
);

sub pick
{
	my $kinds = shift;
	my $at = rand sum map { $_->[0] } values %$kinds;
	for my $name (sort keys %$kinds)
	{
		return $name if ($at -= $kinds->{$name}[0]) < 0;
	}
	return (sort keys %$kinds)[0];
}

# Customers are forgotten with all their events: their journeys are locked first, so that none who
# merges an event meanwhile loses it.
sub purge_customers
{
	my $session = shift;
	my $part = int rand 50;
	my $output = $session->run("BEGIN; SELECT actor FROM customer WHERE actor % 50 = $part AND (SELECT count(*) FROM event) > $largest_event ORDER BY actor FOR UPDATE");
	my $list = join ', ', $output =~ /^(\d+)$/mg;
	return $output =~ /ERROR|lost/ || !$list ? 'COMMIT' : "DELETE FROM event WHERE actor IN ($list); DELETE FROM customer WHERE actor IN ($list); COMMIT";
}

# In which mappings the memory of a server process is
sub mapped
{
	my $backend = shift;
	my ($name, %bytes) = ('');
	open my $in, '<', "/proc/$backend/smaps" or return '';
	while (my $line = readline $in)
	{
		$name = $1 =~ s/.*\///r || 'unnamed' if $line =~ /^[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \S+\s*(.*)$/;
		$bytes{$name} += $1 if $line =~ /^Anonymous:\s+(\d+)/;
	}
	return join ' ', map { "$_=$bytes{$_}kB" } grep { $bytes{$_} > 100 } sort { $bytes{$b} <=> $bytes{$a} } keys %bytes;
}

# One client: what it did goes to a file, a line for each
sub start_client
{
	my ($number, $what, $lasts) = @_;
	my $client = { number => $number, what => $what, lasts => $lasts, file => "$ENV{CXUX_TMP}/soak.$number" };
	$client->{pid} = fork // die $!;
	return $client if $client->{pid};
	srand $seed + $number;
	open my $out, '>', $client->{file} or die $!;
	$out->autoflush(1);
	my ($session, %prepared, @left, $measured);
	while (!-e $stop && getppid() == $parent)
	{
		if (!$session || $session->lost)
		{
			$session->close if $session;
			$session = Session->new(name => $lasts ? 'soak_lasts' : 'soak_ends');
			# Buffers of temporary tables, as a refresh makes, are used one after another, up to all.
			$session->run(q(SET temp_buffers = '800kB'));
			# Compiled code stays in the process, in some minor releases all of it: those that end have it.
			$session->run($lasts ? 'SET jit = off' : 'SET min_parallel_table_scan_size = 0; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0');
			%prepared = ();
		}
		my ($kind, $name, $statement, $expected) = ('write', '', '');
		if (rand() < 0.06)
		{
			$kind = 'provoke';
			$name = (sort keys %provoke)[ rand keys %provoke ];
			($expected, $statement) = @{ $provoke{$name} };
		}
		elsif ($what eq 'write')
		{
			$name = pick(\%write) until $name && !($lasts && $leaves_traces{$name});
			$statement = $write{$name}[1]->($session);
		}
		else
		{
			$kind = 'ask';
			# Each once before any again
			@left = shuffle sort keys %ask if !@left;
			$name = shift @left;
			$statement = $ask{$name};
			if ($lasts)
			{
				(my $plan = "ask_$name") =~ s/\W/_/g;
				$statement = $prepared{$plan} ? "EXECUTE $plan" : "PREPARE $plan AS $statement; EXECUTE $plan";
				$prepared{$plan} = 1;
			}
		}
		# Little memory means temporary files.
		my $memory = rand() < 0.5 ? q(SET work_mem = '64kB'; SET hash_mem_multiplier = 1) : q(SET work_mem = '64MB'; SET hash_mem_multiplier = 2);
		$session->run("$memory; SET enable_sort = " . (rand() < 0.5 ? 'on' : 'off')) if $kind ne 'write';
		my $begun = time;
		my $output = $session->run($statement);
		my $milliseconds = 1000 * (time - $begun);
		my ($state) = $output =~ /^(?:ERROR|FATAL|PANIC):  (\w{5})$/m;
		my $result = $state // ($session->lost ? 'lost' : 'right');
		$result = 'wrong' if $result eq 'right' && ($expected || $kind eq 'ask' && $output !~ /^t$/m);
		$result = 'expected' if $expected && $result eq $expected;
		# Of a statement that was cancelled nobody knows whether it was prepared.
		if ($result !~ /^(?:right|expected)$/)
		{
			$session->run('ROLLBACK; DEALLOCATE ALL');
			%prepared = ();
		}
		$session->run('ROLLBACK; RESET temp_file_limit') if $kind eq 'provoke';
		printf $out "done\t%s\t%s\t%s\t%.3f\n", $kind, $name, $result, $milliseconds;
		print $out "wrong\t$name\t", $output =~ s/\s+/ /gr, "\n" if $result eq 'wrong' || $result =~ /^XX/;
		# The same is asked before each measurement, as what was asked last is what is resident.
		if ($lasts && !$session->lost && time > ($measured // 0) + 5)
		{
			$session->run('RESET work_mem; RESET hash_mem_multiplier');
			my ($total, $used) = $session->run('SELECT 1 FROM customer LIMIT 1; SELECT sum(total_bytes), sum(used_bytes) FROM pg_backend_memory_contexts') =~ /^(\d+)\|(\d+)$/m;
			if (defined $used)
			{
				printf $out "memory\t%.1f\t%d\t%d\t%d\n", time - $started, resident($session->{backend}), $total, $used;
				$measured = time;
				if (int(rand 12) == 0)
				{
					print $out "contexts\t", mapped($session->{backend}), '; ', $session->run(q(SELECT string_agg(name || '=' || bytes || '/' || contexts, ' ' ORDER BY bytes DESC) FROM (SELECT name, sum(total_bytes) AS bytes, count(*) AS contexts FROM pg_backend_memory_contexts GROUP BY name) AS s)) =~ s/\s*\n.*//sr, "\n";
				}
			}
		}
	}
	$session->close;
	POSIX::_exit(0);
}

# What differs from what the rows give; *= compares what is stored, not what it means.
my %check = map {
	my ($table, $truth, @key) = @$_;
	my $same = join ' AND ', map { "a.$_ = b.$_" } @key;
	$table => "SELECT 'check', '$table', (SELECT count(*) FROM $table AS a WHERE NOT EXISTS (SELECT FROM $truth AS b WHERE $same AND b *= a)) + (SELECT count(*) FROM $truth AS b WHERE NOT EXISTS (SELECT FROM $table AS a WHERE $same AND b *= a)), (SELECT count(*) FROM $table)";
} [ 'daily', 'daily_truth', 'day', 'place' ], [ 'slow_seen', 'slow_truth', 'day', 'place' ], [ 'customer', 'customer_truth', 'actor' ],
	[ 'by_day', "($by_day)", 'day', 'place' ], [ 'by_segment', "($by_segment)", 'segment' ];
my $snapshot = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ' . join('; ', @check{qw(daily slow_seen customer)}) . '; COMMIT';
# Views are as the rows once refreshed while nobody writes; one worker adds doubles in one order.
my $locked = 'BEGIN; LOCK TABLE survey, event, customer IN SHARE MODE; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL enable_hashagg = off; REFRESH MATERIALIZED VIEW CONCURRENTLY by_day; REFRESH MATERIALIZED VIEW by_segment; ' . join('; ', map { $check{$_} } sort keys %check) . '; COMMIT';
my $sizes = q(SELECT 'size', relname, pg_table_size(oid), pg_indexes_size(oid), (SELECT n_live_tup || '|' || n_dead_tup FROM pg_stat_all_tables AS t WHERE t.relid = c.oid) FROM pg_class AS c WHERE relname IN ('survey', 'event', 'customer', 'daily', 'slow', 'by_day', 'by_segment') AND relkind IN ('r', 'm') ORDER BY relname);
my $left_files = q(SELECT count(*) FROM pg_ls_tmpdir() WHERE substring(name FROM '^pgsql_tmp([0-9]+)')::int NOT IN (SELECT pid FROM pg_stat_activity));

# How many processes wanted a processor of late, over one, five and fifteen minutes
sub load
{
	return -e '/proc/loadavg' ? join(' ', (split ' ', slurp('/proc/loadavg'))[0 .. 2]) : '';
}

my $load = load();
my $from = psql('SELECT pg_current_wal_lsn()');
$started = time;
my @clients = (start_client(1, 'write', 1), start_client(2, 'ask', 1), start_client(3, 'write', 0), start_client(4, 'ask', 0));
my $checker = Session->new(name => 'checker');
my (%checked, %unlike, %size, $cancels, $ends, @problems);
$cancels = $ends = 0;
my %next = (snapshot => 1, locked => 3, cancel => 1, end => 2, tell => 60);
my %every = (snapshot => max(2, $seconds / 180), locked => max(4, $seconds / 30), cancel => 1.5, end => 12, tell => 60);

sub check
{
	my ($kind, $statements) = @_;
	my $output = $checker->run($statements);
	my $compared = 0;
	for ($output =~ /^check\|(.*)$/mg)
	{
		my ($table, $different, $lines) = split /\|/;
		$checked{"$kind $table"}[0]++;
		$checked{"$kind $table"}[1] += $lines;
		$compared++;
		push @problems, sprintf '%.0f s: %s, %s: %d of %d are unlike their rows', time - $started, $kind, $table, $different, $lines if $different;
	}
	push @problems, "$kind: $output" if $compared < 3 || $output =~ /ERROR|FATAL/;
	$checker->run('ROLLBACK') if $output =~ /ERROR/;
}

sub measure_sizes
{
	my $when = shift;
	$size{$_->[0]}{$when} = [ @$_[1 .. 4] ] for map { [ split /\|/, $_ ] } $checker->run($sizes) =~ /^size\|(.*)$/mg;
}

while (time < $started + $seconds || (!$cancels || !$ends) && time < $started + $seconds + $patience)
{
	my $now = time - $started;
	for my $what (sort keys %next)
	{
		next if $now < $next{$what};
		$next{$what} = $now + $every{$what} * ($what =~ /cancel|end/ ? 0.3 + rand 1.4 : 1);
		if ($what eq 'cancel')
		{
			my $done = $checker->run(q(SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'soak%' AND state = 'active' ORDER BY random() LIMIT 1)) =~ /^t$/m;
			$done ? $cancels++ : ($next{$what} = 0);
		}
		elsif ($what eq 'end')
		{
			my $done = $checker->run(q(SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'soak_ends' ORDER BY random() LIMIT 1)) =~ /^t$/m;
			$done ? $ends++ : ($next{$what} = 0);
		}
		elsif ($what eq 'tell')
		{
			note(sprintf '%.0f s: %d problems', $now, scalar @problems);
		}
		else
		{
			check($what, $what eq 'locked' ? $locked : $snapshot);
		}
		measure_sizes('after a third') if $now > $seconds / 3 && !%size;
	}
	sleep 0.1;
}
write_file($stop);
waitpid $_->{pid}, 0 for @clients;
check('at the end', $locked);
measure_sizes('at the end');
my ($wal) = $checker->run("SELECT pg_current_wal_lsn() - '$from'") =~ /^(\d+)$/m;
my $took = time - $started;
$checker->close;

# What they did
my (%count, %spent, %state, @wrong, $queries);
my $failed = 0;
for my $client (@clients)
{
	open my $in, '<', $client->{file} or die $!;
	while (my $line = readline $in)
	{
		chomp $line;
		my ($what, @fields) = split /\t/, $line;
		if ($what eq 'done')
		{
			my ($kind, $name, $result, $milliseconds) = @fields;
			$count{$kind}{$name}{$result}++;
			$spent{$kind}{$name} += $milliseconds;
			$queries++;
			$state{$result}++ if $result !~ /^(right|expected|wrong)$/;
			# Those that last are cancelled, and the others terminated as well.
			$failed++, push @wrong, "$client->{what} $name: $result" if $result !~ /^(right|expected|wrong|57014|40P01)$/ && ($client->{lasts} || $result !~ /^(57P01|lost)$/);
		}
		push @wrong, "@fields" if $what eq 'wrong';
		push @{ $client->{memory} }, \@fields if $what eq 'memory';
		push @{ $client->{contexts} }, $fields[0] if $what eq 'contexts';
	}
}
sub median
{
	my @sorted = sort { $a <=> $b } @_;
	return @sorted ? $sorted[ @sorted / 2 ] : 0;
}

note(sprintf '%d clients for %.0f s: %d statements, %.1f MB of WAL; %d cancels, %d terminations; SOAK_SEED=%s', scalar @clients, $took, $queries, $wal / 1e6, $cancels, $ends, $seed);
note(sprintf '%-8s %-34s %8s %8s %10s  %s', '', 'kind', 'times', 'right', 'mean ms', 'others');
for my $kind (sort keys %count)
{
	for my $name (sort keys %{ $count{$kind} })
	{
		my %result = %{ $count{$kind}{$name} };
		my $times = sum values %result;
		my $right = ($result{right} // 0) + ($result{expected} // 0);
		delete @result{qw(right expected)};
		note(sprintf '%-8s %-34s %8d %8d %10.1f  %s', $kind, $name, $times, $right, $spent{$kind}{$name} / $times, join ' ', map { "$_:$result{$_}" } sort keys %result);
	}
}
note('errors: ' . (join(', ', map { "$_ $state{$_}" } sort keys %state) || 'none'));
note(sprintf '%-30s %8s %12s', 'compared with its rows', 'times', 'lines');
note(sprintf '%-30s %8d %12d', $_, @{ $checked{$_} }) for sort keys %checked;
note(sprintf '%-12s %28s %28s', 'kB', 'after a third', 'at the end');
note(sprintf '%-12s %28s %28s', '', ('table/indexes/live/dead') x 2);
for my $table (sort keys %size)
{
	note(sprintf '%-12s %28s %28s', $table, map { my $s = $size{$table}{$_}; $s ? sprintf('%d/%d/%d/%d', $s->[0] / 1024, $s->[1] / 1024, $s->[2] // 0, $s->[3] // 0) : '' } 'after a third', 'at the end');
}

# Asked and written: each kind, and each answer right
is(join("\n", @problems), '', 'what is stored is what the rows give, in every snapshot');
is(join("\n", @wrong), '', 'each answer is right, and each error one that was provoked, a cancel, a deadlock or a termination');
my $enough = $seconds >= $shortest_to_measure;
is(join(', ', grep { !$count{write}{$_}{right} } sort keys %write), '', 'all kinds were written') if $enough;
is(join(', ', grep { !$count{ask}{$_}{right} } sort keys %ask), '', 'all kinds were asked') if $enough;
is(join(', ', grep { !$count{provoke}{$_}{expected} } sort keys %provoke), '', 'all errors were provoked') if $enough;
cmp_ok($cancels, '>', 0, 'statements were cancelled');
cmp_ok($ends, '>', 0, 'and backends terminated');
is(psql($left_files), '0', 'no temporary file is left');
is(psql("SELECT recompute_live_rollup('daily') > 0; SELECT recompute_live_rollup('slow') > 0"), "t\nt", 'recomputed');
is(psql($check{daily}) =~ s/^check\|daily\|(\d+).*/$1/r, '0', 'as the same');

# What a session keeps of each
if ($enough)
{
	is(psql('CREATE TABLE few AS SELECT place, recommend FROM survey ORDER BY id LIMIT 200; CREATE MATERIALIZED VIEW by_place AS SELECT place, nps(recommend), likert(recommend, 0, 10) FROM few GROUP BY place; CREATE UNIQUE INDEX ON by_place (place); CREATE MATERIALIZED VIEW plain_by_place AS SELECT place, sum(recommend), avg(recommend) FROM few GROUP BY place; CREATE UNIQUE INDEX ON plain_by_place (place)'), '', 'tables to compare with');
	for my $name (sort keys %trace)
	{
		my @kept;
		for my $statement (@{ $trace{$name} })
		{
			my $session = Session->new;
			my @used;
			$session->run(q(SET temp_buffers = '800kB'; SET jit = off));
			for my $times (10, 100)
			{
				$session->run($statement) for 1 .. $times;
				push @used, $session->run('SELECT sum(used_bytes) FROM pg_backend_memory_contexts') =~ /^(\d+)$/m;
			}
			push @kept, ($used[1] - $used[0]) / 100;
			$session->close;
		}
		cmp_ok($kept[0], '<=', $kept[1] + $same_traces, sprintf '%s: a session keeps %.0f bytes of each, of plain tables %.0f', $name, @kept);
	}
}

# Memory of the sessions that last
for my $client (grep { $_->{lasts} } @clients)
{
	my @memory = @{ $client->{memory} // [] };
	cmp_ok(scalar(@memory), '>', 0, "memory of the one that lasts to $client->{what} was measured");
	next if !$enough;
	my $warm = $seconds / 10;
	my @thirds = map { my $third = $_; [ grep { my $t = $_->[0]; $t >= $warm + $third * ($seconds - $warm) / 3 && $t < $warm + ($third + 1) * ($seconds - $warm) / 3 } @memory ] } 0 .. 2;
	for my $what ([ 1, 'resident' ], [ 2, 'in contexts' ], [ 3, 'used in contexts' ])
	{
		my ($field, $name) = @$what;
		my @medians = map { median(map { $_->[$field] } @$_) } @thirds;
		note(sprintf '%s, %s: %s kB in the thirds after warming up, at most %d kB, of %d measurements', $client->{what}, $name, join(', ', map { sprintf '%.0f', $_ / 1024 } @medians), max(map { $_->[$field] } @memory) / 1024, scalar @memory);
		cmp_ok($medians[2] - $medians[0], '<=', $largest_growth, "$client->{what}, $name: does not grow") or diag(join "\n", @{ $client->{contexts} // [] }[ 0, -1 ]);
	}
	note("$client->{what}: " . substr($_, 0, 300)) for grep { defined } @{ $client->{contexts} // [] }[ 0, -1 ];
}
note("load at the start: $load; at the end: ", load()) if $load ne '';
done_testing;
