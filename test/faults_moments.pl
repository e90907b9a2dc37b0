#!/usr/bin/perl
# Statement timeouts and cancels at random moments, and limits of temporary files at random sizes, over
# what reads, stores and keeps summaries: no file stays, the session holds no more memory, a table has
# the whole right summaries or none, and the next query answers right. Goes on until so many have really
# been interrupted; "make faults" asks for a thousand of each. CXUX_FAULTS_SEED repeats a run.
use strict;
use warnings;
use lib 'test';
use Test::More;
use List::Util qw(max);
use Session;
use TempFiles;
use Time::HiRes qw(sleep time);

my $wanted = ($ENV{CXUX_FAULTS} // '') eq 'all' ? 1000 : 20;
my $seed = $ENV{CXUX_FAULTS_SEED} // 20261122;
srand $seed;
diag("seed $seed");

is(psql(<<'SQL'), '', 'events, journeys, answers');
SET client_min_messages = warning;
CREATE TABLE log AS SELECT (g * 7919 % 5003)::bigint AS actor, '2026-03-01 00:00+00'::timestamptz + (g * 104729::bigint % 100000) * interval '7 minutes' AS at, substr('abcd', (1 + g * 31 % 4)::int, 1) AS event, g % 3 AS part FROM generate_series(1, 60000) AS g;
CREATE TABLE journeys AS SELECT actor, part, journey(at, event) AS j FROM log GROUP BY actor, part;
CREATE TABLE answers AS SELECT g AS id, g % 40 AS day, g % 11 AS answer, 1 + g * 7 % 5 AS a, 1 + g * 11 % 5 AS b, 1 + g * 13 % 5 AS c, g % 997 / 10.0::float8 AS seconds, 'reason ' || g % 23 AS reason FROM generate_series(1, 60000) AS g;
CREATE TABLE cells AS SELECT day, id % 100 AS cell, nps(answer), items(a, b, c), choices(reason), timing(seconds), likert(a, 1, 5) FROM answers GROUP BY 1, 2;
CREATE TABLE source AS SELECT id, day, answer, reason, seconds FROM answers WHERE id <= 3000;
ALTER TABLE source ADD PRIMARY KEY (id);
SELECT live_rollup('source', 'daily', '{day}', 'nps(answer)', 'choices(reason)', 'timing(seconds)') IS NULL AS ignored \gset
CREATE TABLE stored (part bigint, f funnel_summary, r retention_summary);
CREATE VIEW truth AS SELECT day, nps(answer), choices(reason), timing(seconds), count(*) AS row_count FROM source GROUP BY day;
ANALYZE;
SQL

my $funnel = q{funnel(actor, at, event, 'a > b > !d > c within 30 days')};
my $retention = q{retention(actor, at, event, 'a', '*', 'week', 'Europe/Rome')};
# What reads, :where makes less of it; what writes, and what its table must be then: all of it or nothing.
my %reads = (
	'funnel' => "SELECT md5($funnel\::text) FROM log :where",
	'retention' => "SELECT md5($retention\::text) FROM log :where",
	'both of text' => "SELECT md5(concat(funnel('actor ' || actor, at, event, 'a > b & c'), retention('actor ' || actor, at, 'month'))) FROM log :where" =~ s/b & c/b/r,
	'building journeys' => q{SELECT md5(string_agg(j::text, '' ORDER BY actor)) FROM (SELECT actor, journey(at, event) AS j FROM log :where GROUP BY actor) AS s},
	'merging journeys' => q{SELECT md5(rollup(j)::text) FROM journeys :where},
	'funnel over journeys' => q{SELECT md5(funnel(j, 'a > b > !d > c within 30 days')::text || flows(j, 'a', 3)::text) FROM journeys :where},
	'runs of journeys' => q{SELECT md5(string_agg(r::text, '' ORDER BY r)) FROM journeys, runs(j, 'a > b > c') AS r :where},
	'rollups' => q{SELECT md5(concat(rollup(nps), rollup(likert), rollup(timing), rollup(choices))) FROM cells, generate_series(1, 10) AS i :where} =~ s/:where/:cells/r,
	'drivers' => q{SELECT md5(string_agg(d::text, '')) FROM (SELECT items(a, b, c) AS x FROM answers :where) AS s, drivers(x, 1) AS d} =~ s/:where/:answers/r,
	'choices' => q{SELECT md5(string_agg(r::text, '')) FROM (SELECT choices(ARRAY[reason, 'b ' || a]) AS x FROM answers :where) AS s, report(x) AS r} =~ s/:where/:answers/r,
	'pictures' => q{SELECT md5(string_agg(svg(timing) || svg(choices) || chart(likert), '' ORDER BY day, cell)) FROM cells :where} =~ s/:where/:cells/r,
);
my %less = (':where' => 'WHERE actor < 400', ':cells' => 'WHERE day = 0 AND cell < 20', ':answers' => 'WHERE id < 2000');
my $rows = "SELECT part, $funnel, $retention FROM log GROUP BY part";
my %writes = (
	'materialized view' => [ "CREATE MATERIALIZED VIEW kept AS $rows",
		q{SELECT CASE WHEN to_regclass('kept') IS NULL THEN 'nothing' ELSE (xpath('/row/m/text()', query_to_xml('SELECT md5(string_agg(k::text, '''' ORDER BY part)) AS m FROM kept AS k', true, true, '')))[1]::text END}, 'DROP MATERIALIZED VIEW IF EXISTS kept' ],
	'insert' => [ "INSERT INTO stored $rows", q{SELECT coalesce(md5(string_agg(s::text, '' ORDER BY part)), 'nothing') FROM stored AS s}, 'TRUNCATE stored' ],
);
my $live_check = q{SELECT CASE WHEN EXISTS ((TABLE daily EXCEPT TABLE truth) UNION ALL (TABLE truth EXCEPT TABLE daily)) THEN 'wrong' ELSE md5(string_agg(s::text, '' ORDER BY id)) END FROM source AS s};
my @live = ('UPDATE source SET answer = 10 - answer WHERE id % 3 > 0', "INSERT INTO source SELECT 100000 + id, day, answer, reason, seconds FROM source WHERE id <= 3000", 'DELETE FROM source WHERE id > 100000',
	'UPDATE source SET day = (day + 1) % 40, seconds = seconds + 1', q{SELECT recompute_live_rollup('daily') > 0});

my $session = Session->new(quiet => 1);
my $other = Session->new(quiet => 1);
$session->run(q{SET client_min_messages = warning; SET work_mem = '64kB'; SET hash_mem_multiplier = 1; SET max_parallel_workers_per_gather = 0; SET jit = off});

# What is right, how long it takes, and how large its files are
my (%truth, %less_truth, %time, %files);
sub measure
{
	my ($name, $statement, $undo) = @_;
	my @times;
	for (1 .. 3)
	{
		my $start = time;
		$session->run($statement);
		push @times, time - $start;
		$session->run($undo) if $undo;
	}
	$time{$name} = (sort { $a <=> $b } @times)[1];
	my $bytes = 'SELECT pg_stat_force_next_flush(); SELECT pg_sleep(0); SELECT temp_bytes FROM pg_stat_database WHERE datname = current_database()';
	my $before = (split /\n/, $session->run($bytes))[-1];
	$session->run($statement);
	$files{$name} = (split /\n/, $session->run($bytes))[-1] - $before;
	$session->run($undo) if $undo;
}
sub whole { return $_[0] =~ s/:(where|cells|answers)//gr }
sub part { return $_[0] =~ s/(:where|:cells|:answers)/$less{$1}/gr }
for my $name (sort keys %reads)
{
	$truth{$name} = $session->run(whole($reads{$name}));
	$less_truth{$name} = $session->run(part($reads{$name}));
	like("$truth{$name} $less_truth{$name}", qr/^\w{32} \w{32}$/, "$name answers");
	measure($name, whole($reads{$name}));
}
for my $name (sort keys %writes)
{
	my ($statement, $check, $undo) = @{ $writes{$name} };
	is($session->run($check), 'nothing', "$name: nothing there");
	$session->run($statement);
	$truth{$name} = $session->run($check);
	$session->run($undo);
	like($truth{$name}, qr/^\w{32}$/, "$name stores");
	measure($name, $statement, $undo);
}
for my $i (0 .. $#live)
{
	my $start = time;
	is($session->run($live[$i]) =~ s/^t$//r, '', "live: $live[$i]");
	$time{"live $i"} = time - $start;
	like($session->run($live_check), qr/^\w{32}$/, 'counts right');
}

sub memory
{
	return $session->run('SELECT sum(used_bytes) FROM pg_backend_memory_contexts');
}

# One statement that may be interrupted; returns what it said
my @latency;
sub attempt
{
	my ($how, $name, $statement) = @_;
	my $part = 0.02 + rand 0.93;
	my $output;
	if ($how eq 'timeout')
	{
		$session->run('SET statement_timeout = ' . max(1, int(1000 * $time{$name} * $part)));
		$output = $session->run($statement);
		$session->run('SET statement_timeout = 0');
	}
	elsif ($how eq 'cancel')
	{
		$session->begin($statement);
		sleep $time{$name} * $part;
		my $asked = time;
		$other->begin("SELECT pg_cancel_backend($session->{backend})");
		$output = $session->end;
		push @latency, time - $asked if $output =~ /57014/;
		$other->end;
		# one that came too late must not cancel what follows
		$session->run('SELECT pg_sleep(0)');
	}
	else
	{
		$session->run('SET temp_file_limit = ' . int($files{$name} / 1024 * $part));
		$output = $session->run($statement);
		$session->run('SET temp_file_limit = -1');
	}
	return $output;
}

my %error = (timeout => '57014', cancel => '57014', 'limit of files' => '53400');
for my $how (sort keys %error)
{
	my @names = (sort keys %reads, sort keys %writes);
	# those that need files, if it is about them; the others as often as they take long enough to be met
	@names = $how eq 'limit of files' ? grep { $files{$_} > 200000 } @names : (@names, map { "live $_" } 0 .. $#live);
	my ($tries, $interrupted, $kept, @wrong, %count, @memory) = (0, 0, 0);
	while ($interrupted < $wanted && $tries < 3 * $wanted + 50 && @wrong < 10)
	{
		my $name = $names[int rand @names];
		my $statement = $name =~ /^live (\d)/ ? $live[$1] : $writes{$name} ? $writes{$name}[0] : whole($reads{$name});
		my $before = $name =~ /^live/ && $session->run($live_check);
		my $output = attempt($how, $name, $statement);
		$tries++;
		my $was = $output =~ /^ERROR:  $error{$how}$/m;
		if ($was)
		{
			$interrupted++;
			$count{$name}++;
		}
		elsif ($reads{$name} ? $output ne $truth{$name} : $output !~ /^t?$/)
		{
			push @wrong, "$name: $output";
		}
		my $files = $session->run("SELECT count(*) FROM pg_ls_tmpdir() WHERE name LIKE 'pgsql_tmp$session->{backend}.%'");
		push @wrong, "$name: files left: $files" if $files ne '0';
		if ($writes{$name})
		{
			my $found = $session->run($writes{$name}[1]);
			push @wrong, "$name: stored: $found" if $found ne ($was ? 'nothing' : $truth{$name});
			$kept++ unless $was;
			$session->run($writes{$name}[2]);
		}
		elsif ($before)
		{
			my $found = $session->run($live_check);
			push @wrong, "$name: $found, was $before" if $found eq 'wrong' || ($was && $found ne $before);
			$session->run('DELETE FROM source WHERE id > 100000') if $name eq 'live 1';
		}
		# the next query
		my $next = $reads{$name} ? $name : (sort keys %reads)[int rand keys %reads];
		my $answer = $tries % 20 ? $session->run(part($reads{$next})) : $session->run(whole($reads{$next}));
		push @wrong, "$next after $name: $answer" if $answer ne ($tries % 20 ? $less_truth{$next} : $truth{$next});
		push @memory, memory() if $tries % max(10, $wanted / 10) == 0;
	}
	is(join("\n", @wrong), '', "$how: nothing went wrong in $tries");
	cmp_ok($interrupted, '>=', $wanted, "$how: $interrupted of $tries were really interrupted");
	# each ten percent of the way; what the first of them left is what caches hold
	my $growth = @memory > 1 ? $memory[-1] - $memory[1] : 0;
	cmp_ok($growth, '<', 256 * 1024, "$how: memory of the session does not grow ($growth bytes after the first tenths)") or diag("@memory");
	diag("$how: $interrupted of $tries interrupted, memory grew by $growth bytes: " . join(', ', map { "$_ $count{$_}" } sort keys %count));
	cmp_ok(scalar(keys %count), '>=', $wanted < 1000 ? 3 : @names - 2, "$how: of " . keys(%count) . ' kinds');
}
@latency = sort { $a <=> $b } @latency;
diag(sprintf 'a cancel was obeyed after %.0f ms (median), %.0f ms (the latest of %d)', 1000 * $latency[$#latency / 2], 1000 * $latency[-1], scalar @latency);
is(files_left(), '0', 'no file is left');
done_testing;
