#!/usr/bin/perl
# Values that the library of each release wrote, and what it answered about them, are in
# upgrade/VERSION/values and upgrade/VERSION/answers beside this file: this library reads the same values,
# as text and as bytes, writes them the same, and gives the same answers, with the SQL of that release and
# with its own.
#
#     perl test/upgrade_values.pl                  TAP, as in make test
#     perl test/upgrade_values.pl --write FOLDER   writes both files, as upgrade/release.sh does
#
# values: name, type, binary form in hexadecimal, text form. answers: name, function, number of rows, and the
# row, all rows as one text. Both are what COPY writes.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use lib dirname(abs_path($0));
use Files;
use Psql;
use Test::More;
use UpgradeFiles;

my $here = dirname(abs_path($0));
my $database = ($ENV{PGDATABASE} // 'postgres') . '_values';

sub psql
{
	my ($script, @arguments) = @_;
	return Psql::psql($script, "-v ON_ERROR_STOP=1 -d $database", @arguments);
}

sub must
{
	my $said = psql(@_);
	die "$said\n" if $said ne '';
}

# The type of a golden file, by the first word of its name
sub type_of
{
	my ($kind) = shift =~ /^([a-z]+)/;
	return { pattern => 'step_pattern', journey => 'event_journey' }->{$kind} // "${kind}_summary";
}

# Rows of (name, bytes) in the form of COPY BINARY
sub copy_file
{
	return join '', "PGCOPY\n\xff\r\n\0", pack('NN', 0, 0),
		(map { my ($name, $bytes) = @$_; pack('n', 2) . join '', map { pack('N', length) . $_ } $name, $bytes } @_), pack('n', 0xffff);
}

# A table of each type, of names and values
my $make_tables = <<'SQL';
CREATE TABLE stored_types AS SELECT t.oid, t.typname AS type FROM pg_type AS t JOIN pg_depend AS d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'cxux' WHERE t.typtype = 'b' AND t.typelem = 0;
SELECT format('CREATE TABLE %I (name text PRIMARY KEY, x %I)', 'of_' || type, type) FROM stored_types \gexec
SQL

# The functions that a value alone is enough for, and those that take another of the same type; pictures are
# not among them, as they may be drawn better, nor are parts of aggregates and of indexes. One that refuses a
# value has no answer. What is long is told by its digest.
my $make_calls = <<'SQL';
CREATE TABLE functions AS
SELECT t.type, p.proname AS name, w.two
FROM stored_types AS t, unnest('{false,true}'::boolean[]) AS w(two), pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'cxux'
WHERE p.prokind = 'f' AND p.proname !~ '^(chart|svg)$|_(send|out|accum|remove|final|single|serialize|deserialize|combine)$'
	AND p.prorettype NOT IN ('internal'::regtype, 'cstring'::regtype, 'trigger'::regtype)
	AND CASE WHEN w.two THEN p.pronargs >= 2 AND p.pronargs - p.pronargdefaults <= 2 AND (p.proargtypes[0], p.proargtypes[1]) = (t.oid, t.oid) ELSE p.pronargs - p.pronargdefaults <= 1 AND p.proargtypes[0] = t.oid END
GROUP BY 1, 2, 3;
CREATE FUNCTION ask(type text, function text, two boolean, name text, OUT rows bigint, OUT answer text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('SELECT count(q), string_agg(q::text, %L) FROM (SELECT q FROM %I AS v, LATERAL %I(%s) AS q WHERE v.name = $1) AS q(q)', ' ', 'of_' || type, function, CASE WHEN two THEN 'v.x, v.x' ELSE 'v.x' END) INTO rows, answer USING name;
	IF length(answer) > 400 THEN
		answer = format('%s characters, md5 %s', length(answer), md5(answer));
	END IF;
EXCEPTION WHEN data_exception OR program_limit_exceeded OR feature_not_supported OR object_not_in_prerequisite_state THEN
	rows = NULL;
END
$$;
SET extra_float_digits = -3;
SQL

# Values that aggregates and functions make of rows, beside those of the golden files: name, type, query
my @made = (
	[ 'made_nps', 'nps_summary', 'SELECT nps(answer) FROM answers' ],
	[ 'made_nps_weighted', 'nps_summary', 'SELECT nps(answer, weight) FROM answers' ],
	[ 'made_nps_net', 'nps_summary', 'SELECT net(likert(rating, 1, 5), 2) FROM answers' ],
	[ 'made_nps_net_weighted', 'nps_summary', 'SELECT net(likert(rating, 1, 5, weight), 1) FROM answers' ],
	[ 'made_likert', 'likert_summary', 'SELECT likert(rating, 1, 5) FROM answers' ],
	[ 'made_likert_11', 'likert_summary', 'SELECT likert(answer, 0, 10) FROM answers' ],
	[ 'made_likert_weighted', 'likert_summary', 'SELECT likert(rating, 1, 5, weight) FROM answers' ],
	[ 'made_likert_101', 'likert_summary', 'SELECT likert(id % 101 - 50, -50, 50) FROM answers' ],
	[ 'made_rate', 'rate_summary', 'SELECT rate(done) FROM answers' ],
	[ 'made_rate_weighted', 'rate_summary', 'SELECT rate(done, weight) FROM answers' ],
	[ 'made_choices', 'choices_summary', 'SELECT choices(reason) FROM answers' ],
	[ 'made_choices_weighted', 'choices_summary', 'SELECT choices(reason, weight) FROM answers' ],
	[ 'made_choices_tick_all', 'choices_summary', 'SELECT choices(CASE WHEN done THEN ARRAY[reason, event] ELSE ARRAY[event] END) FROM answers' ],
	[ 'made_choices_tick_all_weighted', 'choices_summary', 'SELECT choices(ARRAY[reason, event], weight) FROM answers' ],
	[ 'made_sample', 'sample_summary', 'SELECT sample(seconds) FROM answers' ],
	[ 'made_sample_weighted', 'sample_summary', 'SELECT sample(seconds, weight) FROM answers' ],
	[ 'made_sample_of_moments', 'sample_summary', 'SELECT sample_summary(12, 72.5, 15)' ],
	[ 'made_ratio', 'ratio_summary', 'SELECT ratio(seconds, orders) FROM answers' ],
	[ 'made_timing_listed', 'timing_summary', 'SELECT timing(seconds) FROM answers WHERE id <= 9' ],
	[ 'made_timing_censored_listed', 'timing_summary', 'SELECT timing(seconds, id % 3 > 0) FROM answers WHERE id <= 30' ],
	[ 'made_timing_counted', 'timing_summary', 'SELECT timing(seconds) FROM answers' ],
	[ 'made_timing_censored_counted', 'timing_summary', 'SELECT timing(seconds, id % 7 > 0) FROM answers' ],
	[ 'made_timing_zeros', 'timing_summary', 'SELECT timing(CASE WHEN id % 5 > 0 THEN seconds ELSE 0 END) FROM answers' ],
	[ 'made_timing_of_times', 'timing_summary', q{SELECT timing(at, at + seconds * interval '1 hour', '2026-03-20 00:00+00') FROM answers} ],
	[ 'made_items', 'items_summary', 'SELECT items(rating, answer, seconds) FROM answers' ],
	[ 'made_items_30', 'items_summary', 'SELECT items(VARIADIC (SELECT array_agg(((id * (i + 3) + i * i) % 7)::float8 ORDER BY i) FROM generate_series(1, 30) AS i)) FROM answers' ],
	[ 'made_task', 'task_summary', 'SELECT task(done, seconds, clicks, orders) FROM answers' ],
	[ 'made_task_few', 'task_summary', 'SELECT task(done, seconds, clicks) FROM answers WHERE id <= 12' ],
	[ 'made_pattern', 'step_pattern', q{SELECT steps_within('{view,add to cart,pay}', '7 days')} ],
	[ 'made_pattern_limits', 'step_pattern', q{SELECT 'view > cart (10 minutes) > !help | back > pay (1 hour) within 1 day, distinct times'::step_pattern} ],
	[ 'made_funnel', 'funnel_summary', q{SELECT funnel(actor, at, event, 'view > [search] > cart > pay within 1 day') FROM answers} ],
	[ 'made_funnel_open', 'funnel_summary', q{SELECT funnel(actor, at, event, 'view > cart > pay within 1 day', '2026-03-12 00:00+00') FROM answers} ],
	[ 'made_funnel_counted', 'funnel_summary', q{SELECT funnel(i, '2026-03-01 00:00+00'::timestamptz + i * step * interval '1 second', (ARRAY['view', 'pay'])[step], 'view > pay') FROM generate_series(1, 200) AS i, generate_series(1, 2) AS step} ],
	[ 'made_funnel_any_order', 'funnel_summary', q{SELECT funnel(actor, at, event, 'view & cart & search|pay') FROM answers} ],
	[ 'made_journey_of_one', 'event_journey', q{SELECT journey(at, event) FROM answers WHERE id = 1} ],
	[ 'made_journey', 'event_journey', q{SELECT journey(at, event) FROM answers WHERE actor = 3} ],
	(map { my ($name, $unit) = @$_; ([ "made_journey_$name", 'event_journey', "SELECT journey('2026-03-01 00:00+00'::timestamptz + id * (id % 3 + 1) * interval '$unit', event) FROM answers WHERE id <= 9" ],
		[ "made_journey_long_$name", 'event_journey', "SELECT journey('1999-12-31 23:00+00'::timestamptz + id * (id % 3 + 1) * interval '$unit', event) FROM answers WHERE id <= 80" ]) }
		[ microseconds => '1 microsecond' ], [ milliseconds => '1 millisecond' ], [ tenths => '0.1 second' ], [ seconds => '1 second' ], [ minutes => '1 minute' ], [ hours => '1 hour' ], [ days => '1 day' ], [ weeks => '7 days' ]),
	[ 'made_journey_same_time', 'event_journey', q{SELECT journey('2026-03-01 00:00+00'::timestamptz, event) FROM answers WHERE id <= 40} ],
	[ 'made_journey_many_names', 'event_journey', q{SELECT journey(at, 'event ' || id) FROM answers WHERE id <= 100} ],
	[ 'made_journey_300_names', 'event_journey', q{SELECT journey('2026-03-01 00:00+00'::timestamptz + i * interval '1 second', 'n' || i % 300) FROM generate_series(1, 600) AS i} ],
	[ 'made_flow', 'flow_summary', q{SELECT flows(j, 'view > cart', 3) FROM (SELECT journey(at, event) AS j FROM answers GROUP BY actor) AS s} ],
	[ 'made_flow_next', 'flow_summary', q{SELECT next_events(j, 'view > cart > pay') FROM (SELECT journey(at, event) AS j FROM answers GROUP BY actor) AS s} ],
	[ 'made_retention_day', 'retention_summary', q{SELECT retention(actor, at, 'day') FROM answers} ],
	[ 'made_retention_week_zone', 'retention_summary', q{SELECT retention(actor, at, 'week', 'Europe/Rome') FROM answers} ],
	[ 'made_retention_month_events', 'retention_summary', q{SELECT retention(actor, at, event, 'view', 'pay', 'month') FROM answers} ],
);
my $make_rows = <<'SQL';
SET timezone = 'UTC';
CREATE TABLE answers AS SELECT id, id % 23 AS actor, (id * 7 % 11)::int AS answer, (1 + id * id % 5)::int AS rating, CASE WHEN id % 9 > 0 THEN id % 4 > 0 END AS done,
	(ARRAY[0, 0.001, 0.333333, 1, 1, 2.5])[1 + id % 6]::float8 AS weight, round((0.25 + (id * id % 997) * 1.375)::numeric, 3)::float8 AS seconds, (id * 3 % 20)::float8 AS clicks, (1 + id % 4)::float8 AS orders,
	CASE WHEN id % 5 > 0 THEN (ARRAY['price', 'wait', 'Größe', 'it''s "slow"'])[1 + id % 4] END AS reason, (ARRAY['view', 'view', 'search', 'cart', 'pay'])[1 + id * id % 7 % 5] AS event,
	'2026-03-01 08:00+00'::timestamptz + (id * 37 % 1440) * interval '17 minutes' AS at
FROM generate_series(1::bigint, 500) AS id;
SQL

sub new_database
{
	my $version = shift;
	Psql::new_database($database);
	must('CREATE EXTENSION cxux' . ($version ? " VERSION '$version'" : ''));
	must($make_tables);
}

sub write_values
{
	my $folder = shift;
	new_database();
	must($make_rows);
	my %golden;
	for my $file (sort glob "$here/golden/*.hex")
	{
		my ($name) = $file =~ m{([^/]+)\.hex$};
		push @{ $golden{ type_of($name) } }, [ $name, pack 'H*', slurp($file) =~ s/\s//gr ];
	}
	for my $type (sort keys %golden)
	{
		must(copy_file(@{ $golden{$type} }), qq{-c "COPY of_$type FROM STDIN (FORMAT binary)"});
	}
	must("INSERT INTO of_$_->[1] SELECT '$_->[0]', v.x FROM ($_->[2]) AS v(x)") for @made;
	my $lines = psql("SELECT format('SELECT name, %L::text, encode(%I(x), ''hex''), x::text FROM %I', type, type || '_send', 'of_' || type) FROM stored_types ORDER BY type COLLATE \"C\"");
	my $values = join ' UNION ALL ', split /\n/, $lines;
	must("\\copy (SELECT * FROM ($values) AS v(name, type, bytes, text) ORDER BY type COLLATE \"C\", name COLLATE \"C\") TO '$folder/values'");
	must("$make_calls SELECT format('CREATE TABLE asked_%1\$s AS SELECT v.name, f.name || CASE WHEN two THEN ''(x, x)'' ELSE ''(x)'' END AS function, a.* FROM of_%1\$s AS v, functions AS f, ask(%1\$L, f.name, two, v.name) AS a WHERE f.type = %1\$L AND a.rows IS NOT NULL', type) FROM stored_types \\gexec");
	my $answers = join ' UNION ALL ', map { "TABLE asked_$_" } split /\n/, psql('SELECT type FROM stored_types ORDER BY 1');
	must("\\copy (SELECT * FROM ($answers) AS a ORDER BY name COLLATE \"C\", function COLLATE \"C\") TO '$folder/answers'");
}

if (@ARGV && $ARGV[0] eq '--write')
{
	write_values($ARGV[1] // die "which folder?\n");
	exit;
}

# What the forms of stored values are, as their text tells; a release that adds one adds it here.
my @forms = (
	[ nps_summary => qr/"promoters": \d+, "passives": \d+, "detractors": \d+}$/, 'counts' ],
	[ nps_summary => qr/"squares": \[[^]]+\]}$/, 'weights' ],
	[ nps_summary => qr/\d, "net": /, 'a net score' ],
	[ nps_summary => qr/"weights": .*"net": /, 'a net score with weights' ],
	[ likert_summary => qr/^\{}$/, 'no scale' ],
	[ likert_summary => qr/"counts": \[[^]]+\]}$/, 'counts' ],
	[ likert_summary => qr/"weights": /, 'weights' ],
	[ likert_summary => qr/"counts": \[(\d+, ){100}\d+\]/, 'the longest scale' ],
	[ rate_summary => qr/"undecided": [1-9]\d*}$/, 'counts' ],
	[ rate_summary => qr/"weights": /, 'weights' ],
	[ choices_summary => qr/"one of many".*"answers": \[[^]]+\]}$/, 'one of many' ],
	[ choices_summary => qr/"one of many".*"weights": /, 'one of many, with weights' ],
	[ choices_summary => qr/"tick all".*"answers": \[[^]]+\]}$/, 'tick all' ],
	[ choices_summary => qr/"tick all".*"weights": /, 'tick all, with weights' ],
	[ sample_summary => qr/"minimum": [^"]+"maximum": [^",]+}$/, 'moments and range' ],
	[ sample_summary => qr/"squared_deviations": [^",]+}$/, 'moments without range' ],
	[ sample_summary => qr/"minimum": .*"weights": /, 'weights' ],
	[ sample_summary => qr/"squared_deviations": [^"]+"weights": /, 'weights without range' ],
	[ ratio_summary => qr/"products": /, 'moments' ],
	[ timing_summary => qr/^\{"finished": \[[^]]+\]}$/, 'listed' ],
	[ timing_summary => qr/^\{"finished": \[[^]]+\], "unfinished": \[/, 'listed, censored' ],
	[ timing_summary => qr/^\{"unfinished": \[/, 'listed, all of it censored' ],
	[ timing_summary => qr/"counts": \[\d.*"unfinished": \{"zeros": 0, "buckets": \[\]/, 'counted' ],
	[ timing_summary => qr/"counts": \[\d.*"unfinished": \{"zeros": \d+, "buckets": \[\d/, 'counted, censored' ],
	[ timing_summary => qr/"finished": \{"zeros": 0, "buckets": \[\].*"unfinished": \{"zeros": 0, "buckets": \[\d/, 'counted, all of it censored' ],
	[ items_summary => qr/"comoments": /, 'moments' ],
	[ task_summary => qr/"time_on_task": "\{\\"finished\\": \[/, 'listed times' ],
	[ task_summary => qr/"time_on_task": "\{\\"finished\\": \{.*"speed_sum": /, 'counted times' ],
	[ task_summary => qr/"errors": .*"actions": /, 'errors and actions' ],
	[ step_pattern => qr/ > /, 'steps' ],
	[ step_pattern => qr/ & /, 'any order' ],
	[ step_pattern => qr/>> .* within .*distinct times, first entry/, 'all that a pattern can say' ],
	[ funnel_summary => qr/"steps": "[^&]+ > .*"open": \[[1-9]/, 'open actors' ],
	[ funnel_summary => qr/"steps": "[^"]+ & /, 'any order' ],
	[ funnel_summary => qr/\{\\"finished\\": \{\\"zeros/, 'counted times' ],
	[ event_journey => qr/^\{}$/, 'no events' ],
	[ event_journey => qr/"codes": \[\d+\]/, 'one event' ],
	[ event_journey => qr/"codes": \[(\d+, ){79}/, 'many events' ],
	[ event_journey => qr/"codes": \[.*\b299\b/, 'more names than a byte tells apart' ],
	(map { [ event_journey => $_->[0], $_->[1] ] }
		[ qr/"seconds": \[[^]]*\.\d{6}\b/ => 'microseconds' ], [ qr/"seconds": \[0, [\d., ]*\.\d{3}[,\]]/ => 'milliseconds' ], [ qr/"seconds": \[0(, \d+(\.\d)?)*, \d+\.\d[,\]]/ => 'tenths of a second' ], [ qr/"seconds": \[0, \d(, \d+)+\]/ => 'seconds' ],
		[ qr/"seconds": \[0(, \d*[1-9]\d*0)+\]/ => 'minutes and longer' ], [ qr/"seconds": \[0(, \d+00)+\]/ => 'hours and longer' ], [ qr/"seconds": \[0(, \d+00){20}/ => 'hours and longer, many events' ], [ qr/"seconds": \[0(, 0){20}/ => 'all at one time' ]),
	[ flow_summary => qr/"kind": "flows"/, 'flows' ],
	[ flow_summary => qr/"kind": "next events"/, 'next events' ],
	[ retention_summary => qr/"period": "day"/, 'by day' ],
	[ retention_summary => qr/"period": "week", "timezone": "Europe/, 'by week of a time zone' ],
	[ retention_summary => qr/"period": "month".*"first": .*"return": /, 'by month, first and return told apart' ],
);

# The two ways in and out again, and what differs there from what was written
my $read = <<'SQL';
SELECT format('SELECT count(*), string_agg(name, '' '') FILTER (WHERE encode(%2$I(text::%1$I), ''hex'') <> bytes OR text::%1$I::text <> text) FROM frozen WHERE type = %1$L', type, type || '_send') FROM stored_types ORDER BY type \gexec
SELECT format('SELECT count(*), string_agg(f.name, '' '') FILTER (WHERE x IS NULL OR encode(%2$I(x), ''hex'') <> bytes OR x::text <> text) FROM frozen AS f LEFT JOIN %3$I AS v USING (name) WHERE type = %1$L', type, type || '_send', 'of_' || type) FROM stored_types ORDER BY type \gexec
SQL
my $ask = <<'SQL';
SET extra_float_digits = -3;
SELECT count(*), string_agg(format('%s of %s: %s', k.function, k.name, a.answer), E'\n') FILTER (WHERE (a.rows, a.answer) IS DISTINCT FROM (k.rows, k.answer))
FROM answers AS k JOIN frozen AS f USING (name), ask(f.type, split_part(k.function, '(', 1), k.function LIKE '%(x, x)', k.name) AS a;
SQL

my @releases = map { m{([^/]+)/values$} } sort glob "$here/upgrade/*/values";
ok((grep { $_ eq '1.0.0' } @releases), "releases: @releases");
for my $release (@releases)
{
	my $folder = "$here/upgrade/$release";
	new_database($release);
	# The server's user need not be able to read the checkout.
	must('CREATE TABLE frozen (name text PRIMARY KEY, type text, bytes text, text text); CREATE TABLE answers (name text, function text, rows bigint, answer text);');
	must(slurp("$folder/$_->[0]"), qq{-c "COPY $_->[1] FROM STDIN"}) for [ values => 'frozen' ], [ answers => 'answers' ];
	must($make_calls);

	my %values;
	push @{ $values{$_->[1]} }, [ $_->[0], pack 'H*', $_->[2] ] for map { [ split /\t/ ] } split /\n/, psql(q{SELECT concat_ws(E'\t', name, type, bytes) FROM frozen ORDER BY 1});
	my @types = split /\n/, psql('SELECT type FROM stored_types ORDER BY 1');
	is(join(' ', sort keys %values), "@types", "$release: values of every type it stores");
	for my $type (@types)
	{
		is(psql(copy_file(@{ $values{$type} }), qq{-c "COPY of_$type FROM STDIN (FORMAT binary)"}), '', "$release: $type: " . @{ $values{$type} } . ' values are received');
	}
	for my $form (@forms)
	{
		my ($type, $pattern, $what) = @$form;
		my @texts = split /\n/, psql("SELECT text FROM frozen WHERE type = '$type'");
		ok((grep { $_ =~ $pattern } @texts), "$release: $type: $what");
	}
	cmp_ok(psql('SELECT count(*) FROM answers'), '>', 2500, "$release: answers");
	# What nothing that is stored gave an answer is none of a stored value.
	is(psql(q{SELECT string_agg(format('%s(%s)', name, type), ', ' ORDER BY name, type) FROM functions AS f WHERE NOT EXISTS (SELECT FROM answers AS a JOIN frozen AS z USING (name) WHERE z.type = f.type AND a.function = f.name || CASE WHEN two THEN '(x, x)' ELSE '(x)' END)}), '', "$release: of every function that takes a value alone, or two");
	my $as_read = join "\n", map { scalar(@{ $values{$_} }) . '|' } @types, @types;
	my $as_asked = psql('SELECT count(*) FROM answers') . '|';
	for my $sql ("SQL of $release", 'newest SQL')
	{
		is(psql($read), $as_read, "$release, $sql: text and binary forms are read, and written again the same");
		is(psql($ask), $as_asked, "$release, $sql: the answers are the same");
		must('SET client_min_messages = warning; ALTER EXTENSION cxux UPDATE') if $sql ne 'newest SQL';
	}
	# A form or an answer that changed is seen.
	like(psql("BEGIN; UPDATE frozen SET text = replace(text, '50', '51') WHERE name = 'nps'; $read"), qr/\bnps\b/, 'another value is seen');
	like(psql("BEGIN; UPDATE answers SET answer = '31' WHERE name = 'nps' AND function = 'score(x)'; $ask"), qr/score\(x\) of nps: 30/, 'another answer is seen');
}
system("dropdb $database");

done_testing;
