#!/usr/bin/perl
# dbt builds the project of demo/dbt three times: from a part of the rows, then with new, late and
# corrected ones on top, and all at once elsewhere. The second build writes what it must and no more,
# and holds what the third one does, byte for byte. A contract that is broken stops the build.
use strict;
use warnings;
use lib 'test';
use Psql;
use Test::More;

my $project = "$ENV{CXUX_TMP}/dbt";
system("cp -R demo/dbt $project") == 0 or die;

sub psql
{
	return Psql::psql(shift, '-v ON_ERROR_STOP=1');
}

sub dbt
{
	my ($schema, @arguments) = @_;
	local $ENV{DBT_SCHEMA} = $schema;
	my $output = `$ENV{CXUX_TOOLS_DIR}/dbt/bin/dbt --no-use-colors @arguments --project-dir $project --profiles-dir $project 2>&1`;
	return ($? >> 8, $output);
}

sub builds
{
	my ($what, @arguments) = @_;
	my ($status, $output) = dbt(@arguments);
	is($status, 0, $what) or diag $output;
	my ($passed, $warned, $failed) = $output =~ /PASS=(\d+) WARN=(\d+) ERROR=(\d+)/;
	ok(($passed // 0) >= 30 && $warned == 0 && $failed == 0, "$what: " . ($passed // 'no') . ' models and tests passed');
}

is(psql("\\i demo/company.sql\n\\i demo/dbt/landing.sql"), '', 'the company, and the tables that a loader fills');
# What comes later: November and December, one in fifty from before, and corrections.
is(psql(<<'SQL'), '', 'a part has come');
CREATE TABLE late_responses AS SELECT * FROM landing.responses WHERE answered_at >= '2025-11-01 00:00+00' OR response_id % 50 = 7 AND answered_at >= '2025-09-20 00:00+00';
DELETE FROM landing.responses WHERE response_id IN (SELECT response_id FROM late_responses);
CREATE TABLE late_events AS SELECT * FROM landing.events WHERE at >= '2025-12-20 00:00+00' OR customer_id % 30 = 1 AND at >= '2025-12-10 00:00+00';
DELETE FROM landing.events WHERE event_id IN (SELECT event_id FROM late_events);
SQL
builds('first build', 'analytics', 'build');
my %contents = map { $_ => "SELECT string_agg(t::text, E'\\n' ORDER BY t::text COLLATE \"C\") FROM (SELECT * FROM %s.$_) AS t" }
  qw(scores_daily activity_daily checkouts nps_by_month csat_by_month activity_by_week checkout_steps);
my $before = psql(sprintf $contents{scores_daily}, 'analytics');
my $places = 'SELECT count(*) FROM analytics.scores_daily AS t JOIN places AS p ON p.place = t.ctid AND p.day = t.day AND p.touchpoint = t.touchpoint';
psql('CREATE TABLE places AS SELECT ctid AS place, day, touchpoint FROM analytics.scores_daily');

is(psql(<<'SQL'), '', 'the rest comes, some of it late, some of it corrected');
UPDATE late_responses SET loaded_at = '2026-01-02 06:00+00';
UPDATE late_events SET loaded_at = '2026-01-02 06:00+00';
INSERT INTO landing.responses TABLE late_responses;
INSERT INTO landing.events TABLE late_events;
UPDATE landing.responses SET recommend = 10 - coalesce(recommend, 3), loaded_at = '2026-01-02 06:00+00' WHERE response_id % 1000 = 3 AND answered_at >= '2025-10-01 00:00+00' AND answered_at < '2025-10-11 00:00+00';
SQL
builds('second build', 'analytics', 'build');
isnt(psql(sprintf $contents{scores_daily}, 'analytics'), $before, 'it took them in');
cmp_ok(psql($places), '>', 1000, 'days that nothing came for stay where they are');
builds('all at once', 'at_once', 'build', '--full-refresh');
for my $model (sort keys %contents)
{
	my $found = psql(sprintf $contents{$model}, 'analytics');
	ok($found eq psql(sprintf $contents{$model}, 'at_once') && length $found > 100, "$model: two builds hold what one does") or diag substr $found, 0, 500;
}
builds('refreshed in full', 'analytics', 'build', '--full-refresh');
for my $model (sort keys %contents)
{
	ok(psql(sprintf $contents{$model}, 'analytics') eq psql(sprintf $contents{$model}, 'at_once'), "$model: a full refresh changes nothing");
}
is(psql(<<'SQL'), '', 'the columns of the marts are of built-in types, and all have comments');
SELECT table_name, column_name, data_type FROM information_schema.columns
WHERE table_schema = 'analytics' AND (data_type = 'USER-DEFINED' AND table_name NOT IN ('scores_daily', 'activity_daily', 'checkouts')
	OR col_description(format('analytics.%I', table_name)::regclass, ordinal_position) IS NULL)
SQL

# A contract that is not kept
system("sed -i 's/{name: nps, data_type: double precision/{name: nps, data_type: bigint/' $project/models/marts/marts.yml") == 0 or die;
my ($status, $output) = dbt('analytics', 'run --select nps_by_month');
ok($status != 0 && $output =~ /contract that failed/ && $output =~ /nps\b.*\bdata type mismatch/i, 'a mart of another type than its contract is refused') or diag $output;
system("cp demo/dbt/models/marts/marts.yml $project/models/marts/ && sed -i 's/data_type: likert_summary, description: .satisfaction/data_type: rate_summary, description: '\"'\"'satisfaction/' $project/models/summaries/summaries.yml") == 0 or die;
($status, $output) = dbt('analytics', 'run --select scores_daily');
ok($status != 0 && $output =~ /contract that failed/ && $output =~ /satisfaction/, 'so is a summary of another type') or diag $output;
done_testing;
