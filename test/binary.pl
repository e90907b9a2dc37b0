#!/usr/bin/perl
# The binary form: golden files that no release may change, and bytes from a hostile sender.
# golden/NAME.hex holds what NAME's text form, in this list, has been sent as since version 1.
use strict;
use warnings;
use Test::More;

my @points = map { ($_ * $_) % 7 } 0 .. 100;
my $likert_101 = '{"low": -50, "high": 50, "counts": [' . join(', ', @points) . ']}';
my %type = (nps => 'nps_summary', likert => 'likert_summary', rate => 'rate_summary');
my @values = (
	[ 'nps', 'nps', '{"promoters": 50, "passives": 30, "detractors": 20}' ],
	[ 'nps_empty', 'nps', '{"promoters": 0, "passives": 0, "detractors": 0}' ],
	[ 'nps_largest', 'nps', '{"promoters": 72057594037927935, "passives": 72057594037927935, "detractors": 72057594037927935}' ],
	[ 'nps_weighted', 'nps', '{"promoters": 2, "passives": 1, "detractors": 3, "weights": [2.5, 0.001, 1000001.333333], "squares": [4.25, 0.000001, 1000000000001.111110888889]}' ],
	[ 'nps_net', 'nps', '{"promoters": 9, "passives": 3, "detractors": 3, "net": {"low": 1, "high": 5, "boxes": 2}}' ],
	[ 'nps_net_weighted', 'nps', '{"promoters": 1, "passives": 0, "detractors": 1, "weights": [0.5, 0, 1.5], "squares": [0.25, 0, 2.25], "net": {"low": -32768, "high": -32668, "boxes": 50}}' ],
	[ 'likert', 'likert', '{"low": 1, "high": 5, "counts": [1, 2, 3, 4, 5]}' ],
	[ 'likert_no_scale', 'likert', '{}' ],
	[ 'likert_empty', 'likert', '{"low": -1, "high": 1, "counts": [0, 0, 0]}' ],
	[ 'likert_weighted', 'likert', '{"low": 1, "high": 3, "counts": [2, 0, 1], "weights": [3.5, 0, 1], "squares": [6.25, 0, 1]}' ],
	[ 'likert_101', 'likert', $likert_101 ],
	[ 'likert_highest', 'likert', '{"low": 32766, "high": 32767, "counts": [0, 7]}' ],
	[ 'rate', 'rate', '{"successes": 30, "failures": 10, "undecided": 20}' ],
	[ 'rate_weighted', 'rate', '{"successes": 2, "failures": 1, "undecided": 1, "weights": [2, 1, 3], "squares": [2.5, 1, 9]}' ],
);

sub psql
{
	my ($input, @arguments) = @_;
	open my $in, '>', "$ENV{CXUX_TMP}/binary.in" or die $!;
	binmode $in;
	print $in $input;
	close $in;
	my $output = `psql -X -q -A -t @arguments <$ENV{CXUX_TMP}/binary.in 2>&1`;
	chomp $output;
	return $output;
}

# The bytes as a file for COPY BINARY of one row with one column.
sub copy_file
{
	my $bytes = shift;
	return "PGCOPY\n\xff\r\n\0" . pack('NN', 0, 0) . pack('n', 1) . pack('N', length $bytes) . $bytes . pack('n', 0xffff);
}

sub hex_file
{
	my $name = shift;
	open my $file, '<', "test/golden/$name.hex" or return '';
	local $/;
	return <$file> =~ s/\s//gr;
}

# Golden files
for (@values)
{
	my ($name, $kind, $text) = @$_;
	my $golden = hex_file($name);
	is(psql("SELECT encode($type{$kind}_send('$text'), 'hex')"), $golden, "$name is sent as ever");
	psql("DROP TABLE IF EXISTS received; CREATE TABLE received (x $type{$kind})");
	is(psql(copy_file(pack 'H*', $golden), '-c', '"COPY received FROM STDIN (FORMAT binary)"'), '', "$name is received");
	is(psql("SELECT x::text FROM received WHERE x = '$text'"), $text, "$name is received as the same value");
}

# Hostile bytes. All of a kind go through one session: a function per case that reports an error or
# what the value is sent as again. The receive function itself takes no bytes from SQL, so that
# each case is a file that COPY reads.
# A server that recovers from a crash empties unlogged tables.
psql('CREATE UNLOGGED TABLE alive AS SELECT true AS alive');

# Cases are tried in files of their own through one psql; each prints an SQLSTATE or bytes.
sub try_all
{
	my ($kind, @cases) = @_;
	my $script = "\\set VERBOSITY sqlstate\nCREATE TEMP TABLE received (x $type{$kind});\n";
	for my $i (0 .. $#cases)
	{
		open my $file, '>', "$ENV{CXUX_TMP}/case_$i" or die $!;
		binmode $file;
		print $file copy_file($cases[$i]);
		close $file;
		$script .= "\\echo case $i\n\\copy received FROM '$ENV{CXUX_TMP}/case_$i' (FORMAT binary)\n"
			. "SELECT encode($type{$kind}_send(x), 'hex') FROM received WHERE x = x::text::$type{$kind}; DELETE FROM received;\n";
	}
	my @results = map { { state => '', bytes => '' } } @cases;
	my $current;
	for my $line (split /\n/, psql($script))
	{
		if ($line =~ /^case (\d+)$/)
		{
			$current = $1;
		}
		elsif (defined $current && $line =~ /ERROR:  (\w+)$/)
		{
			$results[$current]{state} .= $1;
		}
		elsif (defined $current && $line =~ /^[0-9a-f]+$/)
		{
			$results[$current]{bytes} = $line;
		}
	}
	unlink map { "$ENV{CXUX_TMP}/case_$_" } 0 .. $#cases;
	return @results;
}

# Either refused as bad data, or taken as a value with exactly these bytes.
sub judge
{
	my ($case, $result) = @_;
	return 'refused' if $result->{state} =~ /^(22P03|22003|08P01|22021)$/;
	return 'taken' if $result->{state} eq '' && $result->{bytes} eq unpack('H*', $case);
	return "wrong ($result->{state} $result->{bytes} of " . unpack('H*', $case) . ')';
}

sub all_judged
{
	my ($kind, $allowed, $what, @cases) = @_;
	my @results = try_all($kind, @cases);
	my @wrong = grep { $_ !~ $allowed } map { judge($cases[$_], $results[$_]) } 0 .. $#cases;
	is(scalar @wrong, 0, "$what (" . @cases . ' cases)') or diag(join "\n", grep { defined } @wrong[ 0 .. 4 ]);
	return @results;
}

for (@values)
{
	my ($name, $kind) = @$_;
	my $golden = pack 'H*', hex_file($name);
	my $length = length $golden;
	my @lengths = $length > 200 ? grep { $_ % 37 == 0 || $_ < 40 || $_ > $length - 10 } 0 .. $length - 1 : 0 .. $length - 1;
	all_judged($kind, qr/^refused$/, "$name: cut off anywhere", map { substr $golden, 0, $_ } @lengths);
	all_judged($kind, qr/^refused$/, "$name: with something after it", map { $golden . $_ } "\0", "\1", "\0" x 8, "\0" x 24, $golden);
	my @bits = $length > 200 ? grep { $_ < 200 || $_ % 61 == 0 } 0 .. 8 * $length - 1 : 0 .. 8 * $length - 1;
	all_judged($kind, qr/^(refused|taken)$/, "$name: any bit turned over", map { my $copy = $golden; vec($copy, $_, 1) ^= 1; $copy } @bits);
	all_judged($kind, qr/^refused$/, "$name: of another version", map { my $copy = $golden; substr($copy, 0, 1) = chr; $copy } 0, 2, 127, 255);
	all_judged($kind, qr/^refused$/, "$name: with unknown flags", map { my $copy = $golden; vec($copy, 1, 8) |= $_; $copy } 2, 4, 128, 254);
}

# What each field must obey, built by hand
sub nps_bytes { my ($flags, $boxes, $low, $high, @rest) = @_; return pack('CCCs>s>', 1, $flags, $boxes, $low, $high) . pack('q>*', @rest) }
sub likert_bytes { my ($flags, $low, $high, @rest) = @_; return pack('CCs>s>', 1, $flags, $low, $high) . pack('q>*', @rest) }
sub rate_bytes { my ($flags, @rest) = @_; return pack('CC', 1, $flags) . pack('q>*', @rest) }
my $limit = 72057594037927935;
my @least = (-9223372036854775807 - 1, -1, $limit + 1, 9223372036854775807);

for my $place (0 .. 2)
{
	my @counts = map { my @c = (1, 1, 1); $c[$place] = $_; [@c] } @least;
	all_judged('nps', qr/^refused$/, "nps: impossible count $place", map { nps_bytes(0, 0, 0, 0, @$_) } @counts);
	all_judged('likert', qr/^refused$/, "likert: impossible count $place", map { likert_bytes(0, 1, 3, @$_) } @counts);
	all_judged('rate', qr/^refused$/, "rate: impossible count $place", map { rate_bytes(0, @$_) } @counts);
}
# excess, square high, square low of one class; the other two are empty
my @weights = (
	[ 1, 1000000, 0, 1000000000001, 'square of one weight too large' ],
	[ 1, 1000000, 0, 999999999999, 'square of one weight too small' ],
	[ 1, 1000000, -1, 1000000000000, 'negative square' ],
	[ 1, -999001, 0, 998002998001, 'weight below 0.001' ],
	[ 1, 1000000000000, 54210, 2003764205206896640, 'weight above 1000000' ],
	[ 0, 0, 0, 2, 'square of nobody' ],
	[ 0, 1, 0, 1, 'weight of nobody' ],
	[ 2, 2000000, 0, 1999999999999, 'square below the mean square' ],
	[ 2, 0, 0, 1, 'odd square of an even excess' ],
	[ 2, 0, 9223372036854775807, -1, 'square beyond every weight' ],
	[ 3, 9223372036854775807, 0, 0, 'excess beyond every weight' ],
	[ 3, -9223372036854775807 - 1, 0, 0, 'negative excess beyond every weight' ],
);
for (@weights)
{
	my ($count, $excess, $high, $low, $what) = @$_;
	my @rest = ($excess, $high, $low, (0) x 6);
	all_judged('nps', qr/^refused$/, "nps: $what", nps_bytes(1, 0, 0, 0, $count, 0, 0, @rest));
	all_judged('likert', qr/^refused$/, "likert: $what", likert_bytes(1, 1, 3, $count, 0, 0, @rest));
	all_judged('rate', qr/^refused$/, "rate: $what", rate_bytes(1, $count, 0, 0, @rest));
}
all_judged('nps', qr/^refused$/, 'nps: weights flagged but all one', nps_bytes(1, 0, 0, 0, 5, 3, 2, (0) x 9));
all_judged('likert', qr/^refused$/, 'likert: weights flagged but all one', likert_bytes(1, 1, 3, 5, 3, 2, (0) x 9), likert_bytes(1, 0, 0));
all_judged('rate', qr/^refused$/, 'rate: weights flagged but all one', rate_bytes(1, 5, 3, 2, (0) x 9));
all_judged('nps', qr/^refused$/, 'nps: boxes that do not fit the scale',
	map { nps_bytes(0, @$_, 1, 1, 1) } [ 0, 1, 5 ], [ 0, 0, 1 ], [ 1, 0, 0 ], [ 3, 1, 5 ], [ 1, 5, 1 ], [ 255, 1, 5 ], [ 1, 0, 101 ], [ 1, -32768, 32767 ], [ 51, 0, 100 ]);
all_judged('nps', qr/^taken$/, 'nps: boxes that do', map { nps_bytes(0, @$_, 1, 1, 1) } [ 50, 0, 100 ], [ 1, -32768, -32767 ], [ 1, 32766, 32767 ], [ 2, 1, 4 ]);
all_judged('likert', qr/^refused$/, 'likert: no scale',
	map { likert_bytes(0, @$_) } [ 1, 1, 5 ], [ 5, 1, 1, 1, 1, 1, 1 ], [ 0, 101, (1) x 102 ], [ -32768, 32767 ], [ 1, 0 ], [ 0, -1, 3, 3 ]);
all_judged('likert', qr/^taken$/, 'likert: scales at the limits',
	map { likert_bytes(0, @$_) } [ 0, 100, (1) x 101 ], [ -32768, -32767, 1, 1 ], [ 32766, 32767, 1, 1 ], [ -1, 0, 1, 1 ]);
all_judged('likert', qr/^taken$/, 'likert: 101 weighted points', likert_bytes(1, 0, 100, (1) x 101, ((1, 0, 1) x 101)));

# Noise of every length, which begins like a value
srand 42;
all_judged($_, qr/^(refused|taken)$/, "$_: noise", map { chr(1) . chr(int rand 2) . join '', map { chr int rand 256 } 1 .. int rand 120 } 1 .. 300) for qw(nps likert rate);

is(psql('SELECT alive FROM alive'), 't', 'no process of the server crashed');
done_testing;
