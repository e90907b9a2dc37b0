#!/usr/bin/perl
# Funnels that do not fit the memory go to temporary files, count the same, and leave no file behind.
use strict;
use warnings;
use lib 'test';
use Test::More;
use TempFiles;

psql(<<'SQL');
CREATE TABLE log AS SELECT (g * 7919 % 20011)::bigint AS actor, '2026-03-01 00:00+00'::timestamptz + (g * 104729::bigint % 100000) * interval '1 second' AS at, substr('abcd', (1 + g * 31 % 4)::int, 1) AS event, g % 3 AS part FROM generate_series(1, 200000) AS g;
ANALYZE log;
SQL
my $steps = q('a > b > !d > c within 12 hours');
my $small = q(SET work_mem = '64kB'; SET hash_mem_multiplier = 1;);
my $large = q(SET work_mem = '1GB';);
my %actor = (bigint => 'actor', uuid => 'md5(actor::text)::uuid', text => "'number ' || actor");

for my $kind (sort keys %actor)
{
	for my $case ([ 'one group', "SELECT funnel($actor{$kind}, at, event, $steps)::text FROM log" ],
		[ 'three groups', "SELECT part, funnel($actor{$kind}, at, event, $steps, '2026-03-02')::text FROM log GROUP BY part ORDER BY part" ],
		[ 'grouping sets', "SELECT part, funnel($actor{$kind}, at, event, $steps, '2026-03-02')::text FROM log GROUP BY GROUPING SETS ((), (part)) ORDER BY part" ])
	{
		my ($name, $query) = @$case;
		my ($truth, $none) = run_query($large, $query);
		like($truth, qr/reached/, "$kind, $name: counts");
		is($none, 0, "$kind, $name: no file where there is memory");
		my ($output, $bytes) = run_query("$small SET enable_sort = off;", $query);
		ok($output eq $truth, "$kind, $name: the same in little memory");
		cmp_ok($bytes, '>', 2000000, "$kind, $name: which needs files");
	}
}
is(psql("$small SELECT count(*), sum(n(x)) FROM (SELECT actor, funnel(actor, at, event, $steps) AS x FROM log GROUP BY actor) AS s"), psql("$large SELECT count(*), sum(n(x)) FROM (SELECT actor, funnel(actor, at, event, $steps) AS x FROM log GROUP BY actor) AS s"), 'many small groups');
is(psql("$small SELECT funnel(1, at, event, 'a > b > c >> d')::text FROM log"), psql("$large SELECT funnel(1, at, event, 'a > b > c >> d')::text FROM log"), 'one actor who does not fit');
is(psql("$small SELECT (SELECT funnel(actor, at, event, $steps)::text FROM log WHERE log.part = p) FROM generate_series(0, 2) AS p ORDER BY p"), psql("$large SELECT funnel(actor, at, event, $steps)::text FROM log GROUP BY part ORDER BY part"), 'a node that runs again');
is(psql("$small BEGIN; DECLARE c CURSOR FOR SELECT part, n(funnel(actor, at, event, $steps)) FROM log GROUP BY part ORDER BY part; FETCH 1 FROM c; SAVEPOINT s; SELECT 1/0; ROLLBACK TO s; FETCH 2 FROM c; COMMIT") =~ s/ERROR.*\n//r, psql("SELECT part, n(funnel(actor, at, event, $steps)) FROM log GROUP BY part ORDER BY part"), 'a cursor goes on after an error of another query');
is(files_left(), '0', 'no file is left');

# Errors
like(psql("$small SELECT funnel($actor{$_}, at, event, $steps), sum(1 / (actor - 5)) FROM (SELECT * FROM log ORDER BY actor DESC) AS s"), qr/^ERROR:  22012$/, "an error while rows of $_ are collected") for sort keys %actor;
like(psql("$small SELECT 1 / (n(funnel(actor, at, event, $steps)) * 0) FROM log"), qr/^ERROR:  22012$/, 'an error after they are counted');
like(psql("$small SELECT funnel(actor, CASE WHEN actor = 20010 THEN 'infinity' ELSE at END, event, $steps) FROM (SELECT * FROM log ORDER BY actor) AS s"), qr/^ERROR:  22008$/, 'an error of the aggregate itself');
like(psql("$small SET statement_timeout = '700ms'; SELECT funnel(actor, at, event, $steps) FROM log, generate_series(1, 1000)"), qr/^ERROR:  57014$/, 'a query that takes too long');
like(psql("$small SET temp_file_limit = '256kB'; SELECT funnel(actor, at, event, $steps) FROM log"), qr/^ERROR:  53400$/, 'a limit of temporary files');
like(psql("$small \\set VERBOSITY default\n SET temp_file_limit = '256kB'; SELECT funnel(actor, at, event, $steps) FROM log"), qr/^ERROR:  temporary file size exceeds "?temp_file_limit"? \(256kB\)\nHINT:  Events that do not fit work_mem times hash_mem_multiplier go to temporary files\. Set a larger work_mem for this query\.$/, 'and what helps');
is(psql("$small BEGIN; SAVEPOINT s; SELECT 1 / (n(funnel(actor, at, event, $steps)) * 0) FROM log; ROLLBACK TO s; SELECT n(funnel(actor, at, event, $steps)) FROM log; COMMIT") =~ s/ERROR.*\n//r, psql("SELECT n(funnel(actor, at, event, $steps)) FROM log"), 'a transaction goes on after an error');
is(psql("$small DO \$\$ DECLARE x bigint; BEGIN FOR i IN 1 .. 5 LOOP BEGIN SELECT 1 / (n(funnel(actor, at, event, $steps)) * 0) INTO x FROM log; EXCEPTION WHEN division_by_zero THEN NULL; END; END LOOP; END \$\$; SELECT count(*) FROM pg_ls_tmpdir() WHERE name LIKE 'pgsql_tmp' || pg_backend_pid() || '.%'"), '0', 'errors that are caught leave no file while the session goes on');
is(files_left(), '0', 'no file is left after errors');
done_testing;
