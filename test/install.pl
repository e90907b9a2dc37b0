#!/usr/bin/perl
# The extension in any schema, under any search_path, by a plain role, moved and dropped.
use strict;
use warnings;
use lib 'test';
use Psql;
use Test::More;

my $base = $ENV{PGDATABASE};

sub psql
{
	return Psql::psql(@_, '-v VERBOSITY=terse');
}

sub fresh
{
	my $name = "${base}_$_[0]";
	psql(qq{DROP DATABASE IF EXISTS "$name"});
	psql(qq{CREATE DATABASE "$name" TEMPLATE template0});
	return $name;
}

# Every verb, schema-qualified; what is there under its name must not be called instead.
my $hostile = <<'SQL';
CREATE SCHEMA hostile;
CREATE FUNCTION hostile.report(float8) RETURNS int LANGUAGE sql AS 'SELECT 1/0';
CREATE FUNCTION hostile.merge(bigint, bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 1/0';
CREATE FUNCTION hostile.int8eq(bigint, bigint) RETURNS boolean LANGUAGE sql AS 'SELECT 1/0 > 0';
CREATE FUNCTION hostile.jsonb_in(cstring) RETURNS jsonb LANGUAGE internal AS 'jsonb_in';
CREATE FUNCTION hostile.unnest(float8[]) RETURNS SETOF float8 LANGUAGE sql AS 'SELECT 1.0/0';
CREATE DOMAIN hostile.float8 AS int;
CREATE DOMAIN hostile.text AS int;
CREATE TYPE hostile.int8 AS ENUM ('trap');
CREATE TYPE hostile.nps_summary AS ENUM ('trap');
CREATE OPERATOR hostile.= (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = hostile.int8eq);
SQL

sub all_verbs
{
	my $s = shift;
	my ($n, $l, $r) = ("$s.nps_summary(50, 30, 20)", "$s.likert_summary(1, '{1,2,3,4,5}')", "$s.rate_summary(30, 40, 20)");
	my $t = "$s.timing_summary '{\"finished\": [1, 2, 4]}'";
	my @calls = map { my $x = $_; map {; "$s.$_" } "report($x)", "estimate($x)", "n($x)", "low($x)", "high($x)", "confidence_interval($x)", "compare($x, $x)", "benchmark($x, 1)",
		"minimum_base($x, 1)", "chart($x)", "svg($x)", "merge($x, $x)", "subtract($x, $x)", "effective_n($x)" } $n, $l, $r;
	push @calls, map {; "$s.$_($n)" } qw(score promoters passives detractors promoter_share passive_share detractor_share);
	push @calls, map {; "$s.$_($l)" } qw(mean standard_deviation median interpolated_median agreement_index consensus scale_low scale_high counts distribution csat);
	push @calls, map {; "$s.$_($l, 1)" } qw(top_box bottom_box csat net);
	push @calls, map {; "$s.$_($r)" } qw(share successes failures trials undecided);
	push @calls, map {; "$s.$_" } "report($t)", "estimate($t)", "n($t)", "low($t)", "high($t)", "confidence_interval($t)", "compare_ratio($t, $t)", "benchmark($t, 1)", "minimum_base($t, 1)", "chart($t)", "svg($t)", "merge($t, $t)",
		(map { "$_($t)" } qw(geometric_mean mean median minimum maximum finished unfinished survival_curve histogram)), "quantile($t, 0.9)", "survival($t, 3)", "rollup($t)", "timing(3)", "timing(3, true)", "timing('1 s'::pg_catalog.interval)", "timing('1 s'::pg_catalog.interval, false)", "timing('2026-01-01', NULL, '2026-01-02'::pg_catalog.timestamptz)";
	my $k = "$s.task_summary '{\"completed\": 3, \"abandoned\": 1, \"undecided\": 0}'";
	push @calls, map {; "$s.$_" } "report($k)", "estimate($k)", "n($k)", "effective_n($k)", "low($k)", "high($k)", "confidence_interval($k)", "compare($k, $k)", "minimum_base($k, 1)", "chart($k)", "svg($k)", "merge($k, $k)", "rollup($k)",
		(map { "$_($k)" } qw(undecided completion abandonment attempts_with_errors time_on_task time_to_abandonment errors_per_attempt actions_per_attempt goals_per_minute relative_efficiency)), "task(true)", "task(true, 3)", "task(true, 3, 1)", "task(true, 3, 1, 9)", "task(true, '3 s'::pg_catalog.interval)", "task(true, '3 s'::pg_catalog.interval, 1)", "task(true, '3 s'::pg_catalog.interval, 1, 9)";
	push @calls, "($k)::pg_catalog.jsonb", "($k)::pg_catalog.json", "$k OPERATOR($s.+) $k", map {; "$k OPERATOR($s.$_) $k" } qw(= <> < <= > >=);
	push @calls, "($t)::pg_catalog.jsonb", "($t)::pg_catalog.json", "$t OPERATOR($s.+) $t", map {; "$t OPERATOR($s.$_) $t" } qw(= <> < <= > >=);
	push @calls, "$s.to_nps($s.likert_summary(0, pg_catalog.array_fill(1, '{11}')::pg_catalog.int8[]))", "$s.within_scale('9'::pg_catalog.text, 0, 10)", "$s.within_scale('9'::pg_catalog.jsonb, 0, 10)",
		"$s.on_scale('a', '{a}')", "$s.nps_class(9)", "$s.nps_points(9)", "$s.met_by(NULL, '2026-01-01', '2026-01-02')", "$s.adjust_p_values('{0.1}', 'holm')", "$s.adjust_p_value(0.1, 'holm') OVER ()",
		"$s.responses_for_nps(5)", "$s.responses_for_nps_difference(5)", "$s.responses_for_share(0.05)", "$s.responses_for_share(0.05, 0.5, 0.95, 100)", "$s.responses_for_share_difference(0.5, 0.6)", "$s.event_rate(1, 1)", "$s.compare_event_rates(1, 1, 2, 1)";
	push @calls, map {; "($_)::pg_catalog.jsonb", "($_)::pg_catalog.json", "$_ OPERATOR($s.+) $_", "$_ OPERATOR($s.-) $_", map { my $op = $_; "$l OPERATOR($s.$op) $l" } qw(= <> < <= > >=) } $n, $l, $r;
	push @calls, "$s.nps(9)", "$s.nps(9, 0.5)", "$s.likert(3, 1, 5)", "$s.likert(3, 1, 5, 0.5)", "$s.rate(true)", "$s.rate(true, 0.5)", "$s.rollup($n)", "$s.rollup($l)", "$s.rollup($r)";
	return @calls;
}

sub works
{
	my ($database, $schema, $path) = @_;
	my @calls = all_verbs($schema);
	my $output = psql("SET search_path = $path;\n" . join '', map {; "SELECT $_;\n" } @calls) =~ s/\n/ /gr;
	my @errors = $output =~ /(ERROR:.{0,100})/g;
	is("@errors[0 .. ($#errors > 3 ? 3 : $#errors)]", '', scalar(@calls) . " calls in schema $schema with search_path $path");
}

for my $case ([ 'elsewhere', 'cx' ], [ 'quoted', '"Customer Experience"' ])
{
	my ($name, $schema) = @$case;
	my $database = fresh($name);
	local $ENV{PGDATABASE} = $database;
	is(psql("CREATE SCHEMA $schema; $hostile SET search_path = hostile, public, pg_catalog; CREATE EXTENSION cxux SCHEMA $schema"), '', "created in schema $schema");
	works($database, $schema, $_) for "''", 'hostile, public, pg_catalog', "$schema, hostile";
	is(psql("CREATE TABLE kept AS SELECT $schema.nps(9) AS x, $schema.likert(3, 1, 5) AS y; CREATE SCHEMA moved; ALTER EXTENSION cxux SET SCHEMA moved"), '', 'moved to another schema');
	works($database, 'moved', $_) for "''", 'hostile, public, pg_catalog';
	is(psql("SELECT x, y FROM kept WHERE x OPERATOR(moved.=) moved.nps_summary(1, 0, 0)"), '{"promoters": 1, "passives": 0, "detractors": 0}|{"low": 1, "high": 5, "counts": [0, 0, 1, 0, 0]}', 'stored values moved along');
	like(psql('DROP EXTENSION cxux'), qr/other objects depend on it/, 'not dropped while in use');
	is(psql('SET client_min_messages = error; DROP EXTENSION cxux CASCADE'), '', 'dropped');
	is(psql("SELECT (SELECT count(*) FROM pg_proc WHERE probin LIKE '%cxux%') + (SELECT count(*) FROM pg_type WHERE typname IN ('nps_summary', 'likert_summary', 'rate_summary', 'timing_summary') AND typnamespace <> 'hostile'::regnamespace)"), '0', 'nothing is left');
	is(psql('CREATE EXTENSION cxux SCHEMA public'), '', 'created again');
	delete local $ENV{PGDATABASE};
	psql(qq{DROP DATABASE "$database"}, '-d postgres');
}

# A plain role with CREATE on the database installs and uses it; it gets no power from that.
{
	my $role = "${base}_plain";
	my $database = fresh('trusted');
	psql(qq{CREATE ROLE "$role" LOGIN; GRANT CREATE ON DATABASE "$database" TO "$role"});
	local $ENV{PGDATABASE} = $database;
	is(psql('CREATE SCHEMA mine; CREATE EXTENSION cxux SCHEMA mine', '-U', $role), '', 'a plain role installs it');
	is(psql("SELECT mine.score(mine.nps(9))", '-U', $role), '100', 'and uses it');
	is(psql("SELECT rolname FROM pg_extension JOIN pg_roles AS r ON r.oid = extowner WHERE extname = 'cxux'"), $role, 'and owns it');
	is(psql("SELECT count(*) FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace WHERE nspname = 'mine' AND proowner = '$role'::regrole"), '0', 'but not its functions');
	like(psql("CREATE FUNCTION mine.forged(int) RETURNS mine.nps_summary AS '\$libdir/cxux', 'nps_in' LANGUAGE C", '-U', $role), qr/permission denied for language c/, 'nor may it call the library its own way');
	is(psql('DROP EXTENSION cxux', '-U', $role), '', 'it drops it');
	delete local $ENV{PGDATABASE};
	psql(qq{DROP DATABASE "$database"}, '-d postgres');
	psql(qq{DROP ROLE "$role"}, '-d postgres');
}

done_testing;
