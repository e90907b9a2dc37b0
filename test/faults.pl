#!/usr/bin/perl
# Every allocation that cxux makes fails once, and every occasion to cancel is taken once: in every
# aggregate of the catalog over groups, in windows, in workers and in temporary files, in every
# function, in binary input, in what keeps a live roll-up. It must end in that error and no other, leave
# no file and no memory, and answer the same afterwards. By default only some of them fail, the first
# and some that are spread over the rest; CXUX_FAULTS=all ("make faults") takes all.
use strict;
use warnings;
use lib 'test';
use Psql;
use Test::More;

my $all = ($ENV{CXUX_FAULTS} // '') eq 'all';
my $every = 1000000;

plan skip_all => 'calls are counted on x86-64 only' unless `uname -m` =~ /^(x86_64|amd64)$/;

my $library = `bash test/faults/build.sh`;
chomp $library;
die "cxux.so was not linked\n" unless -e $library;

sub psql
{
	my ($script, @arguments) = @_;
	return Psql::psql($script, "-F ' ' -v ON_ERROR_STOP=1 -v library=$library", @arguments);
}

is(psql("SET client_min_messages = warning;\n\\i test/faults/inject.sql\n"), '', 'cxux with calls that can fail');
is(psql("\\i test/examples/every_aggregate.sql\n\\i test/faults/calls.sql\n\\i test/faults/live.sql\n"), '', 'what is called');
is(psql('SELECT count(*) FROM every_aggregate WHERE call IS NULL'), '0', 'every aggregate of the catalog is called');
is(psql("SELECT string_agg(signature, ', ') FROM callable_functions WHERE signature NOT IN (SELECT name FROM fault_calls WHERE kind IN ('functions', 'window functions'))"), '', 'and every function that SQL can call');

# What of the server cxux calls through the counter
open my $wrapped, '<', $library =~ s{[^/]*$}{wrapped}r or die $!;
my %wrapped = map { chomp; $_ => 1 } <$wrapped>;
cmp_ok(scalar(grep { $wrapped{$_} } qw(palloc palloc0 palloc_extended repalloc repalloc_huge MemoryContextAlloc MemoryContextAllocZero MemoryContextAllocHuge MemoryContextAllocExtended AllocSetContextCreateInternal pstrdup psprintf initStringInfo enlargeStringInfo tuplestore_putvalues LogicalTapeWrite)), '==', 16, 'allocations of every kind are counted');

# The memory of the session but the server's own caches, which grow as tables and indexes are made
my $memory = "SELECT sum(used_bytes) FROM pg_backend_memory_contexts WHERE name NOT IN ('CacheMemoryContext', 'LOCALLOCK hash', 'smgr relation table', 'Type information cache', 'Relcache by OID', 'PgStat Shared Ref Hash', 'index info', 'relation rules')";
my %failed;
# Allocations that there are to fail, some tenth less than counted on PostgreSQL 15: less of them means that calls are not made, or not counted
my %least = ('any window' => 18000, 'binary input' => 1300, functions => 30000, groups => 22000, index => 700, 'moving window' => 5000, 'pictures of rows' => 11500, 'window functions' => 9000);
for my $what (qw(allocation interrupt))
{
	my $most = $all ? $every : $what eq 'allocation' ? 4 : 2;
	my @lines = split /\n/, psql(<<"SQL");
SET client_min_messages = warning;
DROP TABLE IF EXISTS ran;
CREATE TABLE ran AS SELECT kind, name, f.* FROM fault_calls, faults_of(query, '$what', 1) AS f;
TRUNCATE ran;
$memory;
INSERT INTO ran SELECT kind, name, f.* FROM fault_calls, faults_of(query, '$what', $most) AS f;
$memory;
SELECT kind, count(*), sum(points), sum(tried), sum(failed), coalesce(string_agg(name || ': ' || wrong, E'\\\\n'), '') FROM ran GROUP BY kind ORDER BY kind;
SELECT 'aggregates', count(*), 0, 0, 0, '' FROM ran WHERE kind = 'groups' AND points > 0;
SQL
	my ($before, $after) = (shift @lines, shift @lines);
	cmp_ok($after - $before, '<', 256 * 1024, "$what: " . ($after - $before) . ' bytes more in use afterwards');
	for my $line (@lines)
	{
		my ($kind, $calls, $points, $tried, $failed, $wrong) = $line =~ /^(.*?) (\d+) (\d+) (\d+) (\d+) ?(.*)$/ or fail($line), next;
		if ($kind eq 'aggregates')
		{
			cmp_ok($calls, '>=', $what eq 'allocation' ? 106 : 50, "$what: $calls aggregates have some");
			next;
		}
		is($wrong =~ s/\\n/\n/gr, '', "$what, $kind: $calls calls, $failed of $points failed, and nothing else did");
		cmp_ok($failed, '>=', ($kind eq 'functions' ? 0.9 : 0.95) * $tried, "$what, $kind: those that were asked to") or diag($tried);
		cmp_ok($points, '>=', delete $least{$kind}, "$kind: $points allocations are counted") if $what eq 'allocation';
		$failed{$what} += $failed;
	}
}

is(join(', ', sort keys %least), '', 'of every kind there are calls');

# In temporary files, where one query has some twenty thousand: spread over all of it, two of them closer
for my $what (qw(allocation interrupt))
{
	my ($most, $whole) = $all ? (260, 2000) : (6, 12);
	my $output = psql(<<"SQL");
SET work_mem = '64kB';
SET hash_mem_multiplier = 1;
DROP TABLE IF EXISTS ran;
CREATE TABLE ran AS SELECT signature, f.* FROM spilling_calls, faults_of(query, '$what', CASE WHEN signature IN ('funnel(bigint,timestamp with time zone,text,step_pattern)', 'retention(text,timestamp with time zone,text,text,text,text)') THEN $whole ELSE $most END) AS f;
SELECT count(*), sum(points), sum(failed), coalesce(string_agg(signature || ': ' || wrong, E'\\n'), '') FROM ran;
SELECT count(*) FROM ran WHERE 'LogicalTapeWrite' = ANY (places) OR 'ProcessInterrupts' = ANY (places);
SQL
	my ($calls, $points, $failed, $wrong, $spilled) = $output =~ /^(\d+) (\d+) (\d+) (.*)\n(\d+)$/s or die $output;
	is($wrong, '', "$what, in temporary files: $calls calls, $failed of $points failed, and nothing else did");
	cmp_ok($failed, '>=', $calls * 6 * 0.95, 'of each');
	is($spilled, $calls, 'all of them wrote files');
	$failed{$what} += $failed;
}

# Transactions that end with the error, and workers: the statement itself, as clients send it
sub top_level
{
	my ($name, $settings, $queries, $points) = @_;
	my $script = "\\set ON_ERROR_STOP off\n\\set VERBOSITY sqlstate\nSET client_min_messages = warning;\n$settings\n";
	for my $query (@$queries)
	{
		my $md5 = "SELECT 'answer ' || md5(($query))";
		$script .= "\\echo query\n$md5;\n";
		$script .= "SET cxux_faults.$_->[0] = $_->[1];\n$md5;\nRESET cxux_faults.$_->[0];\nSELECT 'files ' || faults_files();\n$md5;\n" for @$points;
	}
	my ($truth, $errors) = (undef, 0);
	my @wrong;
	for my $line (split /\n/, psql($script))
	{
		if ($line eq 'query')
		{
			$truth = undef;
		}
		elsif ($line =~ /^answer (\w+)$/)
		{
			$truth //= $1;
			push @wrong, $line if $1 ne $truth;
		}
		elsif ($line =~ /ERROR:  (53200|57014)$/)
		{
			$errors++;
		}
		elsif ($line ne 'files 0')
		{
			push @wrong, $line;
		}
	}
	is(join("\n", @wrong[0 .. ($#wrong > 9 ? 9 : $#wrong)]), '', "$name: " . scalar(@$queries) . " queries, $errors errors that end a transaction, and nothing else");
	cmp_ok($errors, '>=', @$queries * @$points * 0.3, "$name: of " . @$queries * @$points);
	return $errors;
}
my @points = map { [ allocation => $_ ] } $all ? (1 .. 60, map { 60 + 7 * $_ } 1 .. 30) : (2, 5, 17);
push @points, map { [ interrupt => $_ ] } 1 .. ($all ? 4 : 1);
my $groups = psql(q{SELECT string_agg(query, E'\n') FROM fault_calls WHERE kind = 'groups'});
my @queries = split /\n/, $groups;
my $errors = top_level('at top level', '', \@queries, \@points);
my @tapes = split /\n/, psql(q{SELECT string_agg(query, E'\n') FROM spilling_calls});
@tapes = @tapes[grep { $_ % 8 == 0 } 0 .. $#tapes] unless $all;
$errors += top_level('at top level in temporary files', q(SET work_mem = '64kB'; SET hash_mem_multiplier = 1;), \@tapes, [ map { [ allocation => $_ ] } $all ? map { 1 + 167 * $_ } 0 .. 49 : (7, 4000, 9000) ]);
my $parallel = q(SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET parallel_leader_participation = off; SET max_parallel_workers_per_gather = 2;);
my @combined = split /\n/, psql(q{SELECT string_agg(one_value(format('SELECT 1 AS k, %s AS r FROM %I', call, source)), E'\n') FROM every_aggregate WHERE aggcombinefn <> 0 AND exact});
like(psql("$parallel EXPLAIN (COSTS OFF) $combined[0]"), qr/Partial Aggregate/, 'workers aggregate');
$errors += top_level('in workers', $parallel, \@combined, [ map { [ allocation => $_ ] } $all ? (1 .. 40, 50, 60, 80, 100, 120, 150, 200) : (1, 9) ]);
$failed{allocation} += $errors;
like(psql("\\set VERBOSITY verbose\n$parallel SET cxux_faults.allocation = 1; " . (grep { / task\(done\) / } @combined)[0], '-v ON_ERROR_STOP=0'), qr/out of memory.*parallel worker/s, 'also there');

# Out of memory for good, until the transaction has ended
$failed{allocation} += top_level('lasting', 'SET cxux_faults.lasting = on;', \@queries, [ map { [ allocation => $_ ] } $all ? (1 .. 40) : (1, 11) ]);

# Live roll-ups
for my $what (qw(allocation interrupt))
{
	my $most = $all ? $every : 12;
	my $output = psql(<<"SQL");
SET client_min_messages = warning;
DROP TABLE IF EXISTS ran;
CREATE TABLE ran AS SELECT name, f.* FROM live_statements, live_faults(statement, '$what', $most) AS f;
SELECT count(*), sum(points), sum(tried), sum(failed), coalesce(string_agg(name || ': ' || wrong, E'\\n'), '') FROM ran;
SELECT count(*) FROM pg_backend_memory_contexts WHERE name = 'live roll-up';
SQL
	my ($statements, $points, $tried, $failed, $wrong, $contexts) = $output =~ /^(\d+) (\d+) (\d+) (\d+) (.*)\n(\d+)$/s or die $output;
	is($wrong, '', "$what, live roll-ups: $statements statements, $failed of $points failed, and nothing else did");
	cmp_ok($failed, '>=', 0.9 * $tried, 'those that were asked to');
	cmp_ok($contexts, '<=', 12, "$contexts triggers are remembered, no more than there were");
	$failed{$what} += $failed;
}
# The first trigger of a session, in as many sessions
my $sessions = $all ? 60 : 12;
my $output = psql("\\set ON_ERROR_STOP off\n\\set VERBOSITY sqlstate\n" . join '', map { "\\c\nSET cxux_faults.allocation = $_;\nINSERT INTO answers (id, day, weight) VALUES (1000, 1, 1);\nSET cxux_faults.allocation = 0;\nINSERT INTO answers (id, day, weight) VALUES (1000, 1, 1);\nDELETE FROM answers WHERE id = 1000;\nSELECT live_state() ~ 'wrong';\nSELECT count(*) - count(DISTINCT name) FROM pg_backend_memory_contexts WHERE name ~ 'roll-ups\$';\n" } 1 .. $sessions);
is(join("\n", grep { !/^You are now/ } split /\n/, $output), join("\n", ("ERROR:  53200\nf\n0") x $sessions), "the first of a session fails at each of $sessions allocations, and has its tables once");

note("failed: $_ $failed{$_}") for sort keys %failed;
diag("allocations failed: $failed{allocation}, occasions to cancel taken: $failed{interrupt}");
cmp_ok($failed{allocation}, '>=', $all ? 150000 : 3000, "$failed{allocation} allocations failed");
cmp_ok($failed{interrupt}, '>=', $all ? 8000 : 600, "$failed{interrupt} occasions to cancel were taken");
is(psql("SELECT count(*) FROM pg_ls_tmpdir() WHERE substring(name FROM '^pgsql_tmp([0-9]+)')::int NOT IN (SELECT pid FROM pg_stat_activity)"), '0', 'no file is left');
done_testing;
