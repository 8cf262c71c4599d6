package Koha::Plugin::Org::KohaLiaison::Liaison::Use;

use Mojo::Base 'Koha::Plugin::Org::KohaLiaison::Liaison::Controller';

use Koha::Plugin::Org::KohaLiaison::Liaison::SmallCells ();
use Math::BigRat;
use Mojo::JSON  qw( false true );
use Time::Local qw( timegm );

=head1 NAME

Koha::Plugin::Org::KohaLiaison::Liaison::Use - counts of the table statistics

=head1 DESCRIPTION

The table has no key, and many rows share a second. So days that are over are counted whole, and a window replaces
what was known of it. Its C<datetime> is the time of the server's clock without a zone: the hour that happens twice
when clocks go back is in its month both times.

=cut

my $MOST_DAYS = 31;

my %KIND_OF = (
    issue           => 'checkout',
    renew           => 'renewal',
    return          => 'return',
    localuse        => 'in_house',
    onsite_checkout => 'onsite',
    recall          => 'recall',
    item_found      => 'item_found',
    item_lost       => 'item_lost',
);

# Payments are in the same table: in today's spelling, and as credits of old versions.
my $NO_MONEY = q{COALESCE(type, '') NOT IN ('payment', 'writeoff') AND COALESCE(type, '') NOT LIKE 'credit%'};

=head2 windows

=cut

sub windows {
    my ($self) = @_;

    return $self->answer(
        sub {
            my ($c) = @_;
            my ( $from, $to ) = $c->_closed_days( $c->given('from'), $c->given('to') );
            $c->query->need( 'statistics', 'datetime' );
            my $limit = $c->given( 'limit', 5000 );
            my $at    = $c->_place( $c->given('cursor') ) // $c->_first_place( $from, $to, $limit );
            my $end   = $at->{after} + $at->{width};
            my @range = $end < $at->{last} ? ( '> ? AND item <= ?', $at->{after}, $end ) : ( '> ?', $at->{after} );

            my $groups = $c->_groups( $from, $to, $limit + 1, @range );
            my $next   = @range == 3 ? $end : undef;
            if ( @$groups > $limit ) {

                # A page ends between two items, so that nothing comes twice.
                my $cut   = $groups->[-1]->[1];
                my @whole = grep { $_->[1] != $cut } @$groups;
                $groups = @whole ? \@whole : $c->_groups( $from, $to, undef, '= ?', $cut );
                $next   = $groups->[-1]->[1];
            }
            return {
                from   => $from,
                to     => $to,
                as_of  => $c->query->as_of,
                events => $at->{events},
                rows   => [ map { _use_of(@$_) } @$groups ],
                next   => defined $next ? join( '-', $next, @{$at}{qw( width last )} ) : undef,
            };
        }
    );
}

=head2 by_category

=cut

sub by_category {
    my ($self) = @_;

    return $self->answer(
        sub {
            my ($c) = @_;
            my $month = $c->given('month');
            my ( $from, $to ) = $c->_closed_days( "$month-01", _month_after($month) );
            $c->query->need( 'statistics', 'categorycode' );
            my ( $own, $asked ) = ( $c->setting('small_cell'), $c->given( 'small_cell', 5 ) );
            my $small = $own > $asked ? $own : 0 + $asked;
            return {
                month      => $month,
                as_of      => $c->query->as_of,
                small_cell => $small,
                edition    => $c->query->value( 'SELECT MAX(edition) FROM ' . $c->table('titles') ),
                rows       => _shown( $c->_loans_by_category( $from, $to ), $small ),
            };
        }
    );
}

# Grouping is the dear part of a page, not reading the window: so a page groups a stretch of item numbers, as wide as
# should fill it, and the cursor carries item, width and last item. Items that are new since the first page are in the
# last stretch, which has no end.
sub _first_place {
    my ( $self, $from, $to, $limit ) = @_;

    my ($row) = @{
        $self->query->rows(
            'SELECT COUNT(*), COALESCE(MIN(COALESCE(itemnumber, 0)), 0), COALESCE(MAX(itemnumber), 0)'
                . " FROM statistics WHERE datetime >= ? AND datetime < ? AND $NO_MONEY",
            [ $from, $to ]
        )
    };
    my ( $events, $first, $last ) = map { 0 + $_ } @$row;
    my $width = $events ? 1 + int( ( $last - $first + 1 ) * $limit / $events ) : 1;
    return { events => $events, after => $first - 1, width => $width, last => $last };
}

sub _place {
    my ( $self, $cursor ) = @_;

    return unless defined $cursor;
    my ( $after, $width, $last ) = $cursor =~ m/\A(\d{1,10})-(\d{1,10})-(\d{1,10})\z/;
    return $self->refuse( 400, 'invalid_cursor', 'The cursor is not one that this route gave' )
        unless defined $last && $width > 0;
    return { after => $after, width => $width, last => $last };
}

sub _groups {
    my ( $self, $from, $to, $limit, $condition, @items ) = @_;

    $condition =~ s/\bitem\b/COALESCE(itemnumber, 0)/g;
    return $self->query->rows(
        q{SELECT DATE_FORMAT(datetime, '%Y-%m') AS month, COALESCE(itemnumber, 0) AS item, COALESCE(type, '') AS code,}
            . q{ COALESCE(branch, '') AS library, type = 'return' AND borrowernumber IS NULL AS is_idle, COUNT(*)}
            . ' FROM statistics WHERE datetime >= ? AND datetime < ?'
            . " AND $NO_MONEY AND COALESCE(itemnumber, 0) $condition"
            . ' GROUP BY item, month, code, library, is_idle ORDER BY item, month, code, library, is_idle'
            . ( defined $limit ? ' LIMIT ?' : q{} ),
        [ $from, $to, @items, defined $limit ? $limit : () ]
    );
}

sub _use_of {
    my ( $month, $item, $code, $library, $is_idle, $count ) = @_;

    return {
        month      => $month,
        item_id    => $item    ? 0 + $item  : undef,
        kind       => $is_idle ? 'check_in' : $KIND_OF{ lc $code } // 'other',
        code       => $code,
        library_id => length $library ? $library : undef,
        count      => 0 + $count,
    };
}

# Of each department and category: loans, and their weight as a sum of fractions. A title of two departments is
# counted in both.
sub _loans_by_category {
    my ( $self, $from, $to ) = @_;

    my $rows = $self->query->rows(
        q{SELECT a.department, COALESCE(s.categorycode, '') AS category, COALESCE(a.den, 1) AS den,}
            . ' COUNT(*), SUM(COALESCE(a.num, 1))'
            . ' FROM statistics s'
            . ' LEFT JOIN items i ON i.itemnumber = s.itemnumber'
            . ' LEFT JOIN deleteditems d ON d.itemnumber = s.itemnumber'
            . ' LEFT JOIN '
            . $self->table('assignments')
            . ' a ON a.biblionumber = COALESCE(i.biblionumber, d.biblionumber)'
            . q{ WHERE s.datetime >= ? AND s.datetime < ? AND s.type = 'issue'}
            . ' GROUP BY a.department, category, den',
        [ $from, $to ]
    );
    my %cells;
    for my $row (@$rows) {
        my ( $department, $category, $den, $loans, $num ) = @$row;
        my $cell = $cells{ $department // q{} }->{$category} //= { loans => 0, weight => Math::BigRat->bzero };
        $cell->{loans} += $loans;
        $cell->{weight}->badd( Math::BigRat->new("$num/$den") );
    }
    return \%cells;
}

sub _shown {
    my ( $cells, $small ) = @_;

    my %categories = map { $_ => 1 } map { keys %$_ } values %$cells;
    my @rows;
    for my $department ( sort keys %$cells ) {
        my %loans  = map { $_ => ( $cells->{$department}->{$_} // { loans => 0 } )->{loans} } keys %categories;
        my $hidden = Koha::Plugin::Org::KohaLiaison::Liaison::SmallCells::hidden( \%loans, $small );
        for my $category ( sort keys %loans ) {
            my $is_hidden = $hidden->{$category};
            my $weight    = ( $cells->{$department}->{$category} // {} )->{weight} // Math::BigRat->bzero;
            push @rows,
                {
                department => length $department ? $department : undef,
                category   => $category,
                hidden     => $is_hidden ? true  : false,
                loans      => $is_hidden ? undef : 0 + $loans{$category},
                num        => $is_hidden ? undef : $weight->numerator->numify,
                den        => $is_hidden ? undef : $weight->denominator->numify,
                };
        }
    }
    return \@rows;
}

# First day of the window, and the first day after it.
sub _closed_days {
    my ( $self, $from, $to ) = @_;

    my ( $first, $end ) = map { _days_of($_) } $from, $to;
    $self->refuse( 400, 'invalid_window', 'from and to must be days of the calendar, e.g. 2026-10-01' )
        unless defined $first && defined $end;
    $self->refuse( 400, 'invalid_window', 'The window ends before it begins: to is the day after its last' )
        if $end <= $first;
    $self->refuse( 400, 'window_too_long', "A window has at most $MOST_DAYS days: ask month by month" )
        if $end - $first > $MOST_DAYS;
    my $today = $self->query->value('SELECT CURDATE()');
    $self->refuse( 400, 'window_not_closed', "Only days that are over can be counted: on this server it is $today" )
        if $to gt $today;
    return ( $from, $to );
}

sub _days_of {
    my ($text) = @_;

    my ( $year, $month, $day ) = $text =~ m/\A(\d{4})-(\d\d)-(\d\d)\z/ or return;
    my $seconds = eval { timegm( 0, 0, 0, $day, $month - 1, $year ) };
    return defined $seconds ? $seconds / 86_400 : undef;
}

sub _month_after {
    my ($month) = @_;

    my ( $year, $number ) = split m/-/, $month;
    return $number == 12 ? sprintf( '%04d-01-01', $year + 1 ) : sprintf '%04d-%02d-01', $year, $number + 1;
}

1;
