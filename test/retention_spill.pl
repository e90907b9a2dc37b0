#!/usr/bin/perl
# Retention that does not fit the memory goes to temporary files, counts the same, and leaves no file behind.
use strict;
use warnings;
use lib 'test';
use Test::More;
use TempFiles;

psql(<<'SQL');
CREATE TABLE log AS SELECT (g * 7919 % 20011)::bigint AS actor, '2026-03-01 00:00+00'::timestamptz + (g * 104729::bigint % 300) * interval '1 day' + g * interval '1 second' AS at, substr('abcd', (1 + g * 31 % 4)::int, 1) AS event, g % 3 AS part FROM generate_series(1, 200000) AS g;
ANALYZE log;
SQL
my $small = q(SET work_mem = '64kB'; SET hash_mem_multiplier = 1;);
my $large = q(SET work_mem = '1GB';);
my %actor = (bigint => 'actor', uuid => 'md5(actor::text)::uuid', text => "'number ' || actor");
my %form = (plain => "at, 'day'", events => "at, event, 'a', '*', 'day', 'Europe/Rome'");

for my $kind (sort keys %actor)
{
	for my $form (sort keys %form)
	{
		my $call = "md5(retention($actor{$kind}, $form{$form})::text)";
		for my $case ([ 'one group', "SELECT $call FROM log" ], [ 'three groups', "SELECT part, $call FROM log GROUP BY part ORDER BY part" ], [ 'grouping sets', "SELECT part, $call FROM log GROUP BY GROUPING SETS ((), (part)) ORDER BY part" ])
		{
			my ($name, $query) = @$case;
			my ($truth, $none) = run_query($large, $query);
			like($truth, qr/[0-9a-f]{32}/, "$kind, $form, $name: counts");
			is($none, 0, "$kind, $form, $name: no file where there is memory");
			my ($output, $bytes) = run_query("$small SET enable_sort = off;", $query);
			ok($output eq $truth, "$kind, $form, $name: the same in little memory") or diag("$output\n$truth");
			cmp_ok($bytes, '>', 2000000, "$kind, $form, $name: which needs files");
		}
	}
}
# Of many rows some wait for their place to come from memory; when others go to files, so do they.
for my $kind (sort keys %actor)
{
	my $query = "SELECT md5(retention($actor{$kind}, $form{plain})::text) FROM log";
	my ($truth) = run_query($large, $query);
	my ($output, $bytes) = run_query(q(SET work_mem = '1MB'; SET hash_mem_multiplier = 1;), $query);
	is($output, $truth, "$kind: rows that wait are written, too");
	cmp_ok($bytes, '>', 2000000, "$kind: to files");
}
my $call = "retention(actor, at, 'day')";
is(psql("$small SELECT md5(retention(1, at, event, 'a', 'b', 'day')::text) FROM log"), psql("$large SELECT md5(retention(1, at, event, 'a', 'b', 'day')::text) FROM log"), 'one actor, who fits whatever it does');
is(psql("$small SELECT (SELECT md5($call\::text) FROM log WHERE log.part = p) FROM generate_series(0, 2) AS p ORDER BY p"), psql("$large SELECT md5($call\::text) FROM log GROUP BY part ORDER BY part"), 'a node that runs again');
is(files_left(), '0', 'no file is left');

# Errors
like(psql("$small SELECT retention($actor{$_}, $form{events}), sum(1 / (actor - 5)) FROM (SELECT * FROM log ORDER BY actor DESC) AS s"), qr/^ERROR:  22012$/, "an error while rows of $_ are collected") for sort keys %actor;
like(psql("$small SELECT 1 / (n($call) * 0) FROM log"), qr/^ERROR:  22012$/, 'an error after they are counted');
like(psql("$small SELECT retention(actor, at + CASE WHEN actor = 20010 THEN 9 ELSE 0 END * interval '500 days', 'day') FROM (SELECT * FROM log ORDER BY actor) AS s"), qr/^ERROR:  54000$/, 'an error of the aggregate itself while it reads files');
like(psql("$small SET temp_file_limit = '256kB'; SELECT $call FROM log"), qr/^ERROR:  53400$/, 'a limit of temporary files');
is(psql("$small DO \$\$ DECLARE x bigint; BEGIN FOR i IN 1 .. 5 LOOP BEGIN SELECT 1 / (n($call) * 0) INTO x FROM log; EXCEPTION WHEN division_by_zero THEN NULL; END; END LOOP; END \$\$; SELECT count(*) FROM pg_ls_tmpdir() WHERE name LIKE 'pgsql_tmp' || pg_backend_pid() || '.%'"), '0', 'errors that are caught leave no file while the session goes on');
is(files_left(), '0', 'no file is left after errors');
done_testing;
