#!/usr/bin/perl
# pg_cron refreshes a materialized view of summaries every minute: two runs are waited for. Between
# them answers come late, so that the first run rewrites nothing and the second one row.
use strict;
use warnings;
use lib 'test';
use Psql;
use Test::More;

# pg_cron's own tables are in the database that its setting names.
sub psql
{
	my ($statement, $database) = @_;
	return Psql::psql($statement, '-v ON_ERROR_STOP=1', '-d', $database // $ENV{PGDATABASE});
}

is(psql(<<'SQL'), '', 'a view of every summary type, refreshed by hand once');
\i test/examples/visits.sql
SELECT format('CREATE MATERIALIZED VIEW daily AS SELECT day, touchpoint, %s FROM visits GROUP BY day, touchpoint',
	string_agg(format('%s AS %I', expression, CASE expression WHEN 'nps(answer)' THEN 'recommendation' ELSE type || number END), ', '))
FROM (SELECT *, row_number() OVER (ORDER BY type, expression) AS number FROM builders WHERE exact) AS b \gexec
CREATE UNIQUE INDEX ON daily (day, touchpoint);
REFRESH MATERIALIZED VIEW CONCURRENTLY daily;
SQL
my $places = 'SELECT string_agg(concat(day, touchpoint, ctid), \' \' ORDER BY day, touchpoint) FROM daily';
my $before = psql($places);
is(psql('CREATE EXTENSION pg_cron', 'postgres'), '', 'pg_cron is there');
like(psql("SELECT cron.schedule_in_database('refresh', '* * * * *', 'REFRESH MATERIALIZED VIEW CONCURRENTLY daily', '$ENV{PGDATABASE}')", 'postgres'), qr/^\d+$/, 'a refresh every minute');

my $seconds = 150;
my $runs = 'SELECT count(*) FROM cron.job_run_details WHERE status IN (\'succeeded\', \'failed\')';
sub wait_for
{
	my $wanted = shift;
	my $now = 0;
	for (1 .. $seconds)
	{
		$now = psql($runs, 'postgres');
		last if $now >= $wanted;
		sleep 1;
	}
	cmp_ok($now, '>=', $wanted, "run $wanted came");
}

wait_for(1);
is(psql($places), $before, 'it rewrote no row');
my $expected = psql('SELECT nps(answer)::text FROM visits');
is(psql('SELECT rollup(recommendation)::text FROM daily'), $expected, 'the summaries are those of the rows');
psql('INSERT INTO visits SELECT id + 100000, actor + 100000, day, touchpoint, at, event, 10, 5, true, 1, seconds, true, clicks, orders, reason FROM visits WHERE actor = 7');
wait_for(2);
my $after = psql($places);
isnt($after, $before, 'late answers were taken in');
my %was = map { $_ => 1 } split / /, $before;
is(scalar(grep { !$was{$_} } split / /, $after), 1, 'in one row');
is(psql('SELECT rollup(recommendation)::text FROM daily'), psql('SELECT nps(answer)::text FROM visits'), 'and count');
is(psql("SELECT string_agg(DISTINCT status || ': ' || return_message, ', ') FROM cron.job_run_details", 'postgres'), 'succeeded: REFRESH MATERIALIZED VIEW', 'every run succeeded');
psql("SELECT cron.unschedule('refresh')", 'postgres');
done_testing;
