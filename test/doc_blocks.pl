#!/usr/bin/perl
# Runs every ```sql block of README.md, doc/*.md and doc/*/*.md and compares what psql prints
# with the block that follows it (```text or plain ```, only blank lines between). A block with none
# must print nothing. Blocks of one document run in order, in one session, in a database of their own, which
# has the extension unless the document creates it. White space at line ends and empty lines at
# the end of a block do not count. Other languages (```sh) are not run.
#
#     perl test/doc_blocks.pl                    TAP, as in make test
#     perl test/doc_blocks.pl --write FILE ...   puts what psql prints into FILE
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use lib dirname(abs_path($0));
use DocPages qw(pages read_lines);
use Files;

my $root = dirname(dirname(abs_path($0)));
my $write = @ARGV && $ARGV[0] eq '--write';
if (!$ENV{CXUX_TMP})
{
	exec 'bash', "$root/test/server.sh", 'run', 'perl', abs_path($0),
		map { /^--/ ? $_ : abs_path($_) } @ARGV;
}

# Splits a document into its fenced blocks; each sql block knows its output block, if any.
sub parse
{
	my @lines = @_;
	my (@blocks, $open);
	for my $i (0 .. $#lines)
	{
		if ($open)
		{
			if ($lines[$i] =~ /^\s*\Q$open->{fence}\E`*\s*$/)
			{
				$open->{end} = $i;
				undef $open;
			}
			else
			{
				push @{ $open->{body} }, $lines[$i];
			}
		}
		elsif ($lines[$i] =~ /^\s*(```+)\s*(.*?)\s*$/)
		{
			$open = { fence => $1, language => lc $2, start => $i, body => [] };
			push @blocks, $open;
		}
	}
	die 'line ' . ($open->{start} + 1) . ": this block has no end\n" if $open;
	my @sql;
	for my $b (0 .. $#blocks)
	{
		my ($block, $next) = @blocks[ $b, $b + 1 ];
		next unless $block->{language} eq 'sql';
		push @sql, $block;
		next unless $next && $next->{language} =~ /^(text)?$/;
		next if grep { /\S/ } @lines[ $block->{end} + 1 .. $next->{start} - 1 ];
		$block->{output} = $next;
	}
	return @sql;
}

# Whether psql would have run all of the block at its last line.
sub is_complete
{
	my $text = join "\n", @_;
	$text =~ s/--[^\n]*//g;
	my ($last) = $text =~ /([^\n]*\S)\s*\z/;
	return !defined $last || $last =~ /;$|\\\w/;
}

# Runs the blocks in one session; gives each its printed lines, or none when psql did not get there.
sub run
{
	my ($name, @blocks) = @_;
	(my $database = lc "doc_$name") =~ s/\W/_/g;
	my $mark = "end-of-block-$$-";
	my $script = "$ENV{CXUX_TMP}/$database.sql";
	write_file($script, map { my $b = $_; map({ "$_\n" } @{ $blocks[$b]{body} }), "\\echo $mark$b\n" } 0 .. $#blocks);
	my @creates = grep { /^\s*create\s+extension\b.*\bcxux\b/i } map { @{ $_->{body} } } @blocks;
	system('createdb', '-T', 'template1', $database) == 0 or die "createdb failed\n";
	if (!@creates)
	{
		system(qw(psql -X -q -d), $database, '-c', 'CREATE EXTENSION cxux') == 0
			or die "CREATE EXTENSION failed\n";
	}
	local $ENV{PGTZ} = 'UTC';
	# From standard input, or else errors would be shown with a file name.
	my @printed = split /\n/,
		`psql -X -q -P pager=off -v VERBOSITY=default -d $database 2>&1 <'$script'`, -1;
	my ($b, @lines) = (0);
	for my $line (@printed)
	{
		if ($b < @blocks && $line =~ /^(.*)\Q$mark$b\E$/)
		{
			push @lines, $1 if length $1;
			$blocks[ $b++ ]{printed} = [ trim(@lines) ];
			@lines = ();
		}
		else
		{
			push @lines, $line;
		}
	}
}

sub trim
{
	my @lines = @_;
	s/\s+$// for @lines;
	pop @lines while @lines && $lines[-1] eq '';
	return @lines;
}

sub difference
{
	my ($expected, $printed) = @_;
	my @files = ("$ENV{CXUX_TMP}/expected", "$ENV{CXUX_TMP}/printed");
	for my $f ([ $files[0], $expected ], [ $files[1], $printed ])
	{
		write_file($f->[0], map { "$_\n" } @{ $f->[1] });
	}
	return split /\n/, `diff -U3 --label expected --label printed $files[0] $files[1]`;
}

if ($write)
{
	for my $file (@ARGV[ 1 .. $#ARGV ])
	{
		my @lines = read_lines($file);
		my @blocks = parse(@lines);
		run($file =~ s{.*/doc/}{}r, @blocks);
		for my $block (reverse @blocks)
		{
			my $printed = $block->{printed} or die "$file:" . ($block->{start} + 1) . ": did not run\n";
			my $output = $block->{output};
			if ($output && @$printed)
			{
				splice @lines, $output->{start} + 1, $output->{end} - $output->{start} - 1, @$printed;
			}
			elsif ($output)
			{
				splice @lines, $block->{end} + 1, $output->{end} - $block->{end};
			}
			elsif (@$printed)
			{
				splice @lines, $block->{end} + 1, 0, '', '```text', @$printed, '```';
			}
		}
		write_file($file, map { "$_\n" } @lines);
	}
	exit;
}

chdir $root or die "$root: $!\n";
my ($number, $failures) = (0, 0);
$| = 1;
for my $file (pages())
{
	my @blocks = eval { my @b = parse(read_lines($file)); run($file, @b); @b };
	if ($@)
	{
		$number++;
		$failures++;
		print "not ok $number - $file\n# $@";
		next;
	}
	for my $block (@blocks)
	{
		my @problem;
		if (!is_complete(@{ $block->{body} }))
		{
			@problem = 'the last statement has no semicolon';
		}
		elsif (!$block->{printed})
		{
			@problem = 'psql did not reach the end of this block: an open quote, or a lost server';
		}
		else
		{
			my @expected = $block->{output} ? trim(@{ $block->{output}{body} }) : ();
			@problem = difference(\@expected, $block->{printed});
		}
		$number++;
		$failures++ if @problem;
		print @problem ? 'not ok ' : 'ok ', "$number - $file:", $block->{start} + 1, "\n";
		print "# $_\n" for @problem;
	}
}
print "1..$number\n";
# On standard error, as prove hides comments.
print STDERR "# $number blocks of README.md and doc/ ran, $failures failed\n";
exit($failures ? 1 : 0);
