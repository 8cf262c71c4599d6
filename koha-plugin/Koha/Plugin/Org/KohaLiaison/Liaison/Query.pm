package Koha::Plugin::Org::KohaLiaison::Liaison::Query;

use Modern::Perl;

use C4::Context;
use Koha::Plugin::Org::KohaLiaison::Liaison::Problem;
use Time::Local qw( timegm );

=head1 NAME

Koha::Plugin::Org::KohaLiaison::Liaison::Query - reading Koha's tables within limits

=head1 DESCRIPTION

Every question has a time limit, for a Plack pool is often two workers, and one slow route would halve the library's
interface.

=cut

# Of each database that this process has met: its columns, its indexes that begin with a column, its kind.
my %SHAPES;

my @TABLES = qw( aqbudgetperiods aqbudgets aqinvoice_adjustments aqinvoices aqorders biblio biblio_metadata biblioitems
    course_items course_reserves courses currency deletedbiblio deletedbiblio_metadata deleteditems items old_reserves
    reserves statistics );

# Errors of the server: statement took too long (MariaDB, MySQL); table or column does not exist.
my %TOO_LONG = map { $_ => 1 } ( 1969, 3024 );
my %ABSENT   = map { $_ => 1 } ( 1054, 1146 );

=head2 new

    my $query = Koha::Plugin::Org::KohaLiaison::Liaison::Query->new( { time_limit => 20 } );

Seconds.

=cut

sub new {
    my ( $class, $args ) = @_;

    my $dbh        = C4::Context->dbh;
    my $self       = bless { dbh => $dbh, time_limit => $args->{time_limit} }, $class;
    my ($database) = $dbh->selectrow_array('SELECT DATABASE()');
    $self->{shape} = $SHAPES{$database} //= _shape_of($dbh);
    return $self;
}

=head2 rows

    my $rows = $query->rows( 'SELECT biblionumber FROM biblio WHERE timestamp >= ?', [$since], { utc => 1 } );

Rows as lists. With C<utc> the columns of type TIMESTAMP are compared and given in UTC, so that the hour that happens
twice when clocks go back is two hours. Only SELECT is taken.

=cut

sub rows {
    my ( $self, $sql, $bind, $option ) = @_;

    die 'only SELECT is allowed' unless $sql =~ m/\A\s*[(]?\s*SELECT\b/;
    local $self->{dbh}->{RaiseError} = 1;
    local $self->{dbh}->{PrintError} = 0;
    my $rows = eval { $self->{dbh}->selectall_arrayref( $self->_limited( $sql, $option ), undef, @{ $bind // [] } ) };
    return $rows if $rows;

    my ( $error, $number ) = ( $@, $self->{dbh}->err // 0 );
    Koha::Plugin::Org::KohaLiaison::Liaison::Problem->throw( 503, 'time_limit',
        "The query took longer than $self->{time_limit} seconds and was stopped: ask for less at a time" )
        if $TOO_LONG{$number};
    Koha::Plugin::Org::KohaLiaison::Liaison::Problem->throw( 501, 'not_available',
        'This Koha has no such table or column' )
        if $ABSENT{$number};
    die $error;
}

=head2 value

    my $today = $query->value('SELECT CURDATE()');

The first column of the first row.

=cut

sub value {
    my ( $self, @question ) = @_;

    my ($row) = @{ $self->rows(@question) };
    return $row ? $row->[0] : undef;
}

=head2 has

    $query->has( 'statistics', 'categorycode' );

True where this Koha has the table, or all of the columns in it.

=cut

sub has {
    my ( $self, $table, @columns ) = @_;

    my $known = $self->{shape}->{columns}->{$table} or return 0;
    return !grep { !$known->{$_} } @columns;
}

=head2 index_on

    my $name = $query->index_on( 'biblio', 'timestamp' );

Name of an index that begins with the column, undef without one.

=cut

sub index_on {
    my ( $self, $table, $column ) = @_;

    return $self->{shape}->{indexes}->{$table}->{$column};
}

=head2 need

    $query->need( 'course_reserves' );

Throws 501 where C<has> is false.

=cut

sub need {
    my ( $self, $table, @columns ) = @_;

    return if $self->has( $table, @columns );
    my $what = @columns ? "$table with " . join( ', ', @columns ) : $table;
    Koha::Plugin::Org::KohaLiaison::Liaison::Problem->throw( 501, 'not_available', "This Koha has no table $what" );
    return;
}

=head2 as_of

    my $now = $query->as_of;

The server's clock, C<2026-11-02T14:00:00Z>.

=cut

sub as_of {
    my ($self) = @_;

    return $self->value(q{SELECT DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%H:%i:%sZ')});
}

=head2 utc_of

    my $text = $query->utc_of('2026-11-02T09:00:00-05:00');    # 2026-11-02 14:00:00

Class or object method. For a comparison in a question with C<utc>; undef where it is no moment.

=cut

sub utc_of {
    my ( $class, $text ) = @_;

    my ( $year, $month, $day, $hour, $minute, $second, $sign, $hours, $minutes ) =
        $text =~ m/\A(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.]\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))\z/
        or return;
    my $seconds = eval { timegm( $second, $minute, $hour, $day, $month - 1, $year ) };
    return unless defined $seconds;
    $seconds -= ( $hours * 3600 + $minutes * 60 ) * ( $sign eq '-' ? -1 : 1 ) if $sign;
    my @at = gmtime $seconds;
    return sprintf '%04d-%02d-%02d %02d:%02d:%02d', $at[5] + 1900, $at[4] + 1, @at[ 3, 2, 1, 0 ];
}

# MariaDB takes settings for one statement before it, MySQL as a hint inside it.
sub _limited {
    my ( $self, $sql, $option ) = @_;

    my $seconds = $self->{time_limit};
    if ( $self->{shape}->{is_mariadb} ) {
        my $zone = $option->{utc} ? q{, time_zone = '+00:00'} : q{};
        return "SET STATEMENT max_statement_time = $seconds$zone FOR $sql";
    }
    my $zone = $option->{utc} ? q{ SET_VAR(time_zone = '+00:00')} : q{};
    my $hint = sprintf 'SELECT /*+ MAX_EXECUTION_TIME(%d)%s */', $seconds * 1000, $zone;
    $sql =~ s/SELECT\b/$hint/;
    return $sql;
}

sub _shape_of {
    my ($dbh) = @_;

    my $names   = join ', ', ('?') x @TABLES;
    my $columns = $dbh->selectall_arrayref(
        'SELECT table_name, column_name FROM information_schema.columns'
            . " WHERE table_schema = DATABASE() AND table_name IN ($names)",
        undef, @TABLES
    );
    my $indexes = $dbh->selectall_arrayref(
        'SELECT table_name, column_name, index_name FROM information_schema.statistics'
            . " WHERE table_schema = DATABASE() AND seq_in_index = 1 AND table_name IN ($names)",
        undef, @TABLES
    );
    my ($version) = $dbh->selectrow_array('SELECT VERSION()');
    my %shape = ( is_mariadb => scalar $version =~ m/MariaDB/i );
    $shape{columns}->{ lc $_->[0] }->{ lc $_->[1] } = 1       for @$columns;
    $shape{indexes}->{ lc $_->[0] }->{ lc $_->[1] } = $_->[2] for @$indexes;
    return \%shape;
}

1;
