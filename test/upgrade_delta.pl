#!/usr/bin/perl
# ALTER EXTENSION cxux UPDATE from each release: the catalog is that of a fresh installation, object for
# object and column for column; what is stored and what stands on it stays as it is; and the newest
# library has all that the SQL of each release asks it for. Nothing of a release is ever changed.
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
my $root = dirname($here);
my $base = $ENV{PGDATABASE};
my ($newest) = slurp("$root/cxux.control") =~ /^default_version\s*=\s*'([^']+)'/m;
my @releases = releases($root);

sub psql
{
	my ($script, $database, @arguments) = @_;
	return Psql::psql($script, "-v ON_ERROR_STOP=1 -v VERBOSITY=terse -d '$database'", @arguments);
}

sub new_database
{
	return Psql::new_database("${base}_$_[0]");
}

# What is frozen

is($releases[0], '1.0.0', "releases: @releases");
ok(!(grep { $_ eq $newest } @releases), "$newest is none of them");
for my $release (@releases)
{
	my %sum = map { my ($sum, $file) = split ' ', $_, 2; ($file => $sum) } split /\n/, slurp("$here/upgrade/$release/SHA256SUMS");
	my @changed = grep { !-e "$root/$_" || checksum("$root/$_") ne $sum{$_} } sort keys %sum;
	is("@changed", '', "$release: " . (keys %sum) . ' files are as they were released');
	my @free = grep { !/^test\/golden/ && !$sum{$_} } frozen_files($root, $release);
	is("@free", '', "$release: no other is its");
	cmp_ok((grep { m{^test/golden/} } keys %sum), '>=', 69, "$release: golden files are among them");
}
my %leads_to = map { m{/cxux--([0-9.]+)--([0-9.]+)\.sql$} ? ($1 => $2) : () } glob "$root/upgrade/*.sql";
is_deeply(\%leads_to, { map { ($releases[$_] => $releases[ $_ + 1 ] // $newest) } 0 .. $#releases }, 'each release leads to the next by a script of its own');

# The library

chomp(my ($library) = `find "$ENV{CXUX_TMP}/../install" -name cxux.so`);
my %offered = map { $_ => 1 } symbols_of($library);
sub missing { return join ' ', grep { !$offered{$_} } @_ }
for my $release (@releases)
{
	my @symbols = split /\n/, slurp("$here/upgrade/$release/symbols");
	my @named = symbols_in(slurp("$root/upgrade/cxux--$release.sql"));
	cmp_ok(scalar @symbols, '>=', 638, "$release: its library had " . @symbols . ' functions');
	is_deeply(\@named, \@symbols, "$release: which its script names");
	is(missing(@symbols), '', "$release: none of them is gone");
}
is(missing('nps_in', 'nps_gone'), 'nps_gone', 'one that is gone is seen');

# Every row of the catalogs that belongs to the extension, as JSON, with names for OIDs: its members, what
# is part of them, and what stands for them in catalogs that have no OIDs.
my $catalog = <<'SQL';
SET search_path = pg_catalog;
CREATE TEMP TABLE objects AS
WITH RECURSIVE part AS (
	SELECT classid, objid FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'cxux')
	UNION SELECT d.classid, d.objid FROM part AS p JOIN pg_depend AS d ON d.refclassid = p.classid AND d.refobjid = p.objid AND d.deptype IN ('i', 'a'))
SELECT classid, objid, pg_describe_object(classid, objid, 0) AS name FROM part
UNION ALL SELECT 'pg_extension'::regclass, oid, 'extension' FROM pg_extension WHERE extname = 'cxux';
CREATE TEMP TABLE catalog_rows (name text, catalog text, content jsonb);
-- The columns of each catalog that say what an object is, as one text: OIDs by what they refer to
CREATE FUNCTION pg_temp.column_of(catalog regclass, attribute name, type regtype) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN k.pktable IS NOT NULL AND k.is_array THEN format('(SELECT jsonb_agg(CASE WHEN o <> 0 THEN pg_describe_object(%s, o, 0) END ORDER BY i) FROM unnest(c.%I::oid[]) WITH ORDINALITY AS u(o, i))', k.pktable::oid, attribute)
		WHEN k.pktable IS NOT NULL THEN format('CASE WHEN c.%I <> 0 THEN pg_describe_object(%s, c.%I, 0) END', attribute, k.pktable::oid, attribute)
		-- a stamp of the server's own
		WHEN attribute = 'attoptions' THEN 'regexp_replace(c.attoptions::text, ''pg_attver=[0-9]+'', ''pg_attver'')'
		WHEN type = 'pg_node_tree'::regtype THEN format('pg_get_expr(c.%I, 0)', attribute)
		ELSE format('c.%I', attribute) END
	FROM (SELECT) AS one LEFT JOIN pg_get_catalog_foreign_keys() AS k ON k.fktable = catalog AND k.fkcols = ARRAY[attribute::text]
$$;
CREATE FUNCTION pg_temp.row_of(catalog regclass) RETURNS text LANGUAGE sql AS $$
	SELECT 'jsonb_build_object(' || string_agg(format('%L, %s', attname, pg_temp.column_of(catalog, attname, atttypid)), ', ' ORDER BY attnum) || ')'
	FROM pg_attribute WHERE attrelid = catalog AND attnum > 0 AND NOT attisdropped AND attname <> 'oid'
		AND NOT (catalog = 'pg_class'::regclass AND attname IN ('relfilenode', 'relfrozenxid', 'relminmxid')) AND NOT (catalog = 'pg_depend'::regclass AND attname IN ('objid', 'refobjid', 'classid', 'refclassid'))
$$;
-- Catalogs whose rows have an OID
SELECT format('INSERT INTO catalog_rows SELECT o.name, %L, %s FROM objects AS o JOIN %s AS c ON c.oid = o.objid WHERE o.classid = %s', classid::regclass, pg_temp.row_of(classid::regclass), classid::regclass, classid)
FROM (SELECT DISTINCT classid FROM objects) AS s \gexec
-- and those that belong to one of them
SELECT format('INSERT INTO catalog_rows SELECT o.name || '' '' || %s, %L, %s FROM objects AS o JOIN %s AS c ON c.%I = o.objid WHERE o.classid = %L::regclass %s', more, catalog, pg_temp.row_of(catalog::regclass), catalog, key, of, condition)
FROM (VALUES ('pg_aggregate', 'aggfnoid', 'pg_proc', $$''$$, ''), ('pg_attribute', 'attrelid', 'pg_class', 'c.attnum', 'AND c.attnum > 0'), ('pg_range', 'rngtypid', 'pg_type', $$''$$, ''), ('pg_enum', 'enumtypid', 'pg_type', 'c.enumlabel', ''), ('pg_index', 'indexrelid', 'pg_class', $$''$$, '')) AS v(catalog, key, of, more, condition) \gexec
INSERT INTO catalog_rows SELECT name || ' ' || d.objsubid, 'pg_description', jsonb_build_object('text', description) FROM objects AS o JOIN pg_description AS d ON (d.classoid, d.objoid) = (o.classid, o.objid);
INSERT INTO catalog_rows SELECT name || ' ' || i.objsubid, 'pg_init_privs', jsonb_build_object('privileges', initprivs::text) FROM objects AS o JOIN pg_init_privs AS i ON (i.classoid, i.objoid) = (o.classid, o.objid);
INSERT INTO catalog_rows SELECT name || ' ' || l.objsubid, 'pg_seclabel', to_jsonb(l.label) FROM objects AS o JOIN pg_seclabel AS l ON (l.classoid, l.objoid) = (o.classid, o.objid);
INSERT INTO catalog_rows SELECT name || ' on ' || pg_describe_object(refclassid, refobjid, refobjsubid), 'pg_depend', jsonb_agg(deptype ORDER BY deptype) FROM objects AS o JOIN pg_depend AS d ON (d.classid, d.objid) = (o.classid, o.objid) GROUP BY 1;
INSERT INTO catalog_rows SELECT name || ' of ' || r.rolname, 'pg_shdepend', jsonb_agg(deptype ORDER BY deptype) FROM objects AS o JOIN pg_shdepend AS d ON (d.classid, d.objid) = (o.classid, o.objid) JOIN pg_database AS b ON b.oid = d.dbid AND b.datname = current_database() JOIN pg_roles AS r ON r.oid = d.refobjid GROUP BY 1;
SELECT catalog || ' ' || name || ' ' || content FROM catalog_rows ORDER BY catalog COLLATE "C", name COLLATE "C", content::text COLLATE "C";
SQL

# The catalog after a script, of which nothing is kept
sub catalog_of
{
	my ($database, $before) = @_;
	return split /\n/, psql('BEGIN; SET client_min_messages = warning; ' . ($before // '') . "; $catalog ROLLBACK;", $database);
}

sub difference
{
	my ($is, $must) = @_;
	my (%is, %must);
	$is{$_}++ for @$is;
	$must{$_}++ for @$must;
	return ((map { "- $_" } grep { !$is{$_} } @$must), (map { "+ $_" } grep { !$must{$_} } @$is));
}
sub first_few { return join "\n", map { substr $_, 0, 300 } grep { defined } @_[ 0 .. 3 ] }

my $fresh = new_database('fresh');
is(psql('CREATE EXTENSION cxux', $fresh), '', 'a fresh installation');
my @fresh = catalog_of($fresh);
my %rows;
$rows{ (split ' ')[0] }++ for @fresh;
my $told = join ', ', map { "$rows{$_} of $_" } sort keys %rows;
my %members = map { split /\|/ } split /\n/, psql(q{SELECT classid::regclass, count(*) FROM pg_depend AS d JOIN pg_extension AS e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass AND e.extname = 'cxux' WHERE deptype = 'e' GROUP BY 1}, $fresh);
is(join(' ', map { "$members{$_} of $_" } grep { ($rows{$_} // 0) < $members{$_} } sort keys %members), '', "every member has its row: $told");
is(join(' ', grep { !$rows{$_} } qw(pg_aggregate pg_amop pg_amproc pg_attribute pg_class pg_depend pg_description pg_extension pg_opclass)), '', 'and so has what is part of members');
cmp_ok($rows{pg_description}, '>', $members{pg_proc}, 'with comments');
is((grep { /\b(?:1[6-9]\d{3}|[2-9]\d{4})\b/ && !/"prosrc"/ } @fresh)[0] // '', '', 'in which no OID is told by number');

# The upgrade

my %upgraded;
for my $release (@releases)
{
	my $database = $upgraded{$release} = new_database("from_$release");
	is(psql("CREATE EXTENSION cxux VERSION '$release'", $database), '', "$release is installed");
	is(psql("SELECT extversion FROM pg_extension WHERE extname = 'cxux'", $database), $release, 'as that');
	# The server has the newest library, and this database the SQL of the release.
	is(psql(q{SELECT count(*) > 600, string_agg(p.oid::regprocedure::text, ' ') FILTER (WHERE p.probin <> '$libdir/cxux') FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e' JOIN pg_extension AS e ON e.oid = d.refobjid AND e.extname = 'cxux' WHERE p.prolang = (SELECT oid FROM pg_language WHERE lanname = 'c')}, $database), 't|', "$release: functions in C are those of the one library");
	is(psql(q{SELECT count(fmgr_c_validator(p.oid)::text) > 600 FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e' JOIN pg_extension AS e ON e.oid = d.refobjid AND e.extname = 'cxux' WHERE p.prolang = (SELECT oid FROM pg_language WHERE lanname = 'c')}, $database), 't', "$release: which finds each of them");
	my @before = catalog_of($database);
	isnt(first_few(difference(\@before, \@fresh)), '', "$release is not $newest");
	is(psql('ALTER EXTENSION cxux UPDATE', $database), '', "$release is updated");
	my @after = catalog_of($database);
	is(scalar @after, scalar @fresh, "$release, updated: as many rows in the catalog as in a fresh one");
	is(first_few(difference(\@after, \@fresh)), '', "$release, updated: and the same");
}

# What the comparison would see, each of it in a database that was updated
my $database = $upgraded{ $releases[0] };
my $nps = "(SELECT 'nps(integer)'::regprocedure::oid)";
for my $plant (
	[ 'a cost', 'ALTER FUNCTION event_rate(bigint, float8, float8) COST 100' ],
	[ 'volatility', 'ALTER FUNCTION event_rate(bigint, float8, float8) STABLE' ],
	[ 'strictness', 'ALTER FUNCTION event_rate(bigint, float8, float8) CALLED ON NULL INPUT' ],
	[ 'parallel safety', 'ALTER FUNCTION event_rate(bigint, float8, float8) PARALLEL RESTRICTED' ],
	[ 'a setting', "ALTER FUNCTION event_rate(bigint, float8, float8) SET work_mem = '1MB'" ],
	[ 'a privilege', 'REVOKE EXECUTE ON FUNCTION event_rate(bigint, float8, float8) FROM PUBLIC' ],
	[ 'an owner', 'CREATE ROLE cxux_other; ALTER FUNCTION event_rate(bigint, float8, float8) OWNER TO cxux_other' ],
	[ 'a default', "CREATE OR REPLACE FUNCTION event_rate(events bigint, exposure float8, confidence float8 DEFAULT 0.9, OUT rate float8, OUT low float8, OUT high float8) AS '\$libdir/cxux', 'event_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500" ],
	[ 'a symbol', "UPDATE pg_proc SET prosrc = 'nps_in' WHERE proname = 'event_rate'" ],
	[ 'a name of an argument', "UPDATE pg_proc SET proargnames[1] = 'number' WHERE proname = 'event_rate'" ],
	[ 'planner support', "ALTER FUNCTION event_rate(bigint, float8, float8) SUPPORT array_unnest_support" ],
	[ 'a comment', "COMMENT ON FUNCTION event_rate(bigint, float8, float8) IS 'another'" ],
	[ 'no comment', 'COMMENT ON TYPE nps_summary IS NULL' ],
	[ 'a name', 'ALTER FUNCTION event_rate(bigint, float8, float8) RENAME TO rate_of_events' ],
	[ 'a function that is none of it', 'ALTER EXTENSION cxux DROP FUNCTION event_rate(bigint, float8, float8)' ],
	[ 'one more function', "CREATE FUNCTION more() RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER EXTENSION cxux ADD FUNCTION more()" ],
	[ 'one more table', 'CREATE TABLE more (x int); ALTER EXTENSION cxux ADD TABLE more' ],
	[ 'space of an aggregate', 'UPDATE pg_aggregate SET aggtransspace = 1 WHERE aggfnoid = ' . $nps ],
	[ 'a part of an aggregate', "UPDATE pg_aggregate SET aggcombinefn = 'int4larger' WHERE aggfnoid = $nps" ],
	[ 'an initial value', "UPDATE pg_aggregate SET agginitval = 'x' WHERE aggfnoid = $nps" ],
	[ 'a storage', 'ALTER TYPE event_journey SET (STORAGE = main)' ],
	[ 'a receive function', 'ALTER TYPE event_journey SET (RECEIVE = none)' ],
	[ 'an attribute', 'ALTER TYPE experience_score ADD ATTRIBUTE more int' ],
	[ 'an estimator', 'ALTER OPERATOR = (nps_summary, nps_summary) SET (RESTRICT = none)' ],
	[ 'a negator', "UPDATE pg_operator SET oprnegate = 0 WHERE oprname = '<>' AND oprleft = 'nps_summary'::regtype" ],
	[ 'a member of a family', 'UPDATE pg_amop SET amopstrategy = 5 WHERE amopstrategy = 1 AND amoplefttype = ' . "'timing_summary'::regtype AND amopmethod = (SELECT oid FROM pg_am WHERE amname = 'hash')" ],
	[ 'a support function', "UPDATE pg_amproc SET amproc = 'int4larger(int4, int4)'::regprocedure WHERE amproclefttype = 'nps_summary'::regtype AND amprocnum = 2" ],
	[ 'a default class', "UPDATE pg_opclass SET opcdefault = false WHERE opcintype = 'event_journey'::regtype" ],
	[ 'a cast', "UPDATE pg_cast SET castcontext = 'a' WHERE castsource = 'nps_summary'::regtype" ],
	[ 'a schema', 'CREATE SCHEMA other; ALTER EXTENSION cxux SET SCHEMA other' ],
	[ 'a dependency', q{DELETE FROM pg_depend WHERE deptype = 'n' AND objid = 'event_rate(bigint,float8,float8)'::regprocedure OR refobjid = 'int4larger(int4, int4)'::regprocedure OR ctid = (SELECT min(ctid) FROM pg_depend WHERE deptype = 'n' AND objid = 'completion(task_summary)'::regprocedure)} ],
	[ 'a version', "UPDATE pg_extension SET extversion = '0.9' WHERE extname = 'cxux'" ])
{
	my ($what, $script) = @$plant;
	my @planted = catalog_of($database, $script);
	my @found = grep { !/^. ERROR/ } difference(\@planted, \@fresh);
	ok(@planted > 5000 && @found > 0, "seen: $what: " . @found . ' lines') or diag first_few(@planted);
}

# What is stored, and stands on it

my $use = <<'SQL';
SET client_min_messages = warning;
CREATE VIEW monthly AS SELECT touchpoint, (report(rollup(nps_summary))).*, rollup(timing_summary) AS t FROM stored GROUP BY touchpoint;
CREATE MATERIALIZED VIEW rates AS SELECT touchpoint, (event_rate(sum(clicks)::bigint, count(*)::float8)).* FROM survey GROUP BY touchpoint;
CREATE TABLE checked (s rate_summary CHECK (n(s) >= 0), g float8 GENERATED ALWAYS AS (share(s)) STORED, d nps_summary DEFAULT nps_summary(1, 2, 3));
INSERT INTO checked (s) VALUES (rate_summary(3, 4));
CREATE INDEX ON stored (score(nps_summary));
CREATE FUNCTION of_ours(x nps_summary) RETURNS float8 LANGUAGE sql AS 'SELECT score($1)';
CREATE AGGREGATE of_ours_too(nps_summary) (SFUNC = merge, STYPE = nps_summary);
SELECT live_rollup('survey', 'live', '{touchpoint}', 'nps(answer)', 'rate(done, weight) AS done', 'timing(seconds, finished) AS t', 'count(*) AS answers')::text;
SQL
my $asked = slurp("$here/scale/asked.sql") . <<'SQL';
SELECT * FROM monthly ORDER BY touchpoint;
SELECT * FROM rates ORDER BY touchpoint;
SELECT s, g, d FROM checked;
SELECT touchpoint, of_ours(nps), nps, done, md5(t::text), answers FROM live ORDER BY touchpoint;
SELECT of_ours_too(nps_summary) FROM stored;
SQL
my $is_live = q{SELECT count(*) FROM ((SELECT touchpoint, nps, done, t, answers FROM live EXCEPT ALL SELECT touchpoint, nps(answer), rate(done, weight), timing(seconds, finished), count(*) FROM survey GROUP BY touchpoint) UNION ALL (SELECT touchpoint, nps(answer), rate(done, weight), timing(seconds, finished), count(*) FROM survey GROUP BY touchpoint EXCEPT ALL SELECT touchpoint, nps, done, t, answers FROM live)) AS d};
for my $release (@releases)
{
	my $stored = new_database("stored_$release");
	psql("CREATE EXTENSION cxux VERSION '$release'", $stored);
	is(psql('SET client_min_messages = warning', $stored, "-f '$here/scale/stored.sql'"), '', "$release: a database that uses it");
	is(psql($use, $stored), 'live', "$release: with views, a live roll-up and more");
	# Every aggregate of the release runs in this library, with what the release calls it with.
	my $every = "SELECT format('SELECT %L, count(r) FROM (SELECT %s AS r FROM %s) AS s', signature, call, source) FROM every_aggregate WHERE call IS NOT NULL ORDER BY signature COLLATE \"C\" \\gexec";
	my @aggregates = split /\n/, psql($every, $stored);
	is(join("\n", grep { !/\|[1-9]/ } @aggregates), '', "$release: aggregates run: " . @aggregates);
	is(scalar @aggregates, psql("SELECT count(*) FROM pg_aggregate AS a JOIN pg_depend AS d ON d.objid = a.aggfnoid AND d.deptype = 'e' JOIN pg_proc AS p ON p.oid = a.aggfnoid WHERE proname !~ '^svg_'", $stored), "$release: all but those that draw");
	my $before = psql($asked, $stored);
	cmp_ok(() = $before =~ /\n/g, '>', 80, "$release: answers");
	unlike($before, qr/ERROR/, "$release: without an error");
	# A session that has asked before goes on.
	is(psql("PREPARE p AS SELECT score(rollup(nps_summary)) > -100 FROM stored; EXECUTE p; BEGIN; ALTER EXTENSION cxux UPDATE; EXECUTE p; COMMIT; EXECUTE p", $stored), "t\nt\nt", "$release: updated within a session that uses it");
	is(psql($asked, $stored), $before, "$release, updated: the same answers, through the same indexes");
	is(psql($is_live, $stored), '0', "$release, updated: the live roll-up is right");
	is(psql("INSERT INTO survey SELECT * FROM survey WHERE answer > 6 LIMIT 50; DELETE FROM survey WHERE seconds > 200; UPDATE survey SET done = NOT done WHERE answer = 3; $is_live; REFRESH MATERIALIZED VIEW CONCURRENTLY daily; REFRESH MATERIALIZED VIEW rates; SELECT recompute_live_rollup('live') IS NOT NULL; $is_live", $stored), "0\nt\n0", "$release, updated: and goes on, as do the views");
	is(psql("SELECT ratio FROM compare_event_rates(3, 2, 4, 8)", $stored), '3', "$release, updated: what is new is there");
	my $copy = new_database("copy_$release");
	is(system("pg_dump -d '$stored' -Fc -f '$ENV{CXUX_TMP}/upgrade.dump' && pg_restore -d '$copy' --exit-on-error '$ENV{CXUX_TMP}/upgrade.dump'"), 0, "$release, updated: dumped and restored");
	is(first_few(difference([ catalog_of($copy) ], \@fresh)), '', "$release, updated: the copy has a fresh catalog");
	system("dropdb '$_'") for $stored, $copy;
}

# The regression tests, with the SQL of a release and the newest library: what they print is what they print
# with the newest SQL, but for calls of what the release did not have, and lists of what there is, which are
# shorter.

{
	my $print = sub {
		my ($of, $options) = @_;
		my $own = new_database("printed_$of");
		psql("CREATE EXTENSION cxux $options", $own);
		psql("ALTER DATABASE \"$own\" SET timezone = 'PST8PDT'; ALTER DATABASE \"$own\" SET datestyle = 'Postgres, MDY'", $own);
		my $file = "$ENV{CXUX_TMP}/printed.$of";
		system("for file in '$root'/sql/*.sql; do psql -X -a -q -d '$own' <\"\$file\"; done >'$file' 2>&1; dropdb '$own'");
		return $file;
	};
	my $of_newest = $print->('newest', '');
	cmp_ok(() = slurp($of_newest) =~ /\n/g, '>', 10000, 'what the regression tests print');
	for my $release (@releases)
	{
		my $of_release = $print->($release, "VERSION '$release'");
		my @lines = split /\n/, `diff -U0 '$of_newest' '$of_release'`;
		my @more = grep { !/^\+(?:ERROR:  (?:function|type|operator|aggregate) .* does not exist|LINE \d+: .*|HINT:  .*|DETAIL:  There is no function of that name\.|\s*\^|42883|42704|\(\d+ rows?\)|)$/ } grep { /^\+(?!\+\+ )/ } @lines;
		is(first_few(@more), '', "$release: they print the same with its SQL");
		my @new = grep { /^\+ERROR/ } @lines;
		cmp_ok(scalar @new, '>=', $release eq '1.0.0' ? 15 : 0, "$release: but for " . @new . ' calls of what is new');
	}
}

# In a schema of its own, by a plain role

{
	my $role = "${base}_plain";
	psql("CREATE ROLE \"$role\" LOGIN", $fresh);
	my $install = sub {
		my ($name, @steps) = @_;
		my $own = new_database($name);
		psql("GRANT CREATE ON DATABASE \"$own\" TO \"$role\"", $own);
		is(psql('CREATE SCHEMA "Customer Experience"', $own, '-U', "'$role'"), '', "$name: a schema");
		is(psql("SET search_path = pg_temp; $_", $own, '-U', "'$role'"), '', "$name: $_") for @steps;
		return $own;
	};
	my $new = $install->('own_fresh', 'CREATE EXTENSION cxux SCHEMA "Customer Experience"');
	my @new = catalog_of($new);
	for my $release (@releases)
	{
		my $own = $install->("own_$release", "CREATE EXTENSION cxux SCHEMA \"Customer Experience\" VERSION '$release'", 'CREATE TABLE "Customer Experience".kept AS SELECT "Customer Experience".nps(9) AS x',
			'ALTER EXTENSION cxux UPDATE', 'DROP TABLE "Customer Experience".kept');
		is(first_few(difference([ catalog_of($own) ], \@new)), '', "$release, updated by a plain role in its schema: the same catalog");
		is(psql('SELECT (compare).ratio FROM (SELECT "Customer Experience".compare_event_rates(3, 2, 4, 8) AS compare) AS c; DROP EXTENSION cxux', $own, '-U', "'$role'"), '3', "$release: used and dropped by it");
		system("dropdb '$own'");
	}
	system("dropdb '$new'");
	psql("DROP ROLE \"$role\"", $fresh);
}
system("dropdb '$_'") for values %upgraded, $fresh;

done_testing;
