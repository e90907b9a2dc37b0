#!/usr/bin/perl
# doc/troubleshooting.md has every message that cxux can give, and no others; doc/limits.md has the numbers of
# the sources.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use lib dirname(abs_path($0));
use DocPages;
use Files;
use Test::More;

chdir dirname(dirname(abs_path($0))) or die $!;

# What errmsg() has, with what is filled in as "..."
my %message;
for my $file (glob 'src/*.[ch]')
{
	my $code = slurp($file);
	while ($code =~ /\berrmsg(?:_plural)?\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)/g)
	{
		my $text = join '', $1 =~ /"((?:[^"\\]|\\.)*)"/g;
		$text =~ s/\\"/"/g;
		$message{$text}{$file} = 1;
	}
	# those of errmsg_internal() are for whoever asks for DEBUG messages
	my @calls = $code =~ /\berrmsg(?!_internal)\w*\(/g;
	my @literal = $code =~ /\berrmsg(?:_plural)?\(\s*"/g;
	is(scalar @literal, scalar @calls, "$file: each message can be read") if @calls;
}
cmp_ok(scalar keys %message, '>', 150, 'there are messages: ' . keys %message);

# A message as a pattern for its examples
sub as_pattern
{
	my $pattern = join '.+', map { quotemeta } split /%(?:\.\*)?(?:ll|l)?[sdugi]/, shift, -1;
	$pattern =~ s/\.\+\.\+/.+/g;
	return qr/^$pattern$/;
}

my $page = 'doc/troubleshooting.md';
my ($table) = slurp($page) =~ /^## Messages\n(.*)/ms;
my @examples = map { s/`//gr } map { /`[^`]+`/g } map { /^\| (.*?) \| / } grep { /^\| `/ } split /\n/, $table;
cmp_ok(scalar @examples, '>', 150, "$page has examples: " . @examples);
my %pattern = map { $_ => as_pattern($_) } keys %message;
for my $text (sort keys %message)
{
	my $pattern = $pattern{$text};
	ok((grep { $_ =~ $pattern } @examples), "$text (" . join(' ', sort keys %{ $message{$text} }) . ')');
}
my @stale = grep { my $example = $_; !grep { $example =~ $_ } values %pattern } @examples;
is(join(', ', @stale), '', "$page has no message that is not in the sources");

# The bounds that doc/limits.md tells
my $limits = slurp('doc/limits.md');
my %constant;
for my $file (glob 'src/*.[ch]')
{
	for my $line (read_lines($file))
	{
		$constant{$1} //= $2 if $line =~ m{^#define (\w+)\s+([^/\s].*?)\s*$};
	}
}
sub value
{
	my $text = shift;
	$text =~ s/\bINT64(?:CONST|_C)\((\d+)\)/$1/g;
	$text =~ s/\bPG_INT64_MAX\b/9223372036854775807/g;
	$text =~ s/\bPG_UINT16_MAX\b/65535/g;
	$text =~ s/\b([A-Z][A-Z_0-9]+)\b/'(' . value($constant{$1} \/\/ die "no constant $1\n") . ')'/ge;
	use integer;
	my $value = eval $text;
	die "$text: $@" if $@;
	return $value;
}
for my $name (qw(MATCH_MAX_STEPS PATTERN_MAX_NAME PATTERN_MAX_NAMES SPAN_MAX_DAYS MAX_CHOICES MAX_CHOICE_BYTES MAX_ITEMS MIN_ITEMS
	MAX_HISTOGRAM_POINTS TIMING_MAX_COUNT TIMING_MAX_LISTED TALLY_MAX_COUNT AMOUNT_MAX JOURNEY_MAX_NAMES JOURNEY_MAX_EVENTS
	FLOW_MAX_LENGTH FLOW_MAX_EDGES FLOW_MAX_NAMES FLOW_MAX_NAMES_BYTES RETENTION_MAX_PERIODS RETENTION_MAX_NAME
	HISTOGRAM_MAX_BARS CHART_MIN_WIDTH CHART_MAX_WIDTH KEY_BYTES))
{
	my $value = value($name);
	if ($value >= 10000)
	{
		1 while $value =~ s/^(\d+)(\d{3})/$1,$2/;
	}
	ok($limits =~ /(?<![\d,])\Q$value\E(?![\d,]*\d)/, "doc/limits.md has $name, $value");
}
done_testing();
