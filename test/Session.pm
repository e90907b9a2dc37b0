# A session of its own over psql, which may wait for others, be cancelled, or lose its server. What it
# prints of an error is the SQLSTATE, unless told otherwise.
package Session;
use strict;
use warnings;
use IPC::Open2 qw(open2);
use IO::Handle;

# Where it goes is told by database, unless the environment does; quiet leaves command tags
# out, of which COMMIT tells that a transaction was; verbosity is that of errors.
sub new
{
	my ($class, %what) = @_;
	my $self = bless { number => 0 }, $class;
	local $ENV{PGAPPNAME} = $what{name} // 'session';
	local $ENV{PGDATABASE} = $what{database} // $ENV{PGDATABASE};
	$SIG{PIPE} = 'IGNORE';
	my $quiet = $what{quiet} ? '-q' : '';
	my $verbosity = $what{verbosity} // 'sqlstate';
	$self->{pid} = open2($self->{out}, $self->{in}, "exec psql -X -A -t $quiet -v VERBOSITY=$verbosity 2>&1");
	$self->{in}->autoflush(1);
	($self->{backend}) = $self->run('SELECT pg_backend_pid()') =~ /^(\d+)$/m;
	return $self;
}

# Sends statements
sub begin
{
	my ($self, $statements) = @_;
	$self->{mark} = 'done-' . ++$self->{number};
	print { $self->{in} } "$statements;\n\\echo $self->{mark}\n";
}

# Waits for their end; what they printed
sub end
{
	my $self = shift;
	my @lines;
	while (defined(my $line = readline $self->{out}))
	{
		chomp $line;
		return join "\n", @lines if $line eq $self->{mark};
		push @lines, $line if length $line;
	}
	$self->{lost} = 1;
	return join "\n", @lines, 'lost';
}

sub run
{
	my ($self, $statements) = @_;
	$self->begin($statements);
	return $self->end;
}

# Whether the server is gone, or the backend
sub lost
{
	return $_[0]{lost};
}

sub close
{
	my $self = shift;
	close $self->{in};
	close $self->{out};
	waitpid $self->{pid}, 0;
}

1;
