#!/usr/bin/perl
# Compares doc/ with the catalog: every public function, aggregate, operator, cast and type of the
# extension is described, with its arguments, on the page where one looks for it; every object has
# a comment; the documents name no function that does not exist.
# Needs a database with the extension (see server.sh); the current directory is the checkout.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use lib dirname(abs_path($0));
use DocPages;
use Test::More;

sub query
{
	my $sql = shift;
	open my $in, '-|', 'psql', qw(-X -q -A -t -v ON_ERROR_STOP=1 -c), $sql or die "psql: $!\n";
	chomp(my @rows = <$in>);
	close $in or die "psql failed\n";
	return map { [ split /\|/, $_, -1 ] } @rows;
}

# The message of a statement that must fail.
sub failure
{
	my $sql = shift;
	open my $in, '-|', 'psql -X -q -v ON_ERROR_STOP=1 2>&1 <<"END"' . "\n$sql;\nEND\n"
		or die "psql: $!\n";
	local $/;
	return scalar <$in>;
}

my @files = pages();
my (%heading, %spans, %sql);
for my $file (@files)
{
	my $language;
	for my $line (read_lines($file))
	{
		if ($line =~ /^\s*```+\s*(\w*)/)
		{
			$language = defined $language ? undef : $1;
		}
		elsif (defined $language)
		{
			$sql{$file} .= "$line\n" if $language eq 'sql';
		}
		elsif ($line !~ /^    \S/)
		{
			if ($line =~ /^#+\s+(.*?)\s*$/)
			{
				push @{ $heading{$file} }, $1 =~ /`([^`]+)`/g;
			}
			$spans{$file} .= "$line\n";
		}
	}
	# A code span may go over the end of a line.
	$spans{$file} = join "\n", map { s/\s+/ /gr } $spans{$file} =~ /`([^`]+)`/g;
}
# The pages that describe functions: not the list of all of them, which is made of the catalog, nor what gathers
# words from the others, or asks them
my @doc = grep { m{^doc/(?!README|functions|limits|troubleshooting|upgrading|coding_assistants)\w+\.md$} } @files;

my $member = q{
	FROM pg_depend AS d JOIN pg_extension AS e
		ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass AND e.extname = 'cxux'
	WHERE d.deptype = 'e'};
# Each type has a page of its own: of nps_summary it is doc/nps.md, of step_pattern doc/pattern.md, of
# event_journey doc/journey.md.
my @types = map { $_->[0] } query("SELECT t.typname FROM pg_type AS t WHERE t.typtype = 'b' AND t.typelem = 0 AND t.oid IN
	(SELECT d.objid $member AND d.classid = 'pg_type'::regclass) ORDER BY 1");
cmp_ok(scalar @types, '>=', 5, 'the extension has types');
my %page = map { $_ => 'doc/' . s/_summary$|^(step|event)_//r . '.md' } @types;
# An aggregate over journeys that gives another type is on the page of what it gives.
my %more_pages = (event_journey => ['doc/flow.md', 'doc/retention.md']);
my $support = '^(' . join('|', @types) . ')_';

# Functions: what takes a summary is on the page of its type, or on one of its subpages (of doc/journey.md
# those are doc/journey_*.md); the rest is anywhere. The columns of a result are those of its arguments
# or of its type.
my @functions = query(qq{
	SELECT p.proname, p.pronargs - p.pronargdefaults, p.pronargs,
		coalesce((SELECT string_agg(a.name, ',' ORDER BY a.place)
			FROM unnest(p.proargnames, p.proargmodes) WITH ORDINALITY AS a(name, mode, place)
			WHERE a.mode IS NULL OR a.mode IN ('i', 'b', 'v')), ''),
		coalesce((SELECT t.typname FROM pg_type AS t WHERE t.oid = p.proargtypes[0]
			AND t.typelem = 0 AND t.oid IN (SELECT d.objid $member AND d.classid = 'pg_type'::regclass)), ''),
		p.oid::regprocedure,
		coalesce((SELECT string_agg(a.name, ',' ORDER BY a.place)
			FROM unnest(p.proargnames, p.proargmodes) WITH ORDINALITY AS a(name, mode, place)
			WHERE a.mode IN ('o', 'b')),
			(SELECT string_agg(a.attname, ',' ORDER BY a.attnum) FROM pg_type AS t
				JOIN pg_attribute AS a ON a.attrelid = t.typrelid WHERE t.oid = p.prorettype), '')
	FROM pg_proc AS p
	WHERE p.oid IN (SELECT d.objid $member AND d.classid = 'pg_proc'::regclass)
		AND p.proname !~ '$support'
		AND p.oid NOT IN (SELECT unnest(ARRAY[aggtransfn, aggfinalfn, aggcombinefn]::oid[]) FROM pg_aggregate)
	ORDER BY p.proname, p.oid::regprocedure::text});
cmp_ok(scalar @functions, '>', 100, 'the extension has functions');
for my $function (@functions)
{
	my ($name, $least, $most, $names, $type, $full, $columns) = @$function;
	my @pages = $type ? ($page{$type}, glob($page{$type} =~ s/\.md$/_*.md/r), @{ $more_pages{$type} // [] }) : @doc;
	my (%arity, %named, @wrong);
	for my $span (map { @{ $heading{$_} // [] } } @pages)
	{
		my ($n, $arguments, $needed) = signature($span) or next;
		next unless $n eq $name;
		push @{ $arity{$_} }, $arguments for $needed .. @$arguments;
	}
	for my $count ($least .. $most)
	{
		my $arguments = $arity{$count};
		if (!$arguments)
		{
			push @wrong, "no heading of @pages has $name with $count argument(s)";
		}
		elsif ($names ne '' && !grep { join(',', @$_[ 0 .. $count - 1 ])
			eq join(',', (split /,/, $names)[ 0 .. $count - 1 ]) } @$arguments)
		{
			push @wrong, "its arguments are called $names, and not " . join ' or ', map { "@$_" } @$arguments;
		}
	}
	for my $column (split /,/, $columns)
	{
		push @wrong, "column $column is not described"
			unless grep { ($spans{$_} // '') =~ /^\Q$column\E$/m } @pages, 'doc/verbs.md';
	}
	ok(!@wrong, "$full is documented") or diag(join "\n", @wrong);
}

# Headings: they describe nothing that does not exist.
my %exists;
for my $function (@functions)
{
	$exists{ $function->[0] }{$_} = 1 for $function->[1] .. $function->[2];
}
for my $file (@doc)
{
	for my $span (@{ $heading{$file} // [] })
	{
		my ($name, $arguments, $needed) = signature($span) or next;
		my @wrong = grep { !$exists{$name}{$_} } $needed .. @$arguments;
		ok(!@wrong, "$file: $span exists") or diag("not with @wrong argument(s)");
	}
}

# Operators, casts, types
my %operator;
$operator{$_} = 1 for map { /^a (\S+) b$/ } map { @{ $heading{$_} // [] } } @doc;
ok($operator{ $_->[0] }, "operator $_->[1] is documented")
	for query("SELECT o.oprname, o.oid::regoperator FROM pg_operator AS o WHERE o.oid IN
		(SELECT d.objid $member AND d.classid = 'pg_operator'::regclass) ORDER BY 2");
my %cast;
$cast{$_} = 1 for map { /^x::(\w+)$/ } map { @{ $heading{$_} // [] } } @doc;
ok($cast{ $_->[1] }, "cast from $_->[0] to $_->[1] is documented")
	for query("SELECT c.castsource::regtype, c.casttarget::regtype FROM pg_cast AS c WHERE c.oid IN
		(SELECT d.objid $member AND d.classid = 'pg_cast'::regclass) ORDER BY 1, 2");
for my $type (@types)
{
	ok((grep { $_ eq $type } @{ $heading{ $page{$type} } // [] }), "type $type has a page");
}

# The words that arguments accept, as the hints give them: methods on the page of the type,
# alternatives on that of the verbs. Types start their aggregates from a value that serves.
my %value = (nps_summary => 'nps_summary(3, 2, 1)', likert_summary => "likert_summary(1, '{1,2,3}')",
	rate_summary => 'rate_summary(3, 4)', funnel_summary => "'{}'::funnel_summary",
	task_summary => '(SELECT task(true))',
	retention_summary => "(SELECT retention(1, '2026-03-01'::date, 'month'))");
$value{ $_->[0] } //= "'$_->[1]'::$_->[0]" for query(qq{
	SELECT DISTINCT a.aggtranstype::regtype, a.agginitval FROM pg_aggregate AS a
	WHERE a.aggfnoid IN (SELECT d.objid $member AND d.classid = 'pg_proc'::regclass)});
my %given = ('double precision' => '1', bigint => '1', integer => '1', 'text[]' => "'{}'", text => "''");
my %named = (confidence => '0.95', alternative => "'less'", is_baseline => 'true');
my (@words, %has_words);
for my $function (query(qq{
	SELECT p.proname, p.proargtypes[0]::regtype, w.word,
		(SELECT string_agg(concat(p.proargnames[a.place], ' ', a.type::regtype), ',' ORDER BY a.place)
			FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a(type, place)),
		CASE p.prokind WHEN 'w' THEN ' OVER (ORDER BY 1)' ELSE '' END
	FROM pg_proc AS p, unnest('{method,alternative}'::text[]) AS w(word)
	WHERE p.oid IN (SELECT d.objid $member AND d.classid = 'pg_proc'::regclass)
		AND p.proargtypes[0] IN (SELECT d.objid $member AND d.classid = 'pg_type'::regclass)
		AND w.word = ANY (p.proargnames[1:p.pronargs])
	ORDER BY 1, 2, 3}))
{
	my ($name, $type, $word, $arguments, $over) = @$function;
	my @given = map { my ($n, $t) = /^(\S*) (.*)$/;
		$n eq $word ? "'?'" : $named{$n} // $value{$t} // $given{$t} // 'NULL' } split /,/, $arguments;
	push @words, [ $word eq 'method' ? $page{$type} : 'doc/verbs.md', "$name(" . join(', ', @given) . ")$over" ];
	$has_words{"$name $type $word"} = 1;
}
# none of those that there have been since the first release has gone
for my $type (qw(nps_summary likert_summary rate_summary))
{
	ok($has_words{"$_ $type method"}, "$_ of $type has methods") for qw(report compare benchmark);
	ok($has_words{"benchmark $type alternative"}, "benchmark of $type has alternatives");
}
push @words, [ 'doc/families.md', "adjust_p_values('{0.1}', '?')" ],
	[ 'doc/experience_index.md', "experience_index(1, 1, 0, 2, 1, '?')" ],
	[ 'doc/cells.md', "control_limits(1, 1, 3, true, '?') OVER ()" ];
for my $case (@words)
{
	my ($file, $call) = @$case;
	my ($hint) = failure("SELECT $call") =~ /HINT:\s+Available values: (.*)/;
	my @missing = grep { ($spans{$file} // '') !~ /^\Q$_\E$/m } ($hint // '') =~ /"([^"]+)"/g;
	ok($hint && !@missing, "$file has the words for $call") or diag("missing: @missing");
}

# Functions that the documents use or name
my %known = map { $_->[0] => 1 } query(q{
	SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
	UNION SELECT typsend::text FROM pg_type
	UNION SELECT word FROM pg_get_keywords()});
$known{ $_->[0] } = 1 for @functions;
for my $file (@files)
{
	my (%unknown, %relation);
	for my $text ($sql{$file} // '', $spans{$file})
	{
		(my $code = $text) =~ s/'(?:[^'\n]|'')*'|\\g\b/''/g;
		$relation{$1} = 1 while $code =~ /\b(?:TABLE|INTO|ON|AS|USING)\s+(\w+)/g;
		while ($code =~ /\b([a-z_][a-z0-9_]*)\s*\(/g)
		{
			$unknown{$1} = 1 unless $known{$1} || $relation{$1};
		}
	}
	is(join(' ', sort keys %unknown), '', "$file names no function that does not exist");
}

# Comments
is(join(', ', map { $_->[0] } query("SELECT pg_describe_object(d.classid, d.objid, d.objsubid) $member
	AND NOT (d.classid = 'pg_type'::regclass
		AND EXISTS (SELECT FROM pg_type AS t WHERE t.oid = d.objid AND t.typelem <> 0))
	AND NOT EXISTS (SELECT FROM pg_description AS c
		WHERE c.objoid = d.objid AND c.classoid = d.classid AND c.objsubid = 0) ORDER BY 1")),
	'', 'every object of the extension has a comment');
is((query("SELECT count(*) FROM pg_extension AS e JOIN pg_description AS c
	ON c.objoid = e.oid AND c.classoid = 'pg_extension'::regclass WHERE e.extname = 'cxux'"))[0][0],
	1, 'the extension has a comment');

done_testing();
