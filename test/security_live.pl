#!/usr/bin/perl
# Live roll-ups among roles that do not trust each other: whose rights count, what a table of somebody
# else can make of them, names that try to be SQL, what stands in the way of a name while somebody writes.
use strict;
use warnings;
use lib 'test';
use Psql;
use Test::More;

my $base = $ENV{PGDATABASE};
# 19 has standard strings only.
my $oldest = $ENV{PG_MAJOR} < 19 ? 'off' : 'on';
my @roles = map { "${base}_$_" } qw(owner writer mallory reader);
my ($owner, $writer, $mallory, $reader) = @roles;

sub psql
{
	my ($script, $role) = @_;
	return Psql::psql($script, '-v VERBOSITY=terse', '-U', $role // 'postgres');
}

# Runs what must give an error, and must leave nothing behind
sub refused
{
	my ($script, $role, $pattern, $what) = @_;
	like(psql($script, $role), $pattern, $what);
	return;
}

psql(join '', map { "CREATE ROLE $_ LOGIN; GRANT CREATE ON DATABASE \"$base\" TO $_;" } @roles);
is(psql(<<"SQL", $owner), '', 'a roll-up of one who is no superuser');
CREATE SCHEMA app;
GRANT USAGE ON SCHEMA app TO PUBLIC;
CREATE TABLE app.survey (day int, person text, recommend int, salary int);
SELECT live_rollup('app.survey', 'app.daily', '{day}', 'nps(recommend)', 'count(*) AS answers') \\gset
SELECT live_rollup('app.survey', 'app.slow', '{day}', 'sample(recommend)') \\gset
INSERT INTO app.survey SELECT i % 3, 'p' || i, i % 11, i FROM generate_series(1, 30) AS i;
SQL
my $truth = 'SELECT count(*) FROM ((SELECT day, nps, answers, row_count FROM app.daily) EXCEPT (SELECT day, nps(recommend), count(*), count(*) FROM app.survey GROUP BY day)) AS d';
is(psql($truth), '0', 'which is current');

# A trigger of somebody else's table that names a roll-up: its word does not count, whoever recomputes
is(psql(<<"SQL", $mallory), '', 'a view with code behind it, and a trigger that says it is the source');
CREATE SCHEMA evil;
GRANT USAGE, CREATE ON SCHEMA evil TO PUBLIC;
CREATE TABLE evil.log (role text);
GRANT ALL ON evil.log TO PUBLIC;
CREATE FUNCTION evil.code() RETURNS int LANGUAGE plpgsql AS 'BEGIN INSERT INTO evil.log VALUES (current_user); RETURN 666; END';
CREATE VIEW evil.v AS SELECT evil.code() AS day, 5 AS recommend;
GRANT SELECT ON evil.v TO PUBLIC;
CREATE TRIGGER x AFTER INSERT ON evil.v FOR EACH STATEMENT WHEN ('app.daily'::regclass <> 'evil.v'::regclass) EXECUTE FUNCTION live_rollup_maintain('day', 'nps(recommend) AS nps', 'count(*) AS answers');
CREATE TYPE evil.mood AS ENUM ('a', 'b');
CREATE FUNCTION evil.mood_int(evil.mood) RETURNS int LANGUAGE sql AS 'SELECT evil.code()';
CREATE CAST (evil.mood AS int) WITH FUNCTION evil.mood_int(evil.mood) AS IMPLICIT;
CREATE TABLE evil.t (day int, recommend evil.mood);
GRANT ALL ON evil.t TO PUBLIC;
INSERT INTO evil.t VALUES (1, 'a');
CREATE TRIGGER x AFTER INSERT ON evil.t REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT WHEN ('app.daily'::regclass <> 'evil.t'::regclass) EXECUTE FUNCTION live_rollup_maintain('day', 'nps(recommend) AS nps', 'count(*) AS answers');
CREATE TRIGGER y AFTER UPDATE ON evil.t FOR EACH STATEMENT WHEN ('app.daily'::regclass <> 'app.survey'::regclass) EXECUTE FUNCTION live_rollup_maintain('day', 'nps(salary) AS nps', 'count(*) AS answers');
CREATE TRIGGER z AFTER DELETE ON evil.t FOR EACH STATEMENT WHEN ('app.daily'::regclass <> 'evil.t'::regclass) EXECUTE FUNCTION live_rollup_maintain('day', 'no measure at all');
SQL
for my $role ('postgres', $owner)
{
	is(psql("SELECT recompute_live_rollup('app.daily')", $role), '3', "$role: recomputed from the source");
	is(psql("TABLE evil.log; $truth"), '0', "$role: and by no code of others");
}
{
	my $slowdown = $ENV{CXUX_SLOWDOWN} // 1;
	my ($held, $limit) = (2 * $slowdown, $slowdown);
	my $locked = "BEGIN; LOCK TABLE evil.t, evil.v; SELECT pg_sleep($held); COMMIT";
	my $pid = fork // die $!;
	if (!$pid) { psql($locked, $mallory); exec 'true'; }
	select undef, undef, undef, 0.5 * $slowdown;
	is(psql("SET statement_timeout = '${limit}s'; SELECT recompute_live_rollup('app.daily')", $owner), '3', 'locks of others on their tables are not waited for');
	waitpid $pid, 0;
}
refused("SELECT recompute_live_rollup('app.daily', 'evil.v')", 'postgres', qr/^ERROR:  cannot keep a live roll-up of "v"/, 'a view is none even if it is named');
refused("SELECT recompute_live_rollup('app.daily', 'app.slow')", 'postgres', qr/^ERROR:  "app.daily" is not a live roll-up/, 'a table that has no triggers is no source');
is(psql("SELECT recompute_live_rollup('app.daily', 'app.survey')"), '3', 'the source may be named');
is(psql("SELECT recompute_live_rollup(NULL, 'app.survey') IS NULL, recompute_live_rollup('app.daily', NULL) IS NULL"), 't|t', 'NULL does nothing');
# a plain table that others say they keep
psql('CREATE TABLE app.plain (day int, nps nps_summary, answers bigint, row_count bigint)', $owner);
psql("CREATE TRIGGER p AFTER INSERT ON evil.t REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT WHEN ('app.plain'::regclass <> 'evil.t'::regclass) EXECUTE FUNCTION live_rollup_maintain('day', 'nps(recommend) AS nps', 'count(*) AS answers')", $mallory);
refused("SELECT recompute_live_rollup('app.plain')", $_, qr/^ERROR:  source of live roll-up "app.plain" belongs to another role/, "$_: one trigger of another role makes no roll-up") for 'postgres', $owner;
refused("SELECT drop_live_rollup('app.plain')", $owner, qr/^ERROR:  source of live roll-up "app.plain" belongs to another role/, 'nor is it dropped by who owns neither');
is(psql('TABLE evil.log'), '', 'no code of others has run');
# Dropping: one's own triggers, those of others left out
is(psql("BEGIN; SELECT drop_live_rollup('app.daily'); SELECT count(*) FROM pg_trigger WHERE tgrelid = 'app.survey'::regclass; ROLLBACK", $owner), "\n4", 'triggers of others are not in the way of dropping');
is(psql("BEGIN; SELECT drop_live_rollup('app.daily'); SELECT count(*) FROM pg_trigger WHERE tgfoid = 'live_rollup_maintain'::regproc; ROLLBACK"), "\n5", 'a superuser drops all that name it');
# Made by one role of another's table: named, it is recomputed
is(psql("SELECT live_rollup('app.survey', 'app.by_admin', '{day}', 'nps(recommend)'); GRANT ALL ON app.by_admin TO $owner"), 'app.by_admin', 'a superuser makes one of a table of somebody else');
refused("SELECT recompute_live_rollup('app.by_admin')", 'postgres', qr/^ERROR:  source of live roll-up "app.by_admin" belongs to another role/, 'the owner of which could be after the superuser');
is(psql("SELECT recompute_live_rollup('app.by_admin', 'app.survey')"), '3', 'who names it has looked');
is(psql("ALTER TABLE app.by_admin OWNER TO $owner; SELECT recompute_live_rollup('app.by_admin'); SELECT drop_live_rollup('app.by_admin', true)"), "3\n", 'or gives it to that owner');
# A member of the owner's role, the other way round
psql("GRANT $owner TO $writer");
psql("CREATE TABLE app.of_member (day int); ALTER TABLE app.of_member OWNER TO $writer");
is(psql("SET ROLE $writer; SELECT live_rollup('app.of_member', 'app.by_member', '{day}', 'count(*)'); RESET ROLE; ALTER TABLE app.by_member OWNER TO $owner; SELECT recompute_live_rollup('app.by_member')"), "app.by_member\n0", 'who can act as the owner of the roll-up is believed');
psql("GRANT $mallory TO $owner", $mallory);
refused("SELECT recompute_live_rollup('app.plain')", $owner, qr/belongs to another role/, 'but not who lets the owner act as himself');
psql("REVOKE $owner FROM $writer; REVOKE $mallory FROM $owner; SELECT drop_live_rollup('app.by_member', true); DROP TABLE app.of_member; SET client_min_messages = error; DROP TABLE app.plain CASCADE; DROP TABLE evil.t, evil.v CASCADE; DROP VIEW evil.v CASCADE; DROP TABLE evil.t CASCADE");

# A partition of somebody else: its rows are counted, its word is not
psql("CREATE TABLE app.parted (day int, v int) PARTITION BY LIST (day); CREATE TABLE app.part PARTITION OF app.parted FOR VALUES IN (1); CREATE TABLE app.rest PARTITION OF app.parted DEFAULT; INSERT INTO app.parted VALUES (1, 1), (2, 2); SELECT live_rollup('app.parted', 'app.by_day', '{day}', 'count(*) AS n'); GRANT USAGE, CREATE ON SCHEMA app TO $mallory", $owner);
psql("ALTER TABLE app.part OWNER TO $mallory");
is(psql("CREATE TRIGGER zz AFTER INSERT ON app.part REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT WHEN ('app.by_day'::regclass <> 'app.part'::regclass) EXECUTE FUNCTION live_rollup_maintain('day', 'count(*) AS n')", $mallory), '', 'the owner of a partition says that it is the whole');
is(psql("SELECT recompute_live_rollup('app.by_day'), (SELECT count(*) FROM app.by_day)", $_), '2|2', "$_: it is not") for 'postgres', $owner;
refused("SELECT drop_live_rollup('app.by_day')", $owner, qr/^ERROR:  must be owner of (table|relation) part/, 'no trigger is left behind in silence');
is(psql("SELECT drop_live_rollup('app.by_day', true); SELECT count(*) FROM pg_trigger WHERE tgrelid IN ('app.parted'::regclass, 'app.part'::regclass); DROP TABLE app.parted"), "\n0", 'a superuser drops all');
psql("REVOKE CREATE ON SCHEMA app FROM $mallory", $owner);

# Whose rights: the writer's, looked at each time
psql("GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON app.survey TO $writer, $mallory; GRANT SELECT, INSERT, UPDATE, DELETE ON app.daily, app.slow TO $writer", $owner);
is(psql("INSERT INTO app.survey VALUES (1, 'w', 9, 1)", $writer), '', 'who has rights on all of them writes');
refused("INSERT INTO app.survey VALUES (1, 'm', 9, 1)", $mallory, qr/^ERROR:  permission denied for live roll-up "daily"/, 'who has none on the roll-up does not');
psql("GRANT $writer, $mallory TO $reader");
refused("SET ROLE $writer; INSERT INTO app.survey VALUES (1, 'w', 9, 1); SET ROLE $mallory; INSERT INTO app.survey VALUES (1, 'm', 9, 1)", $reader, qr/^ERROR:  permission denied for live roll-up "daily"$/, 'a plan that is kept gives no rights to the next role of the session');
for my $right (qw(SELECT INSERT UPDATE DELETE))
{
	psql("REVOKE $right ON app.daily FROM $writer", $owner);
	refused("INSERT INTO app.survey VALUES (1, 'w', 9, 1)", $writer, qr/^ERROR:  permission denied for live roll-up "daily"/, "nor without $right");
	psql("GRANT $right ON app.daily TO $writer", $owner);
}
psql("CREATE FUNCTION app.answer(int, int) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'INSERT INTO app.survey VALUES (\$1, ''definer'', \$2, 0)'", $owner);
is(psql("SELECT app.answer(1, 10)", $mallory), '', 'a function with the rights of the owner writes for others');
is(psql($truth), '0', 'and all is counted');
refused("SELECT * FROM app.daily", $mallory, qr/permission denied/, 'who gets no more to see by it');
# Columns: the trigger reads what the statement wrote; what computes anew reads the table with the writer's rights
psql("REVOKE ALL ON app.survey FROM $mallory; GRANT INSERT (day, recommend), SELECT (day) ON app.survey TO $mallory; GRANT SELECT, INSERT, UPDATE, DELETE ON app.daily, app.slow TO $mallory", $owner);
is(psql("INSERT INTO app.survey (day, recommend) VALUES (2, 3)", $mallory), '', 'who may insert needs no right to read');
psql("GRANT DELETE ON app.survey TO $mallory", $owner);
refused("DELETE FROM app.survey WHERE day = 2", $mallory, qr/^ERROR:  permission denied for table survey/, 'but has to have it where groups are computed anew');
refused("SELECT live_rollup('app.survey', 'evil.mine', '{day}', 'nps(recommend)')", $mallory, qr/^ERROR:  (permission denied|must be owner)/, 'and makes no roll-up of what he may not read');
psql("GRANT TRIGGER, UPDATE (day), TRUNCATE ON app.survey TO $mallory", $owner);
refused("SELECT live_rollup('app.survey', 'evil.mine', '{day}', 'sample(salary)')", $mallory, qr/^ERROR:  permission denied for table survey/, 'nor with the right to make triggers');
is(psql("SELECT to_regclass('evil.mine')"), '', 'there is none');
psql("REVOKE ALL ON app.survey, app.daily, app.slow FROM $mallory; REVOKE ALL (day, recommend) ON app.survey FROM $mallory", $owner);

# Rows that are hidden: a roll-up is of all rows or is not made
psql("ALTER TABLE app.survey ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON app.survey USING (person = current_user); GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER ON app.survey TO $mallory; GRANT SELECT, INSERT, UPDATE, DELETE ON app.daily, app.slow TO $mallory", $owner);
refused("SELECT live_rollup('app.survey', 'evil.mine', '{day}', 'nps(recommend)')", $mallory, qr/^ERROR:  row-level security of table "survey" would hide rows/, 'who sees some of the rows makes no roll-up');
refused("INSERT INTO app.survey VALUES (1, '$mallory', 3, 0); DELETE FROM app.survey", $mallory, qr/^ERROR:  row-level security of table "survey" would hide rows/, 'nor computes groups anew');
refused("SET row_security = off; DELETE FROM app.survey", $mallory, qr/^ERROR:  .*row-level security/, 'nor by switching it off');
is(psql($truth), '0', 'and nothing was counted');
psql("ALTER TABLE app.survey DISABLE ROW LEVEL SECURITY; REVOKE ALL ON app.survey, app.daily, app.slow FROM $mallory", $owner);

# What stands before a name: tables, functions, operators and settings of who writes
is(psql(<<"SQL", $writer), '', 'a writer with names of the trigger in front of all');
CREATE SCHEMA trap;
CREATE FUNCTION trap.sprung() RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''sprung''; END';
CREATE FUNCTION trap.count(int) RETURNS bigint LANGUAGE sql AS 'SELECT trap.sprung()';
CREATE FUNCTION trap.counted(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT trap.sprung()';
CREATE AGGREGATE trap.count(*) (SFUNC = trap.counted, STYPE = bigint);
CREATE FUNCTION trap.nps(int) RETURNS nps_summary LANGUAGE sql AS 'SELECT nps_summary(trap.sprung(), 0, 0)';
CREATE FUNCTION trap.merge(nps_summary, nps_summary) RETURNS nps_summary LANGUAGE sql AS 'SELECT nps_summary(trap.sprung(), 0, 0)';
CREATE FUNCTION trap.plus(bigint, bigint) RETURNS bigint LANGUAGE sql AS 'SELECT trap.sprung()';
CREATE FUNCTION trap.same(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT trap.sprung() > 0';
CREATE OPERATOR trap.+ (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = trap.plus);
CREATE OPERATOR trap.- (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = trap.plus);
CREATE OPERATOR trap.= (LEFTARG = int, RIGHTARG = int, FUNCTION = trap.same);
CREATE OPERATOR trap.< (LEFTARG = int, RIGHTARG = int, FUNCTION = trap.same);
CREATE TEMP TABLE new_rows (day int, recommend int);
CREATE TEMP TABLE old_rows (day int, recommend int);
CREATE TEMP TABLE survey (LIKE app.survey);
CREATE TEMP TABLE daily (LIKE app.daily);
CREATE TEMP VIEW g AS SELECT trap.sprung() AS day;
CREATE TEMP VIEW t AS SELECT trap.sprung() AS day;
SET search_path = trap, pg_temp, pg_catalog, public;
SET standard_conforming_strings = $oldest;
SET quote_all_identifiers = on;
SET transform_null_equals = on;
SET DateStyle = 'SQL, DMY';
SET extra_float_digits = -15;
INSERT INTO app.survey VALUES (7, 'w', 9, 1), (8, 'w', NULL, 1), (NULL, 'w', 3, 1);
UPDATE app.survey SET recommend = 0 WHERE person OPERATOR(pg_catalog.=) 'w';
UPDATE app.survey SET day = NULL WHERE person OPERATOR(pg_catalog.=) 'p4';
DELETE FROM app.survey WHERE person OPERATOR(pg_catalog.=) 'w';
SQL
is(psql($truth), '0', 'what it means is still meant');
# A better match in the schema of the extension itself is an error, and never called
psql("GRANT CREATE ON SCHEMA public TO $mallory; CREATE TABLE app.narrow (day int, v varchar(10)); GRANT ALL ON app.narrow TO PUBLIC; SELECT live_rollup('app.narrow', 'app.reasons', '{day}', 'choices(v)') \\gset");
is(psql("INSERT INTO app.narrow VALUES (1, 'a')"), '', 'before');
psql("CREATE FUNCTION public.sprung(text, varchar) RETURNS text LANGUAGE plpgsql AS 'BEGIN INSERT INTO evil.log VALUES (current_user); RETURN ''''; END'; CREATE AGGREGATE public.choices(varchar) (SFUNC = public.sprung, STYPE = text)", $mallory);
refused("INSERT INTO app.narrow VALUES (1, 'a')", 'postgres', qr/^ERROR:  aggregate choices\(character varying\) does not exist/, 'an aggregate of others with the name of one of cxux');
is(psql('TABLE evil.log'), '', 'is not called');
psql("DROP OWNED BY $mallory; REVOKE CREATE ON SCHEMA public FROM $mallory; DROP TABLE app.narrow, app.reasons");

# Names that try to be SQL
my @names = ('"; DROP TABLE app.survey; --', "'); DROP TABLE app.survey; --", '$$; DROP TABLE app.survey; $$', "\\'; DROP TABLE app.survey; --", 'select', 'a.b', 'old_rows', 'new_rows', 'r', "x\ty\nz", '%s%n', 'a"b"c', 'EXCLUDED', "\xc3\xa9\xe2\x80\xae", 'x' x 63);
for my $strings ($oldest eq 'off' ? qw(on off) : 'on')
{
	my $i = 0;
	for my $name (grep { $strings eq 'on' || /[\\']/ } @names)
	{
		$i++;
		my $quoted = '"' . ($name =~ s/"/""/gr) . '"';
		my $literal = sub { 'E' . "'" . ($_[0] =~ s/([\\'])/$1$1/gr) . "'" };
		my $array = $literal->('{"' . ($name =~ s/([\\"])/\\$1/gr) . '"}');
		my $output = psql("SET standard_conforming_strings = $strings; CREATE SCHEMA $quoted; CREATE TABLE $quoted.$quoted ($quoted text, " . '"value" int); SELECT live_rollup(' . $literal->("$quoted.$quoted") . ', ' . $literal->("$quoted.\"roll $i\"") . ", $array, 'nps(value) AS \"m\"', " . $literal->("count($quoted) AS " . (length $name > 62 ? '"c"' : '"c' . substr($quoted, 1))) . ", 'sample(value)') IS NOT NULL;"
			. "INSERT INTO $quoted.$quoted VALUES ('a', 1), ('a', 9), (NULL, 10); UPDATE $quoted.$quoted SET $quoted = 'b' WHERE value = 9; DELETE FROM $quoted.$quoted WHERE value = 1; SELECT count(*), sum(row_count), sum(n(m)) FROM $quoted.\"roll $i\"; SELECT recompute_live_rollup(" . $literal->("$quoted.\"roll $i\"") . "); SELECT drop_live_rollup(" . $literal->("$quoted.\"roll $i\"") . ", true); SET client_min_messages = error; DROP SCHEMA $quoted CASCADE", $owner);
		is($output, "t\n2|2|2\n2\n", "strings $strings: a name is a name, " . ($name =~ s/\s/ /gr));
	}
}
is(psql($truth), '0', 'all is still there');

# The owner of a roll-up is the owner of a table: what he hangs on it runs for who writes, as everywhere
psql("CREATE TABLE app.seen_by (role text); GRANT INSERT ON app.seen_by TO PUBLIC; CREATE FUNCTION app.note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO app.seen_by VALUES (current_user); RETURN NEW; END'; CREATE TRIGGER note BEFORE INSERT ON app.daily FOR EACH ROW EXECUTE FUNCTION app.note()", $owner);
psql("INSERT INTO app.survey VALUES (1, 'w', 9, 1)", $writer);
is(psql('SELECT DISTINCT role FROM app.seen_by'), $writer, 'a trigger on the roll-up runs as the writer, as SECURITY.md says');

psql("SET client_min_messages = error; DROP SCHEMA app, evil, trap CASCADE");
psql("DROP OWNED BY $_; DROP ROLE $_") for @roles;
is(psql("SELECT count(*) FROM pg_roles WHERE rolname LIKE '${base}\\_%'"), '0', 'all is put back');
done_testing;
