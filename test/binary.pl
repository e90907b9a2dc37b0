#!/usr/bin/perl
# The binary form: golden files that no release may change, and bytes from a hostile sender.
# golden/NAME.hex holds what NAME's text form, in this list, has been sent as since version 1.
use strict;
use warnings;
use lib 'test';
use Files;
use Psql qw(psql);
use Session;
use Test::More;

my @points = map { ($_ * $_) % 7 } 0 .. 100;
my $likert_101 = '{"low": -50, "high": 50, "counts": [' . join(', ', @points) . ']}';
my %type = ((map { $_ => "${_}_summary" } qw(nps likert rate sample ratio timing items choices funnel task flow retention)), pattern => 'step_pattern', journey => 'event_journey');
# flags that a form may have
my %flags = (nps => 1, likert => 1, rate => 1, sample => 3, ratio => 0, timing => 1, items => 0, choices => 1, pattern => 7, funnel => 0, task => 0, journey => 0, flow => 0, retention => 1);
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
	[ 'choices', 'choices', '{"kind": "one of many", "choices": ["ad", "friend", "search"], "answers": [12, 30, 46]}' ],
	[ 'choices_tick_all', 'choices', '{"kind": "tick all", "respondents": 5, "choices": ["", "\\u0001\\"\\\\", "a", "日本"], "answers": [1, 2, 5, 3]}' ],
	[ 'choices_none_ticked', 'choices', '{"kind": "tick all", "respondents": 7, "choices": [], "answers": []}' ],
	[ 'choices_nobody', 'choices', '{}' ],
	[ 'choices_weighted', 'choices', '{"kind": "one of many", "choices": ["a", "b"], "answers": [2, 1], "weights": [2.5, 0.001], "squares": [4.25, 0.000001]}' ],
	[ 'choices_tick_all_weighted', 'choices', '{"kind": "tick all", "respondents": 3, "choices": ["a", "b"], "answers": [2, 1], "weights": [2.5, 1], "squares": [4.25, 1], "respondents_weight": 3.5, "respondents_square": 5.25}' ],
	[ 'choices_largest', 'choices', '{"kind": "tick all", "respondents": 72057594037927935, "choices": ["' . ('x' x 1000) . '"], "answers": [72057594037927935]}' ],
	[ 'rate_weighted', 'rate', '{"successes": 2, "failures": 1, "undecided": 1, "weights": [2, 1, 3], "squares": [2.5, 1, 9]}' ],
	[ 'items', 'items', '{"items": 3, "respondents": 9, "dropped": 2, "means": [2.5, -0.3333333333333333, 1e+100], "comoments": [5, 0.1, 0.4, -2.5, 0, 7e+200]}' ],
	[ 'items_empty', 'items', '{}' ],
	[ 'items_dropped', 'items', '{"items": 2, "respondents": 0, "dropped": 72057594037927935, "means": [0, 0], "comoments": [0, 0, 0]}' ],
	[ 'items_one', 'items', '{"items": 2, "respondents": 1, "dropped": 0, "means": [5e-324, 1.7976931348623157e+308], "comoments": [0, 0, 0]}' ],
	[ 'items_20', 'items', '{"items": 20, "respondents": 64, "dropped": 0, "means": [' . join(', ', map { $_ / 8 } 1 .. 20) . '], "comoments": [' . join(', ', map { my $i = $_; map { $_ == $i ? 2 : 0.0625 } 1 .. $i } 1 .. 20) . ']}' ],
	[ 'sample', 'sample', '{"n": 3, "sum": 12.6, "squared_deviations": 8.16, "minimum": 2.2, "maximum": 6.2}' ],
	[ 'sample_empty', 'sample', '{}' ],
	[ 'sample_no_range', 'sample', '{"n": 30, "sum": -2175, "squared_deviations": 6525.000000000001}' ],
	[ 'sample_weighted', 'sample', '{"n": 2, "sum": 8, "squared_deviations": 6, "minimum": 0, "maximum": 4, "weights": [3.5], "squares": [6.25], "sum_by_square": 9, "squared_deviations_by_square": 13}' ],
	[ 'sample_weighted_no_range', 'sample', '{"n": 2, "sum": -0.1, "squared_deviations": 5e-324, "weights": [1000000.001], "squares": [1000000000000.000001], "sum_by_square": 0.3333333333333333, "squared_deviations_by_square": 1.7976931348623157e+308}' ],
	[ 'sample_largest', 'sample', '{"n": 72057594037927935, "sum": -1e+300, "squared_deviations": 1.7976931348623157e+308, "minimum": -1.7976931348623157e+308, "maximum": 5e-324}' ],
	[ 'ratio', 'ratio', '{"n": 3, "numerator": 60.6, "denominator": 6, "numerator_squares": 200.1, "denominator_squares": 2, "products": 15.3}' ],
	[ 'ratio_empty', 'ratio', '{}' ],
	[ 'ratio_of_one', 'ratio', '{"n": 1, "numerator": -1e-310, "denominator": 1.7976931348623157e+308, "numerator_squares": 0, "denominator_squares": 0, "products": 0}' ],
	[ 'ratio_largest', 'ratio', '{"n": 72057594037927935, "numerator": 1e+300, "denominator": -2, "numerator_squares": 1.7976931348623157e+308, "denominator_squares": 1.7976931348623157e+308, "products": -1.7976931348623157e+308}' ],
	[ 'timing', 'timing', '{"finished": [0, 0.25, 2], "unfinished": [0, 3.5]}' ],
	[ 'timing_empty', 'timing', '{}' ],
	[ 'timing_unfinished', 'timing', '{"unfinished": [0.000000001, 9223372036.854775807]}' ],
	[ 'timing_listed', 'timing', '{"finished": [' . join(', ', map { $_ / 4 } 1 .. 40) . '], "unfinished": [' . join(', ', 1 .. 24) . ']}' ],
	[ 'timing_counted', 'timing', '{"finished": {"zeros": 0, "buckets": [1036, 1056, 1070], "counts": [21, 22, 22], "minimum": 1, "maximum": 2, "sum": 98, "log_sum": 94226892352926, "log_square_sum": 136620050840628930086690246}, "unfinished": {"zeros": 0, "buckets": [], "counts": []}}' ],
	[ 'timing_censored', 'timing', '{"finished": {"zeros": 14, "buckets": [690, 707, 724, 740, 757, 774, 790, 807, 824, 840, 857, 874, 890, 907, 924, 940, 957, 974, 990, 1007, 1024, 1040, 1057, 1074, 1090, 1107, 1124, 1140, 1157, 1174, 1190], "counts": [4, 5, 5, 4, 4, 4, 3, 4, 4, 3, 4, 5, 4, 5, 4, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4], "minimum": 0.001, "maximum": 22.026465795, "sum": 308.497622168, "log_sum": 154403130484846, "log_square_sum": 203981487483271376348453808}, "unfinished": {"zeros": 6, "buckets": [690, 707, 724, 740, 757, 774, 790, 807, 824, 840, 857, 874, 890, 907, 924, 940, 957, 974, 990, 1007, 1024, 1040, 1057, 1074, 1090, 1107, 1124, 1140, 1157, 1174, 1190], "counts": [2, 2, 2, 3, 2, 2, 3, 2, 2, 3, 2, 2, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1]}}' ],
	[ 'timing_running', 'timing', '{"finished": {"zeros": 0, "buckets": [], "counts": [], "minimum": 0, "maximum": 0, "sum": 0, "log_sum": 0, "log_square_sum": 0}, "unfinished": {"zeros": 0, "buckets": [1116], "counts": [1000]}}' ],
	[ 'timing_magnitudes', 'timing', '{"finished": {"zeros": 0, "buckets": [0, 34, 54, 69, 97, 128, 162, 200, 241, 267, 287, 338, 391, 409, 449, 511, 554, 577, 647, 704, 721, 800, 859, 882, 968, 1017, 1058, 1152, 1179, 1250, 1345, 1352, 1458, 1515, 1568, 1682, 1689, 1800, 1867, 1922, 2048, 2178], "counts": [3, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], "minimum": 0.000000001, "maximum": 8276898542.843659264, "sum": 8962829480.747087567, "log_sum": 50262604999515, "log_square_sum": 91412261826276369107762023}, "unfinished": {"zeros": 0, "buckets": [0, 34, 54, 80, 109, 144, 180, 197, 220, 264, 312, 337, 364, 420, 480, 481, 544, 612, 629, 684, 760, 781, 840, 924, 937, 1012, 1097, 1104, 1200, 1261, 1300, 1404, 1429, 1512, 1601, 1624, 1740, 1777, 1860, 1984, 2112], "counts": [3, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}}' ],
	[ 'timing_largest', 'timing', '{"finished": {"zeros": 0, "buckets": [2183], "counts": [4398046511104], "minimum": 9223372036.854775807, "maximum": 9223372036.854775807, "sum": 40564819207303340843496.456060928, "log_sum": 13197925493108453750603776, "log_square_sum": 39605137617773385065634520524541394944}, "unfinished": {"zeros": 4398046511104, "buckets": [], "counts": []}}' ],
	[ 'pattern', 'pattern', 'view > cart > pay within 7 days' ],
	[ 'pattern_one', 'pattern', '*' ],
	[ 'pattern_any_order', 'pattern', 'a & b | c, first entry' ],
	[ 'pattern_full', 'pattern', 'Größe | "add to cart" > [b] > !* > * (0 seconds) >> """" | "within" (1 day 0.000001 seconds) > !x | y > 日本 within 106751991 days, distinct times, first entry' ],
	[ 'funnel_empty', 'funnel', '{}' ],
	[ 'funnel', 'funnel', '{"steps": "view > [cart] > pay within 1 day", "reached": [4, 1, 2], "ended": [2, 0, 2], "open": [3, 2, 2], "elapsed": ["{\\"finished\\": [1.5, 60]}", "{\\"finished\\": [0.25]}", "{\\"finished\\": [1.5, 59.75]}"]}' ],
	[ 'funnel_any_order', 'funnel', '{"steps": "a & \\"b c\\"", "reached": [72057594037927935, 0], "ended": [72057594037927935, 0], "open": [0, 0], "elapsed": ["{}", "{}"]}' ],
	[ 'task', 'task', '{"completed": 2, "abandoned": 1, "undecided": 1, "errors": {"attempts": 3, "attempts_with_some": 2, "sum": 3, "square_sum": 5}, "actions": {"attempts": 3, "attempts_with_some": 3, "sum": 8.25, "square_sum": 28.0625}, "time_on_task": "{\\"finished\\": [1.5, 2]}", "time_to_abandonment": "{\\"finished\\": [4]}"}' ],
	[ 'task_empty', 'task', '{"completed": 0, "abandoned": 0, "undecided": 0}' ],
	[ 'task_counted', 'task', '{"completed": 70, "abandoned": 30, "undecided": 5, "errors": {"attempts": 90, "attempts_with_some": 40, "sum": 77, "square_sum": 201}, "time_on_task": "{\\"finished\\": {\\"zeros\\": 0, \\"buckets\\": [1036, 1056, 1070], \\"counts\\": [21, 22, 22], \\"minimum\\": 1, \\"maximum\\": 2, \\"sum\\": 98, \\"log_sum\\": 94226892352926, \\"log_square_sum\\": 136620050840628930086690246}, \\"unfinished\\": {\\"zeros\\": 0, \\"buckets\\": [], \\"counts\\": []}}", "speed_sum": 902664611978923144}' ],
	[ 'task_largest', 'task', '{"completed": 4398046511104, "abandoned": 4398046511104, "undecided": 4398046511104, "errors": {"attempts": 13194139533312, "attempts_with_some": 13194139533312, "sum": 26388279066624, "square_sum": 52776558133248}, "actions": {"attempts": 13194139533312, "attempts_with_some": 13194139533312, "sum": 26388279066624000000, "square_sum": 52776558133248000000000000}, "time_on_task": "{\\"finished\\": {\\"zeros\\": 0, \\"buckets\\": [0], \\"counts\\": [4398046511104], \\"minimum\\": 0.000000001, \\"maximum\\": 0.000000001, \\"sum\\": 4398.046511104, \\"log_sum\\": 0, \\"log_square_sum\\": 0}, \\"unfinished\\": {\\"zeros\\": 0, \\"buckets\\": [], \\"counts\\": []}}", "time_to_abandonment": "{\\"finished\\": {\\"zeros\\": 4398046511104, \\"buckets\\": [], \\"counts\\": [], \\"minimum\\": 0, \\"maximum\\": 0, \\"sum\\": 0, \\"log_sum\\": 0, \\"log_square_sum\\": 0}, \\"unfinished\\": {\\"zeros\\": 0, \\"buckets\\": [], \\"counts\\": []}}", "speed_sum": 85070591730234615865843651857942052864}' ],
	[ 'journey', 'journey', '{"events": ["cart", "view"], "codes": [1, 0, 1], "first_at": "2026-01-31T18:30:00.5Z", "seconds": [0, 7.000001, 86400]}' ],
	[ 'journey_empty', 'journey', '{}' ],
	[ 'journey_all_of_time', 'journey', '{"events": ["", "\\u0001\\"\\\\", "日本"], "codes": [0, 2, 1], "first_at": "4714-11-24T00:00:00Z BC", "seconds": [0, 0, 9435184819199.999999]}' ],
	[ 'journey_long', 'journey', '{"events": [' . join(', ', map { sprintf '"%03d%s"', $_, 'x' x (5 * $_) } 0 .. 39) . '], "codes": [' . join(', ', map { $_ * 7 % 40 } 0 .. 199) . '], "first_at": "1999-12-31T23:59:59.999999Z", "seconds": [' . join(', ', map { $_ ? 0.3 * $_ * $_ : 0 } 0 .. 199) . ']}' ],
	[ 'flow_nobody', 'flow', '{}' ],
	[ 'flow', 'flow', '{"kind": "flows", "steps": "view > [cart] > pay within 1 day", "length": 3, "events": ["", "\\u0001\\"\\\\", "(end)", "a", "日本"], "step": [1, 1, 1, 2, 2, 2, 3, 3], "source": [0, 0, 0, 1, 1, 4, 3, 5], "target": [0, 1, 4, 3, 5, 5, 2, 0], "actors": [5, 2, 1, 1, 1, 1, 1, 2]}' ],
	[ 'flow_none', 'flow', '{"kind": "flows", "steps": "a & b", "length": 100, "events": [], "step": [], "source": [], "target": [], "actors": []}' ],
	[ 'flow_largest', 'flow', '{"kind": "flows", "steps": "*", "length": 2, "events": ["' . ('x' x 1000) . '"], "step": [1, 2, 2], "source": [0, 1, 1], "target": [1, 0, 1], "actors": [72057594037927935, 1, 72057594037927934]}' ],
	[ 'flow_next', 'flow', '{"kind": "next events", "steps": "view > cart > pay", "events": ["help", "pay"], "step": [1, 1, 2], "source": [0, 0, 0], "target": [0, 1, 2], "actors": [3, 4, 72057594037927928]}' ],
	[ 'retention', 'retention', '{"period": "month", "timezone": "UTC", "latest": "2026-04-02T00:00:00Z", "start": "2026-01-01", "periods": 4, "sizes": [0,2, 1,1, 3,1], "active": [0,0,2, 0,1,1, 0,2,2, 1,0,1, 3,0,1], "last": [0,2,2, 1,0,1, 3,0,1], "gaps": [0,1,1, 0,2,1, 1,1,1]}' ],
	[ 'retention_events', 'retention', '{"period": "week", "timezone": "Europe/Rome", "first": "Größe \\"1\\"", "return": "*", "latest": "-4712-01-13T23:59:59.000001Z", "start": "-4712-01-05", "periods": 2, "sizes": [0,72057594037927935], "active": [0,1,3], "last": [0,1,3], "gaps": [0,1,3]}' ],
	[ 'retention_nobody', 'retention', '{"period": "day", "timezone": "<+05>-5", "first": "", "return": "", "latest": "294276-12-31T23:59:59.999999Z"}' ],
	[ 'pattern_long', 'pattern', join(' > ', '"' . ' ' x 1000 . '"', ('y') x 31) ],
);

# The bytes as a file for COPY BINARY of one row with one column.
sub copy_file
{
	my $bytes = shift;
	return "PGCOPY\n\xff\r\n\0" . pack('NN', 0, 0) . pack('n', 1) . pack('N', length $bytes) . $bytes . pack('n', 0xffff);
}

sub hex_file
{
	my $file = "test/golden/$_[0].hex";
	return -e $file ? slurp($file) =~ s/\s//gr : '';
}

# A server that recovers from a crash empties unlogged tables.
psql('CREATE UNLOGGED TABLE alive AS SELECT true AS alive');

# All goes through one session, by files, as a script may be longer than what a pipe holds while
# nobody reads. The receive functions take no bytes from SQL, so that COPY reads them.
my $session = Session->new(quiet => 1);
my $case_files = "$ENV{CXUX_TMP}/case_";

sub received_from
{
	my ($kind, $number) = @_;
	return "\\copy received_$kind FROM '$case_files$number' (FORMAT binary)\n";
}

# Golden files
for my $kind (sort keys %type)
{
	is($session->run("CREATE TEMP TABLE received_$kind (x $type{$kind})"), '', "a table of $type{$kind}");
}
for (@values)
{
	my ($name, $kind, $text) = @$_;
	my $golden = hex_file($name);
	is($session->run("SELECT encode($type{$kind}_send('$text'), 'hex')"), $golden, "$name is sent as ever");
	write_file("${case_files}0", copy_file(pack 'H*', $golden));
	is($session->run(received_from($kind, 0)), '', "$name is received");
	is($session->run("SELECT x::text FROM received_$kind WHERE x = '$text'; DELETE FROM received_$kind"), $text, "$name is received as the same value");
}

# Hostile bytes, each case in a file of its own; each prints an SQLSTATE, or as what bytes the value is
# sent again.
sub try_all
{
	my ($kind, @cases) = @_;
	my $script = '';
	for my $i (0 .. $#cases)
	{
		write_file("$case_files$i", copy_file($cases[$i]));
		$script .= "\\echo case $i\n" . received_from($kind, $i)
			. "SELECT encode($type{$kind}_send(x), 'hex') FROM received_$kind WHERE x = x::text::$type{$kind}; DELETE FROM received_$kind;\n";
	}
	write_file("${case_files}all", $script);
	my @results = map { { state => '', bytes => '' } } @cases;
	my $current;
	for my $line (split /\n/, $session->run("\\i ${case_files}all"))
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
	unlink map { "$case_files$_" } 0 .. $#cases;
	return @results;
}

# Either refused as bad data, or taken as a value with exactly these bytes.
sub judge
{
	my ($case, $result) = @_;
	return 'refused' if $result->{state} =~ /^(22P03|22003|22008|08P01|22021|54000)$/;
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
	all_judged($kind, qr/^refused$/, "$name: with unknown flags", map { my $copy = $golden; vec($copy, 1, 8) |= $_; $copy } grep { $_ & ~$flags{$kind} } 1, 2, 4, 128, 254);
}

# What each field must obey, built by hand
sub nps_bytes { my ($flags, $boxes, $low, $high, @rest) = @_; return pack('CCCs>s>', 1, $flags, $boxes, $low, $high) . pack('q>*', @rest) }
sub likert_bytes { my ($flags, $low, $high, @rest) = @_; return pack('CCs>s>', 1, $flags, $low, $high) . pack('q>*', @rest) }
sub rate_bytes { my ($flags, @rest) = @_; return pack('CC', 1, $flags) . pack('q>*', @rest) }
sub sample_bytes { my ($flags, $weights, @rest) = @_; return pack('CC', 1, $flags) . pack('q>*', @$weights) . pack('d>*', @rest) }
sub ratio_bytes { my ($flags, $count, @rest) = @_; return pack('CC', 1, $flags) . pack('q>', $count) . pack('d>*', @rest) }
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
	all_judged('sample', qr/^refused$/, "sample: $what", sample_bytes(1, [ $count, $excess, $high, $low ], (0) x 6), sample_bytes(3, [ $count, $excess, $high, $low ], (0) x 6));
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

# Sums and what belongs to them: minimum, maximum, sum, squares, and the last two by squared weights
my $weights = [ 2, 1500000, 0, 1250000000000 ];
all_judged('sample', qr/^refused$/, 'sample: impossible count', map { sample_bytes(0, [$_], (0) x 4) } @least);
all_judged('ratio', qr/^refused$/, 'ratio: impossible count', map { ratio_bytes(0, $_, (0) x 5) } @least);
all_judged('sample', qr/^refused$/, 'sample: weights flagged but all one', sample_bytes(1, [ 2, 0, 0, 0 ], 0, 4, 4, 8, 4, 8), sample_bytes(1, [ 0, 0, 0, 0 ], (0) x 6));
all_judged('sample', qr/^taken$/, 'sample: with weights', sample_bytes(1, $weights, 0, 4, 8, 6, 9, 13), sample_bytes(3, $weights, 0, 0, 8, 6, 9, 13));
all_judged('sample', qr/^taken$/, 'sample: without', sample_bytes(0, [2], 0, 4, 4, 8), sample_bytes(2, [2], 0, 0, 4, 8), sample_bytes(0, [1], 3, 3, 3, 0));
all_judged('sample', qr/^refused$/, 'sample: a range that is not known is given', sample_bytes(2, [2], 0, 4, 4, 8), sample_bytes(2, [2], -1, 0, 4, 8), sample_bytes(3, $weights, 0, 4, 8, 6, 9, 13));
all_judged('sample', qr/^refused$/, 'sample: something of nothing', map { my ($flags, $place) = @$_; my @f = (0) x 4; $f[$place] = 1; sample_bytes($flags, [0], @f) } map { [ 0, $_ ], [ 2, $_ ] } 0 .. 3);
all_judged('sample', qr/^refused$/, 'sample: a flag of nothing', sample_bytes(2, [0], (0) x 4));
all_judged('sample', qr/^refused$/, 'sample: no values have these',
	map { sample_bytes(0, @$_) } [ [2], 4, 0, 4, 8 ], [ [2], 0, 4, 9, 8 ], [ [2], 0, 4, -1, 8 ], [ [2], 0, 4, 4, 8.1 ], [ [2], 0, 4, 4, -1 ], [ [1], 3, 3, 3, 1 ], [ [2], 3, 3, 6, 1 ]);
all_judged('sample', qr/^refused$/, 'sample: no weighted values have these',
	map { sample_bytes(1, $weights, @$_) } [ 4, 0, 8, 6, 9, 13 ], [ 0, 4, 15, 6, 9, 13 ], [ 0, 4, 8, 15, 9, 13 ], [ 0, 4, 8, -6, 9, 13 ], [ 0, 4, 8, 6, 26, 13 ], [ 0, 4, 8, 6, -1, 13 ], [ 0, 4, 8, 6, 9, 26 ], [ 0, 4, 8, 6, 9, -13 ]);
all_judged('ratio', qr/^taken$/, 'ratio: of units', ratio_bytes(0, 3, 60, 6, 200, 2, 20), ratio_bytes(0, 3, -60, 0, 200, 2, -20), ratio_bytes(0, 1, 60, 6, 0, 0, 0));
all_judged('ratio', qr/^refused$/, 'ratio: no units have these',
	map { ratio_bytes(0, @$_) } [ 3, 60, 6, -200, 2, 0 ], [ 3, 60, 6, 200, -2, 0 ], [ 3, 60, 6, 200, 2, 20.1 ], [ 3, 60, 6, 200, 2, -20.1 ], [ 3, 60, 6, 200, 0, 1 ], [ 3, 60, 6, 0, 2, 1 ], [ 1, 60, 6, 1, 0, 0 ], [ 1, 60, 6, 0, 1, 0 ], [ 1, 60, 6, 0, 0, 1 ],
	[ 0, 1, 0, 0, 0, 0 ], [ 0, 0, 1, 0, 0, 0 ], [ 0, 0, 0, 1, 0, 0 ], [ 0, 0, 0, 0, 1, 0 ], [ 0, 0, 0, 0, 0, 1 ]);
# 0 has one form, and what is no number has none
my @no_number = (9**9**9, -9**9**9, -sin(9**9**9), -0.0, unpack('d>', pack 'H*', 'fff8000000000001'), unpack('d>', pack 'H*', '7ff0000000000001'));
is(unpack('H*', pack 'd>', $no_number[3]), '8000000000000000', 'minus zero is at hand');
for my $place (0 .. 5)
{
	all_judged('sample', qr/^refused$/, "sample: no number at $place", map { my @f = (0, 4, 8, 6, 9, 13); $f[$place] = $_; sample_bytes(1, $weights, @f) } @no_number);
	all_judged('sample', qr/^refused$/, "sample: no number at $place, unweighted", map { my @f = (0, 0, 0, 0); $f[$place] = $_; sample_bytes(0, [2], @f) } @no_number) if $place < 4;
	all_judged('ratio', qr/^refused$/, "ratio: no number at $place", map { my @f = (0) x 5; $f[$place] = $_; ratio_bytes(0, 3, @f) } @no_number) if $place < 5;
}

sub items_bytes { my ($items, $respondents, $dropped, @rest) = @_; return pack('CCs>q>q>', 1, 0, $items, $respondents, $dropped) . pack('d>*', @rest) }
all_judged('items', qr/^refused$/, 'items: impossible counts', map { items_bytes(2, @$_, 0, 0, 0, 0, 0) } [ 0, 0 ], map { [ $_, 1 ], [ 1, $_ ] } @least);
all_judged('items', qr/^refused$/, 'items: no such number of items', (map { items_bytes($_, 2, 0, (0) x 70) } -32768, -1, 1, 65, 32767), items_bytes(0, 1, 0), items_bytes(0, 0, 0));
all_judged('items', qr/^refused$/, 'items: no number, or a negative zero', map { my $place = $_; map { my @rest = (1, 2, 3, 0, 4); $rest[$place] = $_; items_bytes(2, 9, 0, @rest) } @no_number } 0 .. 4);
all_judged('items', qr/^refused$/, 'items: moments of nobody', items_bytes(2, 0, 1, 1, 0, 0, 0, 0), items_bytes(2, 0, 1, 0, 0, 1, 0, 0), items_bytes(2, 1, 0, 1, 1, 1, 0, 0));
all_judged('items', qr/^refused$/, 'items: impossible co-moments', map { items_bytes(2, 9, 0, 1, 1, @$_) } [ -1, 0, 1 ], [ 1, 0, -1 ], [ 1, 1.001, 1 ], [ 1, -2, 1 ], [ 0, 1e-100, 1 ], [ 1e300, 1e301, 1e300 ]);
all_judged('items', qr/^taken$/, 'items: co-moments at the limits', map { items_bytes(2, 9, 0, 1, 1, @$_) } [ 1, 1, 1 ], [ 1, -1, 1 ], [ 0, 0, 1 ], [ 1.7e308, 1.7e308, 1.7e308 ], [ 5e-324, 5e-324, 5e-324 ]);

# Names: how many, their lengths, their order, what they are made of
sub choices_bytes { my ($flags, $kind, $names, @rest) = @_; return pack('CCCN', 1, $flags, $kind, scalar @$names) . join('', map { pack('N/a*', $_) } @$names) . pack('q>*', @rest) }
all_judged('choices', qr/^taken$/, 'choices: names in order', map { choices_bytes(0, @$_) } [ 1, [qw(a b)], 1, 1 ], [ 2, [qw(a b)], 1, 1, 1 ], [ 1, [ '', "\1", 'B', 'a', "\xc3\xa4" ], (1) x 5 ], [ 1, [ map { sprintf '%04d', $_ } 1 .. 1000 ], (1) x 1000 ], [ 1, [ 'x' x 1000 ], 1 ]);
all_judged('choices', qr/^refused$/, 'choices: names out of order or twice', map { choices_bytes(0, @$_) } [ 1, [qw(b a)], 1, 1 ], [ 1, [qw(a a)], 1, 1 ], [ 2, [ 'a', '' ], 1, 1, 1 ], [ 1, [ "\xc3\xa4", 'z' ], 1, 1 ]);
all_judged('choices', qr/^refused$/, 'choices: names that are no text', map { choices_bytes(0, @$_) } [ 1, ["a\0b"], 1 ], [ 1, ["\xff"], 1 ], [ 1, ["\xc3"], 1 ], [ 1, [ "\xed\xa0\x80" ], 1 ]);
all_judged('choices', qr/^refused$/, 'choices: names too long or too many', choices_bytes(0, 1, [ 'x' x 1001 ], 1), choices_bytes(0, 1, [ map { sprintf '%04d', $_ } 1 .. 1001 ], (1) x 1001), map { pack 'CCCN', 1, 0, 1, $_ } 1001, 0x7fffffff, 0x80000000, 0xffffffff);
all_judged('choices', qr/^refused$/, 'choices: lengths of names that lead outside', map { pack('CCCNN', 1, 0, 1, 1, $_) . 'a' . pack('q>', 1) } 10, 1000, 0x7fffffff, 0x80000000, 0xffffffff);
all_judged('choices', qr/^refused$/, 'choices: kinds that do not exist', map { choices_bytes(0, $_, ['a'], 1, 1) } 0, 3, 255);
all_judged('choices', qr/^refused$/, 'choices: a form of the other kind', choices_bytes(0, 1, ['a'], 1, 1), choices_bytes(0, 2, ['a'], 1));
all_judged('choices', qr/^refused$/, 'choices: nobody', choices_bytes(0, 1, []), choices_bytes(0, 2, [], 0), choices_bytes(0, 1, ['a'], 0), choices_bytes(0, 2, ['a'], 1, 0), choices_bytes(0, 1, [qw(a b)], 1, 0), pack('CCC', 1, 1, 0), pack('CCCN', 1, 0, 0, 0));
all_judged('choices', qr/^refused$/, 'choices: more ticks than respondents', choices_bytes(0, 2, ['a'], 1, 2), choices_bytes(0, 2, [qw(a b)], 5, 5, 6));
all_judged('choices', qr/^refused$/, "choices: impossible count $_->[0]", choices_bytes(0, 1, [qw(a b)], @$_), choices_bytes(0, 2, [qw(a b)], $limit, @$_), choices_bytes(0, 2, [], $_->[0])) for map { [ $_, 1 ] } @least;
all_judged('choices', qr/^refused$/, 'choices: a sum beyond the largest count', choices_bytes(0, 1, [qw(a b)], $limit, 1), choices_bytes(0, 1, [ map { sprintf '%04d', $_ } 1 .. 1000 ], ($limit) x 1000));
for (@weights)
{
	my ($count, $excess, $high, $low, $what) = @$_;
	all_judged('choices', qr/^refused$/, "choices: $what", choices_bytes(1, 1, [qw(a b)], $count || 0, 1, $excess, $high, $low, 0, 0, 0), choices_bytes(1, 2, ['a'], 9, $count, 0, 0, 0, $excess, $high, $low));
}
all_judged('choices', qr/^refused$/, 'choices: weights flagged but all one', choices_bytes(1, 1, ['a'], 5, 0, 0, 0), choices_bytes(1, 2, ['a'], 5, 5, (0) x 6), choices_bytes(1, 2, [], 5, 0, 0, 0));
# two respondents of weights 3 and 2, and who of them can have ticked
my @two = (3000000, 0, 5000000000000);
all_judged('choices', qr/^taken$/, 'choices: weights of some respondents', map { choices_bytes(1, 2, ['a'], 2, @$_) } [ 1, @two, 2000000, 0, 4000000000000 ], [ 1, @two, 1000000, 0, 1000000000000 ], [ 2, @two, @two ]);
all_judged('choices', qr/^refused$/, 'choices: weights of no respondents', map { choices_bytes(1, 2, ['a'], 2, @$_) } [ 1, @two, 3000000, 0, 9000000000000 ], [ 1, @two, 0, 0, 0 ], [ 1, @two, 1500000, 0, 2250000000000 ], [ 2, @two, 4000000, 0, 8000000000000 ], [ 2, @two, 0, 0, 0 ]);

# A list of durations: its length, its order
sub timing_list { return pack('CCC', 1, 0, shift) . pack('q>*', @_) }
all_judged('timing', qr/^refused$/, 'timing: lists that are none', timing_list(2, 1), timing_list(0, 1), timing_list(1, 1, 2), timing_list(65, 1 .. 65), timing_list(255, 1 .. 255), timing_list(2, 2, 1), timing_list(2, -2, 1), timing_list(2, -3, -2), timing_list(3, 1, -2, -1));
all_judged('timing', qr/^taken$/, 'timing: lists that are', timing_list(0), timing_list(2, 1, 1), timing_list(64, 1 .. 64), timing_list(64, map { -$_ } 1 .. 64), timing_list(2, 9223372036854775807, -9223372036854775807 - 1), timing_list(3, 0, 0, -1));
# A sketch: counts and zeros of both kinds, minimum, maximum, three sums of 128 bits, packed counts
my $zeros = sub { my ($count, $zeros, @rest) = @_; return pack('CC', 1, 1) . pack('q>*', $count, $zeros, 0, 0, @rest) . pack('n n', 0, 0) };
all_judged('timing', qr/^taken$/, 'timing: zeros only', $zeros->(65, 65, (0) x 8), $zeros->(4398046511104, 4398046511104, (0) x 8));
all_judged('timing', qr/^refused$/, 'timing: zeros that are too few, too many, or not all', map { $zeros->(@$_, (0) x 8) } [ 64, 64 ], [ 4398046511105, 4398046511105 ], [ 9223372036854775807, 9223372036854775807 ], [ 66, 65 ], [ 65, 66 ], [ -1, -1 ], [ 65, -1 ], [ -9223372036854775807 - 1, 65 ]);
all_judged('timing', qr/^refused$/, 'timing: sums of nothing', map { my @rest = (0) x 8; $rest[$_] = 1; $zeros->(65, 65, @rest) } 0 .. 7);
for my $name (qw(timing_counted timing_censored timing_magnitudes))
{
	my $golden = pack 'H*', hex_file($name);
	my @fields = map { 2 + 8 * $_ } 0 .. 10; # the low half of the sum of squares may be any
	all_judged('timing', qr/^refused$/, "$name: impossible field", map { my $at = $_; map { my $copy = $golden; substr($copy, $at, 8) = pack 'q>', $_; $copy } -9223372036854775807 - 1, -1, 4611686018427387904, 9223372036854775807 } @fields);
	all_judged('timing', qr/^refused$/, "$name: another number of buckets", map { my $copy = $golden; substr($copy, 98, 2) = pack 'n', $_; $copy } 0, 1, 2, 2185, 65535);
}

# Patterns: a step is its link, whether it is optional, its limit, the names it forbids and its own
sub pattern_bytes { my ($flags, $within, @steps) = @_; return pack('CCq>C', 1, $flags, $within, scalar @steps) . join '', @steps }
sub step_bytes { my ($link, $optional, $limit, $forbidden, @names) = @_; return pack('CCq>', $link, $optional, $limit) . join '', map { pack('n', scalar @$_) . join '', map { pack 'n/a*', $_ } @$_ } $forbidden, \@names }
my $no_limit = 9223372036854775807;
my $longest = 106751991 * 86400000000;
my ($a, $b, $c) = map { step_bytes(0, 0, $no_limit, [], $_) } qw(a b c);
all_judged('pattern', qr/^taken$/, 'pattern: any spans', map { (pattern_bytes(0, $_, $a), pattern_bytes(0, $no_limit, $a, step_bytes(0, 0, $_, [], 'b'))) } 0, 1, $longest, $no_limit);
all_judged('pattern', qr/^refused$/, 'pattern: spans that are none', map { (pattern_bytes(0, $_, $a), pattern_bytes(0, $no_limit, $a, step_bytes(0, 0, $_, [], 'b'))) } -1, -9223372036854775807 - 1, $longest + 1, $no_limit - 1);
all_judged('pattern', qr/^taken$/, 'pattern: links', pattern_bytes(0, 0, $a, step_bytes(1, 0, 0, [], 'b')), pattern_bytes(6, 0, $a, step_bytes(2, 1, $no_limit, [ 'c', 'd' ], 'b'), step_bytes(2, 0, $no_limit, []), $c));
all_judged('pattern', qr/^refused$/, 'pattern: links that do not exist', map { pattern_bytes(0, 0, $a, step_bytes($_, 0, 0, [], 'b')) } 3, 4, 128, 255);
all_judged('pattern', qr/^refused$/, 'pattern: forbidden names without a link that forbids', map { pattern_bytes(0, 0, $a, step_bytes($_, 0, 0, ['c'], 'b')) } 0, 1);
all_judged('pattern', qr/^refused$/, 'pattern: first steps', map { pattern_bytes(0, 0, $_, $b) } step_bytes(1, 0, $no_limit, [], 'a'), step_bytes(2, 0, $no_limit, [], 'a'), step_bytes(0, 1, $no_limit, [], 'a'), step_bytes(0, 0, 5, [], 'a'), step_bytes(0, 0, $no_limit, ['b'], 'a'));
all_judged('pattern', qr/^refused$/, 'pattern: optional steps', pattern_bytes(0, 0, $a, step_bytes(0, 1, $no_limit, [], 'b')), pattern_bytes(0, 0, $a, step_bytes(0, 1, 5, [], 'b'), $c), map { pattern_bytes(0, 0, $a, step_bytes(0, $_, $no_limit, [], 'b'), $c) } 2, 128, 255);
all_judged('pattern', qr/^refused$/, 'pattern: any order', pattern_bytes(1, 0, $a), pattern_bytes(1, 0, $b, $a), map { pattern_bytes(1, 0, $a, $_) } step_bytes(1, 0, $no_limit, [], 'b'), step_bytes(2, 0, $no_limit, ['c'], 'b'), step_bytes(0, 1, $no_limit, [], 'b'), step_bytes(0, 0, 5, [], 'b'), step_bytes(0, 0, $no_limit, []));
all_judged('pattern', qr/^taken$/, 'pattern: any order, sorted', pattern_bytes(1, 0, step_bytes(0, 0, $no_limit, []), $a, $a, step_bytes(0, 0, $no_limit, [], 'a', 'b'), $b));
all_judged('pattern', qr/^refused$/, 'pattern: names of a set', map { pattern_bytes(0, 0, step_bytes(0, 0, $no_limit, [], @$_)) } [ 'b', 'a' ], [ 'a', 'a' ], [''], [ 'x' x 1001 ], [ "a\0b" ], ["\xff"], ["\xc3"], [ "\xed\xa0\x80" ], [ 'ab', 'a' ], [ "\xc3\xa4", 'z' ], [ map { sprintf '%04d', $_ } 1 .. 1001 ]);
all_judged('pattern', qr/^taken$/, 'pattern: a thousand names', pattern_bytes(0, 0, step_bytes(0, 0, $no_limit, [], map { sprintf '%04d', $_ } 1 .. 1000)), pattern_bytes(0, 0, step_bytes(0, 0, $no_limit, [], 'x' x 1000)));
all_judged('pattern', qr/^refused$/, 'pattern: numbers of steps', pattern_bytes(0, 0), pattern_bytes(0, 0, ($a) x 33), map { my $bytes = pattern_bytes(0, 0, $a, $b); substr($bytes, 10, 1) = chr; $bytes } 0, 1, 3, 33, 255);
all_judged('pattern', qr/^taken$/, 'pattern: 32 steps', pattern_bytes(0, 0, ($a) x 32));

# A funnel is counts of a pattern, and one time for each actor that reached a step
sub funnel_bytes { my ($steps, $pattern, $counts, @times) = @_; return pack('CCC', 1, 0, $steps) . pack('N/a*', $pattern) . pack('q>*', @$counts) . join '', map { pack 'N/a*', $_ } @times }
my $two = pattern_bytes(0, $no_limit, $a, $b);
my $optional = pattern_bytes(0, $no_limit, $a, step_bytes(0, 1, $no_limit, [], 'b'), $c);
my @one_time = (timing_list(1, 5)) x 2;
my @no_time = (timing_list(0)) x 2;
all_judged('funnel', qr/^taken$/, 'funnel: counts that fit', funnel_bytes(2, $two, [ 2, 1, 1, 1, 0, 0 ], @one_time), funnel_bytes(2, $two, [ 0, 0, 0, 0, 7, 3 ], @no_time), funnel_bytes(3, $optional, [ 1, 0, 1, 0, 0, 1, 2, 1, 2 ], timing_list(1, 5), timing_list(0), timing_list(1, 5)));
all_judged('funnel', qr/^refused$/, 'funnel: counts that do not', map { funnel_bytes(2, $two, $_, @one_time) } [ 2, 1, 1, 0, 0, 0 ], [ 1, 2, 1, 1, 0, 0 ], [ 2, 1, 2, 1, 0, 0 ], [ 2, 1, 1, 1, 1, 2 ], [ 2, 1, 1, 1, 0, 1 ], [ -1, 1, 1, 1, 0, 0 ], [ 3, 1, 1, 1, 0, 0 ], [ 2, 1, 1, 1, -1, 0 ], [ 2, 1, 3, -1, 0, 0 ]);
all_judged('funnel', qr/^refused$/, "funnel: impossible count $_", funnel_bytes(2, $two, [ $_, 0, $_, 0, 0, 0 ], @no_time), funnel_bytes(2, $two, [ 0, 0, 0, 0, $_, 0 ], @no_time)) for @least;
all_judged('funnel', qr/^refused$/, 'funnel: times of other actors', map { funnel_bytes(2, $two, [ 2, 1, 1, 1, 0, 0 ], @$_) } \@no_time, [ @one_time[ 0 .. 0 ], $no_time[0] ], [ $no_time[0], $one_time[0] ], [ timing_list(1, -5), $one_time[0] ], [ timing_list(2, 5, 5), $one_time[0] ], [ $one_time[0] ], [ (@one_time) x 2 ]);
all_judged('funnel', qr/^refused$/, 'funnel: parts that are none', map { my $bytes = funnel_bytes(2, $two, [ (0) x 6 ], @no_time); substr($bytes, 3, 4) = pack 'N', $_; $bytes } 0, 1, length($two) - 1, length($two) + 1, 0x7fffffff, 0x80000000, 0xffffffff);
all_judged('funnel', qr/^refused$/, 'funnel: another number of steps', map { my $bytes = funnel_bytes(2, $two, [ (0) x 6 ], @no_time); substr($bytes, 2, 1) = chr; $bytes } 0, 1, 3, 32, 33, 255);
all_judged('funnel', qr/^refused$/, 'funnel: optional steps that more reached', funnel_bytes(3, $optional, [ 1, 2, 1, 0, 0, 1, 0, 0, 0 ], timing_list(1, 5), timing_list(2, 5, 5), timing_list(1, 5)), funnel_bytes(3, $optional, [ 1, 0, 1, 0, 0, 1, 2, 3, 1 ], timing_list(1, 5), timing_list(0), timing_list(1, 5)));

# A task is counts of outcomes; of errors and of actions the attempts, those with some, a sum and one of
# squares; the sum of speeds; and the times of two outcomes
sub wide { my $value = shift; return ref $value ? pack('q>Q>', @$value) : pack('q>q>', $value < 0 ? -1 : 0, $value) }
sub task_bytes { my ($counts, $errors, $actions, $speed, @times) = @_; return pack('CC', 1, 0) . pack('q>3', @$counts) . join('', map { pack('q>2', @$_[ 0, 1 ]) . wide($_->[2]) . wide($_->[3]) } $errors, $actions) . wide($speed) . join '', map { pack 'N/a*', $_ } @times }
my @nothing = (0) x 4;
# 2^84 / 5 as a double has it
my $fifth = [ 209715, 3689348814956658688 ];
my $million = 1000000;
all_judged('task', qr/^taken$/, 'task: attempts', task_bytes([ 1, 0, 0 ], [@nothing], [@nothing], $fifth, timing_list(1, 5), timing_list(0)), task_bytes([ 2, 1, 0 ], [ 3, 2, 3 * $million, 5 * $million**2 ], [ 1, 0, 0, 0 ], $fifth, timing_list(2, 0, 5), timing_list(1, 7)),
	task_bytes([ 0, 0, 1 ], [ 1, 1, 1, 1 ], [ 1, 1, 10**15, [ 54210108624, 5076944270305263616 ] ], 0, @no_time), task_bytes([ 2, 0, 0 ], [ 2, 2, 3, 5 ], [ 2, 1, 3, 9 ], 0, @no_time));
all_judged('task', qr/^refused$/, "task: impossible count $_", (map { my $place = $_; map { my @counts = (1, 1, 1); $counts[$place] = $_; task_bytes([@counts], [@nothing], [@nothing], 0, @no_time) } -9223372036854775807 - 1, -1, 4398046511105, 9223372036854775807 } $_)) for 0 .. 2;
all_judged('task', qr/^refused$/, 'task: no attempts have these errors', map { task_bytes([ 2, 1, 0 ], $_, [@nothing], 0, @no_time), task_bytes([ 2, 1, 0 ], [@nothing], $_, 0, @no_time) } [ 4, 1, 1, 1 ], [ -1, 0, 0, 0 ], [ 2, 3, 3, 3 ], [ 2, -1, 0, 0 ], [ 0, 0, 1, 1 ], [ 2, 0, 0, 2 ], [ 2, 0, 2, 0 ], [ 2, 2, 1, 1 ], [ 2, 1, -1, 1 ],
	[ 2, 1, 3, 8 ], [ 2, 1, 3, 10 ], [ 2, 1, 3, 11 ], [ 2, 2, 3, 4 ], [ 2, 2, 3, 3 ], [ 2, 2, 4, -8 ], [ 1, 1, 10**15 + 1, [ 54210108624, 5078944270305263617 ] ], [ 2, 2, 10**15, [ 54210108625, 0 ] ], [ 2, 2, 3, [ 4611686018427387904, 1 ] ], [ 2, 2, [ 1, 1 ], [ 4611686018427387903, 1 ] ], [ 2, 2, [ 9223372036854775807, 1 ], [ 4611686018427387903, 1 ] ]);
all_judged('task', qr/^refused$/, 'task: times of other attempts', map { task_bytes([ 1, 1, 9 ], [@nothing], [@nothing], $_->[0], @$_[ 1, 2 ]) } [ [ 419430, 7378697629913317376 ], timing_list(2, 5, 5), timing_list(0) ], [ 0, timing_list(0), timing_list(2, 5, 5) ], [ 0, timing_list(1, -6), timing_list(0) ], [ 0, timing_list(0), timing_list(1, -6) ]);
all_judged('task', qr/^refused$/, 'task: speeds of other times', map { task_bytes([ 1, 1, 9 ], [@nothing], [@nothing], $_->[0], @$_[ 1, 2 ]) } [ 0, timing_list(1, 5), timing_list(0) ], [ 1, @no_time ], [ -1, @no_time ], [ $fifth, timing_list(0), timing_list(1, 5) ], [ [ $fifth->[0], $fifth->[1] + 1 ], timing_list(1, 5), timing_list(0) ], [ [ $fifth->[0], $fifth->[1] - 1 ], timing_list(1, 5), timing_list(0) ]);
{
	# a sketch tells the sum to a part in fifty: half or twice of it is no sum of these
	my $golden = pack 'H*', hex_file('task_counted');
	my $at = 2 + 24 + 2 * 48;
	my ($high, $low) = unpack 'q>q>', substr $golden, $at, 16;
	is($high, 0, 'this sum is small');
	all_judged('task', qr/^refused$/, 'task: speeds of no such buckets', map { my $copy = $golden; substr($copy, $at, 16) = pack 'q>q>', @$_; $copy } [ 0, 0 ], [ -1, -$low ], [ 0, int($low / 2) ], [ 0, int($low * 0.97) ], [ 0, int($low * 1.03) ], [ 0, 2 * $low ], [ 1, $low ], [ 9223372036854775807, $low ]);
	all_judged('task', qr/^taken$/, 'task: speeds of such buckets', map { my $copy = $golden; substr($copy, $at, 16) = pack 'q>q>', 0, $_; $copy } $low - 1000, $low + 1000);
}
all_judged('task', qr/^refused$/, 'task: parts that are none', map { my $bytes = task_bytes([ 1, 0, 0 ], [@nothing], [@nothing], 0, @no_time); substr($bytes, 2 + 24 + 2 * 48 + 16, 4) = pack 'N', $_; $bytes } 0, 2, 4, 0x7fffffff, 0x80000000, 0xffffffff);
# A journey is names, all of them of some event, and events in order
sub journey_bytes { my ($names, @events) = @_; return pack('CCN', 1, 0, scalar @$names) . join('', map { pack 'N/a*', $_ } @$names) . pack('N', scalar @events) . join '', map { pack 'q>n', @$_ } @events }
my ($earliest, $latest) = (-211813488000000000, 9223371331199999999);
all_judged('journey', qr/^taken$/, 'journey: events in order', journey_bytes([]), journey_bytes([ '' ], [ 0, 0 ]), journey_bytes([ 'a', 'b' ], [ 5, 0 ], [ 5, 0 ], [ 5, 1 ], [ 6, 0 ]), journey_bytes([ 'a' ], [ $earliest, 0 ], [ $latest, 0 ]), journey_bytes([ map { sprintf '%05d', $_ } 1 .. 65535 ], map { [ $_, $_ - 1 ] } 1 .. 65535), journey_bytes([ 'x' x 100000 ], [ 0, 0 ]));
all_judged('journey', qr/^refused$/, 'journey: events that are not', journey_bytes([ 'a', 'b' ], [ 5, 0 ], [ 4, 1 ]), journey_bytes([ 'a', 'b' ], [ 5, 1 ], [ 5, 0 ]), journey_bytes([ 'a' ], [ 9223372036854775807, 0 ], [ -9223372036854775807, 0 ]));
all_judged('journey', qr/^refused$/, 'journey: times that there are not', map { journey_bytes([ 'a' ], [ $_, 0 ]) } -9223372036854775807 - 1, -9223372036854775807, $earliest - 1, $latest + 1, 9223372036854775807);
all_judged('journey', qr/^refused$/, 'journey: codes without a name', map { journey_bytes([ 'a' ], [ 5, 0 ], [ 6, $_ ]) } 1, 2, 32768, 65535);
all_judged('journey', qr/^refused$/, 'journey: names that no event has, or twice, or not in order', map { journey_bytes($_, [ 5, 0 ], [ 6, 1 ]) } [ 'a', 'b', 'c' ], [ 'a', 'a' ], [ 'b', 'a' ], [ 'ab', 'a' ], [ 'a', '' ], [ 'a' ], [], [ 'a', "\xff" ], [ "a\0", 'b' ]);
all_judged('journey', qr/^refused$/, 'journey: numbers of names or events', (map { my $bytes = journey_bytes([ 'a' ], [ 5, 0 ], [ 6, 0 ]); substr($bytes, 2, 4) = pack 'N', $_; $bytes } 0, 2, 65536, 0x7fffffff, 0x80000000, 0xffffffff), (map { my $bytes = journey_bytes([ 'a' ], [ 5, 0 ], [ 6, 0 ]); substr($bytes, 11, 4) = pack 'N', $_; $bytes } 0, 1, 3, 0x7fffffff, 0x80000000, 0xffffffff), (map { my $bytes = journey_bytes([ 'a' ], [ 5, 0 ]); substr($bytes, 6, 4) = pack 'N', $_; $bytes } 0, 2, 0x7fffffff, 0x80000000, 0xffffffff));
all_judged('journey', qr/^refused$/, 'journey: more names than there are codes', journey_bytes([ map { sprintf '%05d', $_ } 0 .. 65535 ], map { [ $_, $_ ] } 0 .. 65535));

# Flows are counts of actors, who neither come from nowhere nor get lost
sub flow_bytes { my ($kind, $length, $pattern, $names, @edges) = @_; return pack('CCCC', 1, 0, $kind, $length) . pack('N/a*', $pattern) . pack('N', scalar @$names) . join('', map { pack 'N/a*', $_ } @$names) . pack('N', scalar @edges) . join '', map { pack 'n3q>', @$_ } @edges }
my $one = pattern_bytes(0, $no_limit, $a);
my @way = ([ 1, 0, 0, 4 ], [ 1, 0, 1, 2 ], [ 1, 0, 2, 1 ], [ 2, 1, 0, 1 ], [ 2, 1, 2, 1 ], [ 2, 2, 1, 1 ]);
all_judged('flow', qr/^taken$/, 'flow: counts that fit', flow_bytes(1, 2, $one, [ 'b', 'c' ], @way), flow_bytes(1, 100, $two, []), flow_bytes(1, 1, $one, [], [ 1, 0, 0, 72057594037927935 ]), flow_bytes(2, 1, $two, ['b'], [ 1, 0, 0, 1 ], [ 1, 0, 1, 1 ]), flow_bytes(2, 1, $optional, ['b'], [ 1, 0, 1, 1 ], [ 2, 0, 1, 1 ]));
all_judged('flow', qr/^refused$/, "flow: edge $_ left out", do { my @edges = @way; splice @edges, $_, 1; flow_bytes(1, 2, $one, [ 'b', 'c' ], @edges) }) for 1 .. 5;
all_judged('flow', qr/^refused$/, "flow: edge $_ there twice", do { my @edges = @way; splice @edges, $_, 0, $edges[$_]; flow_bytes(1, 2, $one, [ 'b', 'c' ], @edges) }) for 0 .. 5;
all_judged('flow', qr/^refused$/, 'flow: edges in another order', map { my @edges = @way; @edges[ $_, $_ + 1 ] = @edges[ $_ + 1, $_ ]; flow_bytes(1, 2, $one, [ 'b', 'c' ], @edges) } 0 .. 4);
for my $i (0 .. 5)
{
	all_judged('flow', qr/^refused$/, "flow: impossible actors of edge $i", map { my @edges = map { [@$_] } @way; $edges[$i][3] = $_; flow_bytes(1, 2, $one, [ 'b', 'c' ], @edges) } 0, -1, 72057594037927936, 9223372036854775807, -9223372036854775807 - 1);
}
all_judged('flow', qr/^refused$/, 'flow: too many actors in all', flow_bytes(1, 1, $one, ['b'], [ 1, 0, 0, 72057594037927935 ], [ 1, 0, 1, 1 ]), flow_bytes(2, 1, $optional, [], [ 1, 0, 0, 72057594037927935 ], [ 2, 0, 0, 1 ]));
all_judged('flow', qr/^refused$/, 'flow: parts of an edge', map { my ($part, $value) = @$_; map { my @edges = map { [@$_] } @way; $edges[$_][$part] = $value; flow_bytes(1, 2, $one, [ 'b', 'c' ], @edges) } 0 .. 5 } [ 0, 0 ], [ 0, 3 ], [ 0, 65535 ], [ 1, 3 ], [ 1, 65535 ], [ 2, 3 ], [ 2, 65535 ]);
all_judged('flow', qr/^refused$/, 'flow: names', map { flow_bytes(1, 2, $one, $_, @way) } [ 'c', 'b' ], [ 'b', 'b' ], ['b'], [ 'b', 'c', 'd' ], [ 'b', "c\0" ], [ 'b', "\xff" ], [ 'b', "\xed\xa0\x80" ]);
all_judged('flow', qr/^taken$/, 'flow: names of any bytes', map { flow_bytes(1, 2, $one, $_, @way) } [ '', 'c' ], [ 'b', 'x' x 100000 ], [ 'z', "\xc3\xa4" ]);
all_judged('flow', qr/^refused$/, 'flow: lengths', (map { flow_bytes(1, $_, $one, []) } 0, 101, 255), map { flow_bytes(2, $_, $two, []) } 0, 2, 255);
all_judged('flow', qr/^refused$/, 'flow: kinds', (map { flow_bytes($_, 1, $two, []) } 0, 3, 255), flow_bytes(2, 1, $one, []), flow_bytes(2, 1, $two, ['b'], [ 2, 0, 1, 1 ]), flow_bytes(2, 1, $two, ['b'], [ 1, 1, 0, 1 ]));
all_judged('flow', qr/^refused$/, 'flow: a step left out', flow_bytes(1, 3, $one, ['b'], [ 1, 0, 1, 1 ], [ 3, 1, 0, 1 ]));
for my $place (4, 8 + length $one, 8 + length($one) + 4 + 10)
{
	all_judged('flow', qr/^refused$/, "flow: number at byte $place", map { my $bytes = flow_bytes(1, 2, $one, [ 'b', 'c' ], @way); my $was = unpack 'N', substr($bytes, $place, 4); substr($bytes, $place, 4) = pack 'N', $_; $_ == $was ? () : $bytes } 0, 1, 3, 7, 1000001, 0x7fffffff, 0x80000000, 0xffffffff);
}

# Retention is counts in triangles, which agree with each other
sub bits_bytes { my $bits = join '', @_; return pack 'b*', $bits . '0' x (-length($bits) % 8) }
sub gamma { my $n = sprintf '%b', shift; return ('0' x (length($n) - 1)) . '1' . reverse substr $n, 1 }
# Packs counts, by their buckets, of a mean below two
sub packed { my ($last, $total, $bits, $cells) = (-1, 0, '', @_ / 2); while (my ($bucket, $count) = splice @_, 0, 2) { $bits .= gamma($bucket - $last) . '0' x ($count - 1) . '1'; $last = $bucket; $total += $count } my $bytes = bits_bytes($bits); return pack('q>NN', $total, $cells, length $bytes) . $bytes }
sub retention_head { my ($unit, $zone, $from, $periods, @names) = @_; return pack('CCC', 1, @names > 0, $unit) . join('', map { pack 'N/a*', $_ } $zone, @names) . pack('q>l>l>', 826070400000000, $from, $periods) }
sub retention_bytes { my ($head, @parts) = @_; return $head . join '', map { packed(@$_) } @parts }
# Two periods: an actor of both, and one who comes in the second
my @good = ([ 0 => 1, 1 => 1 ], [ 0 => 1, 1 => 1, 2 => 1 ], [ 1 => 1, 2 => 1 ], [ 1 => 1 ]);
my $head = retention_head(2, 'UTC', 24312, 2);
all_judged('retention', qr/^taken$/, 'retention: counts that fit', retention_bytes($head, @good), retention_bytes(retention_head(0, 'Europe/Rome', -5, 2, 'a', 'b'), @good), retention_bytes(retention_head(1, 'UTC', 0, 1, 'a', 'b'), [ 0 => 1 ], ([]) x 3), retention_bytes(retention_head(1, 'UTC', 0, 0), ([]) x 4));
all_judged('retention', qr/^refused$/, 'retention: counts that do not', map { retention_bytes($head, @$_) }
	[ [ 0 => 1 ], @good[ 1 .. 3 ] ], [ [ 1 => 1 ], @good[ 1 .. 3 ] ], [ [ 0 => 2, 1 => 1 ], @good[ 1 .. 3 ] ], [ $good[0], [ 0 => 1, 2 => 1 ], @good[ 2, 3 ] ], [ $good[0], [ 1 => 1, 2 => 1 ], @good[ 2, 3 ] ], [ @good[ 0, 1 ], [ 0 => 1, 2 => 1 ], $good[3] ], [ @good[ 0, 1 ], [ 1 => 1 ], $good[3] ], [ @good[ 0 .. 2 ], [] ], [ @good[ 0 .. 2 ], [ 0 => 1 ] ], [ @good[ 0 .. 2 ], [ 2 => 1 ] ], [ @good[ 0 .. 2 ], [ 1 => 2 ] ], [ @good[ 0, 1 ], [ 1 => 2, 2 => 1 ], $good[3] ], [ ([]) x 4 ]);
all_judged('retention', qr/^refused$/, 'retention: buckets out of range', map { my @parts = @good; $parts[$_] = [ @{ $parts[$_] }, ($_ == 0 ? 2 : 3) => 1 ]; retention_bytes($head, @parts) } 0 .. 3);
all_judged('retention', qr/^refused$/, 'retention: other periods', map { retention_bytes(retention_head(2, 'UTC', 24312, $_), @good) } 0, 1, 3, 3660, 3661, -1, 0x7fffffff);
all_judged('retention', qr/^refused$/, 'retention: terms that are none', map { retention_bytes($_, @good) } retention_head(3, 'UTC', 24312, 2), retention_head(2, 'utc', 24312, 2), retention_head(2, 'Mars', 24312, 2), retention_head(2, '', 24312, 2), retention_head(2, "UTC\0", 24312, 2), retention_head(2, 'UTC', 24312, 2, 'x' x 1001, 'a'), retention_head(2, 'UTC', 24312, 2, "a\0", 'a'), retention_head(2, 'UTC', 0x7fffffff, 2), retention_head(2, 'UTC', -0x7fffffff, 2), retention_head(2, 'UTC', 294276 * 12 + 12, 2));
all_judged('retention', qr/^refused$/, 'retention: lengths that are none', map { my $bytes = retention_bytes($head, @good); substr($bytes, length($head) + $_->[0], 4) = pack 'N', $_->[1]; $bytes } map { my $at = $_; map { [ $at, $_ ] } 0, 3, 4, 1000, 0x7fffffff, 0x80000000, 0xffffffff } 8, 12);

# Noise of every length, which begins like a value
srand 42;
all_judged($_, qr/^(refused|taken)$/, "$_: noise", map { chr(1) . chr(int rand 2) . join '', map { chr int rand 256 } 1 .. int rand 120 } 1 .. 300) for qw(nps likert rate timing items choices pattern funnel task journey flow retention);
# Numbers of any size in the right places
sub any_number { my $kind = int rand 4; return $kind == 0 ? 0 : $kind == 1 ? int rand 10 : $kind == 2 ? rand(20) - 10 : unpack 'd', pack 'C8', map { int rand 256 } 1 .. 8 }
all_judged('sample', qr/^(refused|taken)$/, 'sample: noise', (map { sample_bytes(2 * int rand 2, [ int rand 4 ], map { any_number() } 1 .. 4) } 1 .. 300), (map { sample_bytes(1 + 2 * int rand 2, $weights, map { any_number() } 1 .. 6) } 1 .. 300));
all_judged('ratio', qr/^(refused|taken)$/, 'ratio: noise', map { ratio_bytes(0, int rand 4, map { any_number() } 1 .. 5) } 1 .. 600);

is(psql('SELECT alive FROM alive'), 't', 'no process of the server crashed');
done_testing;
