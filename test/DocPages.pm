# For the tests of the documents: the pages, their headings and their links.
package DocPages;
use strict;
use warnings;
use Exporter qw(import);
use File::Basename qw(dirname);

our @EXPORT = qw(pages read_lines parts headings links signature anchor resolve relative);

# README.md first, then every page of doc/ and of its folders
sub pages
{
	return ('README.md', sort glob 'doc/*.md doc/*/*.md');
}

sub read_lines
{
	my $file = shift;
	open my $in, '<:raw', $file or die "$file: $!\n";
	chomp(my @lines = <$in>);
	return @lines;
}

# A page in three parts: the lines before its title that say where it is, its own, and those from the last
# rule on that lead to its neighbours
sub parts
{
	my @lines = read_lines(shift);
	my ($head, $foot) = (0, scalar @lines);
	$head = 2 if @lines > 1 && $lines[0] =~ /^\[Reference\]\(/;
	my ($rule) = grep { $lines[$_] eq '---' } reverse 0 .. $#lines;
	$foot = $rule if defined $rule && $lines[-1] =~ /\b[Uu]p: \[/;
	my @own = @lines[ $head .. $foot - 1 ];
	pop @own while @own && $own[-1] eq '';
	return ([ @lines[ 0 .. $head - 1 ] ], \@own, [ @lines[ $foot .. $#lines ] ]);
}

# The lines of a page that are text: those of code, fenced or indented, are undefined.
sub text_lines
{
	my $fenced;
	return map {
		if (/^\s*```/)
		{
			$fenced = !$fenced;
			undef;
		}
		else { $fenced || /^    \S/ ? undef : $_ }
	} read_lines(shift);
}

# As GitHub names the anchor of a heading.
sub anchor
{
	my $text = lc shift;
	utf8::decode($text);
	$text =~ s/\[([^\]]*)\]\([^)]*\)/$1/g;
	$text =~ s/[^\w\- ]//g;
	$text =~ s/ /-/g;
	utf8::encode($text);
	return $text;
}

# The headings of a page in their order, as { text, anchor }: one that is there again has a number.
sub headings
{
	my (@headings, %seen);
	for my $line (grep { defined } text_lines(shift))
	{
		my ($text) = $line =~ /^#+\s+(.*?)\s*$/ or next;
		my $anchor = anchor($text);
		my $times = $seen{$anchor}++;
		push @headings, { text => $text, anchor => $times ? "$anchor-$times" : $anchor };
	}
	return @headings;
}

# The targets of the links of a page
sub links
{
	my $text = join "\n", map { $_ // '' } text_lines(shift);
	return $text =~ /\]\(([^)\s]+)\)/g;
}

# The file that a relative path on a page leads to, and without a path the page itself
sub resolve
{
	my ($page, $path) = @_;
	return $page if $path eq '';
	my @parts;
	for my $part (split /\//, dirname($page) . "/$path")
	{
		next if $part eq '.' || $part eq '';
		if ($part eq '..' && @parts && $parts[-1] ne '..') { pop @parts }
		else { push @parts, $part }
	}
	return join '/', @parts;
}

# The other way round: how a page writes the path to a file
sub relative
{
	my ($page, $file) = @_;
	my @from = split /\//, dirname($page);
	my @to = split /\//, $file;
	@from = () if "@from" eq '.';
	while (@from && @to > 1 && $from[0] eq $to[0])
	{
		shift @from;
		shift @to;
	}
	return join '/', ('..') x @from, @to;
}

# "f(a, b [, c])" gives its name, the names of its arguments, and how many of them are needed.
sub signature
{
	my ($name, $arguments) = shift =~ /^(\w+)\((.*)\)$/ or return;
	$arguments =~ s/\bVARIADIC //;
	(my $needed = $arguments) =~ s/\s*\[.*//;
	s/\bVARIADIC // for $arguments, $needed;
	my @all = $arguments =~ /(\w+)/g;
	my @needed = $needed =~ /(\w+)/g;
	return ($name, \@all, scalar @needed);
}

1;
