#!/usr/bin/perl
# doc/functions.md is what the catalog and the headings of the other pages say: every function,
# aggregate, operator, cast and type of the extension with its arguments and its COMMENT, linked to
# the heading that explains it.
#
#     perl test/doc_functions.pl            TAP, as in make test
#     perl test/doc_functions.pl --write    writes the page
# Needs a database with the extension (see server.sh).
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use JSON::PP;
use lib dirname(abs_path($0));
use DocPages;
use Files;
use Test::More;

my $root = dirname(dirname(abs_path($0)));
my $write = @ARGV && $ARGV[0] eq '--write';
chdir $root or die "$root: $!\n";
my $page = 'doc/functions.md';

sub query
{
	my $sql = shift;
	open my $in, '-|', 'psql', qw(-X -q -A -t -v ON_ERROR_STOP=1 -c),
		"SELECT row_to_json(q) FROM ($sql) AS q" or die "psql: $!\n";
	my @rows = map { JSON::PP->new->utf8(0)->decode($_) } <$in>;
	close $in or die "psql failed\n";
	return @rows;
}

my $member = q{(SELECT d.objid FROM pg_depend AS d JOIN pg_extension AS e
	ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass AND e.extname = 'cxux'
	WHERE d.deptype = 'e' AND d.classid = '%s'::regclass)};
sub members { return sprintf $member, shift }

my @types = query("SELECT t.typname AS name, t.typtype = 'c' AS is_row, obj_description(t.oid, 'pg_type') AS comment,
	(SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute AS a WHERE a.attrelid = t.typrelid) AS columns
	FROM pg_type AS t WHERE t.typelem = 0 AND t.oid IN " . members('pg_type') . ' ORDER BY 1');
my %is_type = map { $_->{name} => !$_->{is_row} } @types;
my $support = '^(' . join('|', grep { $is_type{$_} } sort keys %is_type) . ')_';

# Types as these pages write them
my %short = ('double precision' => 'float8', 'timestamp with time zone' => 'timestamptz',
	'timestamp without time zone' => 'timestamp');
sub short
{
	my ($type, $array) = shift =~ /^(.*?)((?:\[\])?)$/;
	return ($short{$type} // $type) . $array;
}

# Each heading that describes functions, with the page it is on
my %described;
for my $file (grep { $_ ne 'README.md' && $_ ne $page && !m{^doc/\w+/} } pages())
{
	for my $heading (headings($file))
	{
		for my $span ($heading->{text} =~ /`([^`]+)`/g)
		{
			my $link = relative($page, $file) . "#$heading->{anchor}";
			if (my ($name, $arguments, $needed) = signature($span))
			{
				push @{ $described{$name} }, { file => $file, link => $link, names => $arguments, needed => $needed };
			}
			elsif ($span =~ /^a (\S+) b$/)
			{
				push @{ $described{"operator $1"} }, { file => $file, link => $link };
			}
			elsif ($span =~ /^x::(\w+)$/)
			{
				push @{ $described{"cast $1"} }, { file => $file, link => $link };
			}
		}
	}
}

sub page_of
{
	my $type = shift;
	return 'doc/' . ($type =~ s/_summary$|^(step|event)_//r) . '.md';
}

# The heading for a name, first on the page of the type, then on that of the verbs, then anywhere
sub place_of
{
	my ($key, $type, $names) = @_;
	my @places = grep { !$names || (@$names >= $_->{needed} && @$names <= @{ $_->{names} }
		&& "@$names" eq join ' ', @{ $_->{names} }[ 0 .. $#$names ]) } @{ $described{$key} // [] };
	my $own = $type ? page_of($type) : '';
	my $subpage = $own =~ s/\.md$/_/r;
	for my $wanted (sub { $_->{file} eq $own }, sub { $own && index($_->{file}, $subpage) == 0 },
		sub { $_->{file} eq 'doc/verbs.md' }, sub { $_->{file} eq 'doc/storage.md' }, sub { 1 })
	{
		my ($found) = grep { $wanted->() } @places;
		return $found if $found;
	}
	return;
}

my @functions = query(q{SELECT p.proname AS name, p.prokind AS kind,
		(SELECT json_agg(json_build_object('name', i.names[a.place], 'type', a.type::regtype::text,
				'given', CASE WHEN a.place > p.pronargs - p.pronargdefaults
					THEN pg_get_function_arg_default(p.oid, a.place::int) END) ORDER BY a.place)
			FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a(type, place)) AS arguments,
		p.provariadic <> 0 AS is_variadic, p.proretset AS is_set, p.prorettype::regtype::text AS result,
		(SELECT json_agg(a.name ORDER BY a.place) FROM unnest(p.proargnames, p.proargmodes)
			WITH ORDINALITY AS a(name, mode, place) WHERE a.mode IN ('o', 't')) AS columns,
		obj_description(p.oid, 'pg_proc') AS comment
	FROM pg_proc AS p, LATERAL (SELECT array_agg(g.name ORDER BY g.place) AS names
		FROM unnest(p.proargnames, p.proargmodes) WITH ORDINALITY AS g(name, mode, place)
		WHERE g.mode IS NULL OR g.mode IN ('i', 'b', 'v')) AS i
	WHERE p.oid IN } . members('pg_proc') . qq{ AND p.proname !~ '$support'
		AND p.oid NOT IN (SELECT unnest(ARRAY[aggtransfn, aggfinalfn, aggcombinefn]::oid[]) FROM pg_aggregate)
	ORDER BY p.proname COLLATE "C", p.pronargs, p.oid::regprocedure::text COLLATE "C"});

# Functions that differ only in the types of their arguments become one line.
my (@lines, %line);
my @problems;
for my $function (@functions)
{
	my @arguments = @{ $function->{arguments} // [] };
	my ($type) = grep { $is_type{$_} } map({ $_->{type} } @arguments[ 0 .. ($#arguments < 0 ? -1 : 0) ]), $function->{result};
	my $names = [ map { $_->{name} } @arguments ];
	my $place = place_of($function->{name}, $type, $names);
	push @problems, "$function->{name}(@$names)" unless $place;
	my $section = $type // ($place ? $place->{file} : '');
	my $key = join "\t", $section, $function->{name}, $function->{kind}, $function->{result}, $function->{comment}, @$names;
	my $line = $line{$key};
	if (!$line)
	{
		$line = $line{$key} = { %$function, section => $section, link => $place ? $place->{link} : '' };
		push @lines, $line;
	}
	for my $i (0 .. $#arguments)
	{
		my $types = $line->{types}[$i] //= [];
		my $name = short($arguments[$i]{type});
		push @$types, $name unless grep { $_ eq $name } @$types;
	}
}

sub signature_text
{
	my $line = shift;
	my @arguments = @{ $line->{arguments} // [] };
	my @texts;
	for my $i (0 .. $#arguments)
	{
		my $text = "$arguments[$i]{name} " . join '/', @{ $line->{types}[$i] };
		$text = "VARIADIC $text" if $line->{is_variadic} && $i == $#arguments;
		if (defined(my $given = $arguments[$i]{given}))
		{
			$given =~ s/::[a-z ]+$//;
			$text .= " = $given" unless $given eq 'NULL';
			$text = "[$text]";
		}
		push @texts, $text;
	}
	return "$line->{name}(" . join(', ', @texts) . ')';
}

sub result_text
{
	my $line = shift;
	my $columns = $line->{columns};
	return short($line->{result}) unless $columns;
	return ($line->{is_set} ? 'rows: ' : 'row: ') . join ', ', @$columns;
}

my %kind = (a => 'aggregate', f => 'function', w => 'window function');
my @out = ('# All functions', '',
	'Every aggregate, function, operator, cast and type, as the comments in the catalog have it (`\df+` and `\do+`',
	'show the same in psql). The name leads to the page that explains it. `[x = 1]` may be left out, `a/b` says that',
	'either type is taken. `test/doc_functions.pl` writes this page.', '',
	'By type: ' . join(', ', map { "[`$_`](#$_)" } grep { $is_type{$_} } sort keys %is_type)
		. '; [others](#without-a-summary), [operators](#operators), [casts](#casts), [row types](#row-types).', '');

sub table
{
	my ($lines) = @_;
	my @table = ('| | kind | result | |', '|---|---|---|---|');
	for my $line (@$lines)
	{
		push @table, '| [`' . signature_text($line) . "`]($line->{link}) | $kind{ $line->{kind} } | `"
			. result_text($line) . "` | $line->{comment} |";
	}
	return @table;
}

for my $type (grep { $_->{columns} ? 0 : 1 } @types)
{
	push @out, "## `$type->{name}`", '', ucfirst("$type->{comment}. See [the page](") . relative($page, page_of($type->{name})) . ').', '',
		table([ grep { $_->{section} eq $type->{name} } @lines ]), '';
}
push @out, '## Without a summary', '';
my %titles;
for my $file (grep { m{^doc/} } map { $_->{section} } @lines)
{
	my ($heading) = headings($file);
	$titles{$file} = $heading->{text};
}
for my $file (sort keys %titles)
{
	push @out, "### $titles{$file}", '', 'See [the page](' . relative($page, $file) . ').', '',
		table([ grep { $_->{section} eq $file } @lines ]), '';
}

my (%operators, @operators);
for my $row (query(q{SELECT o.oprname AS name, o.oprleft::regtype::text AS left, o.oprright::regtype::text AS right,
		o.oprresult::regtype::text AS result, obj_description(o.oid, 'pg_operator') AS comment
	FROM pg_operator AS o WHERE o.oid IN } . members('pg_operator') . ' ORDER BY o.oprname COLLATE "C", 2, 3'))
{
	my $key = "$row->{name} $row->{comment}";
	push @operators, $operators{$key} = { %$row, of => [] } unless $operators{$key};
	push @{ $operators{$key}{of} }, $row->{left} eq $row->{right} ? $row->{left} : "$row->{left} and $row->{right}";
	$operators{$key}{place} //= place_of("operator $row->{name}", $row->{left});
}
push @out, '## Operators', '', '| | result | of | |', '|---|---|---|---|';
for my $operator (@operators)
{
	push @problems, "operator $operator->{name}" unless $operator->{place};
	my $result = $is_type{ $operator->{result} } ? 'the same type' : "`$operator->{result}`";
	my @of = @{ $operator->{of} };
	my $all = grep { $is_type{$_} } keys %is_type;
	push @out, "| [`a $operator->{name} b`](" . ($operator->{place}{link} // '') . ") | $result | "
		. (@of == $all ? 'all types' : join(', ', map { "`$_`" } @of)) . " | $operator->{comment} |";
}
push @out, '', 'With `=` and `<` each type has operator classes for btree and hash indexes; `event_journey` has one for',
	'GIN, which answers `@>`.', '', '## Casts', '', '| from | to | | |', '|---|---|---|---|';
for my $cast (query(q{SELECT string_agg(DISTINCT c.castsource::regtype::text, ',' ORDER BY c.castsource::regtype::text) AS source,
		count(*) AS number, c.casttarget::regtype::text AS target, c.castcontext AS context,
		obj_description(c.oid, 'pg_cast') AS comment, min(c.castsource::regtype::text) AS example
	FROM pg_cast AS c WHERE c.oid IN } . members('pg_cast') . ' GROUP BY 3, 4, 5 ORDER BY 3, 1'))
{
	my $place = place_of("cast $cast->{target}", $is_type{ $cast->{target} } ? $cast->{target} : undef);
	push @problems, "cast to $cast->{target}" unless $place;
	push @out, '| ' . join(', ', map { "`$_`" } split /,/, $cast->{source}) . " | [`$cast->{target}`](" . ($place->{link} // '')
		. ') | ' . { i => 'implicit', a => 'in assignments', e => 'explicit' }->{ $cast->{context} } . " | $cast->{comment} |";
}
push @out, '', '## Row types', '', 'Results of window functions and of `experience_index`: one value with several columns.', '',
	'| | columns | |', '|---|---|---|';
push @out, "| `$_->{name}` | `" . join(', ', @{ $_->{columns} }) . "` | $_->{comment} |" for grep { $_->{columns} } @types;

my ($head, $own, $foot) = -e $page ? parts($page) : ([], [], []);
my @lines_now = @$own;
pop @out while $out[-1] eq '';
utf8::encode($_) for @out;
if ($write)
{
	write_file($page, map { "$_\n" } @$head, @out, @$foot ? ('', @$foot) : ());
	die 'not described: ' . join(', ', @problems) . "\n" if @problems;
	exit;
}
cmp_ok(scalar @lines, '>', 200, 'there are functions: ' . @lines);
is(join(', ', @problems), '', 'every function, operator and cast has a heading that describes it');
my @different = grep { ($lines_now[$_] // '') ne ($out[$_] // '') } 0 .. ($#out > $#lines_now ? $#out : $#lines_now);
is(scalar @different, 0, "$page is what the catalog says")
	or diag(map { 'line ' . ($_ + 1 + @$head) . ":\n  page     " . ($lines_now[$_] // '') . "\n  catalog  " . ($out[$_] // '') . "\n" }
		@different[ 0 .. ($#different > 4 ? 4 : $#different) ]);
done_testing();
