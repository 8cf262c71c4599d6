package Koha::Plugin::Org::KohaLiaison::Liaison::Records;

use Mojo::Base 'Koha::Plugin::Org::KohaLiaison::Liaison::Controller';

=head1 NAME

Koha::Plugin::Org::KohaLiaison::Liaison::Records - what changed in the catalogue, and what is gone

=head1 DESCRIPTION

A record has three rows with a timestamp each, and the database moves only that of the row that changed: a new
subject heading moves biblio_metadata alone. Two of the three have an index. A pass goes through them one after
another, and leaves out in each what an earlier step has told: a record comes once.

A cursor is the step, the timestamp (UTC) and the key of the last row that was read.

=cut

# Keys of a table without an index on its timestamp that are looked through at a time; entries of an index; and how
# often at most for one answer.
my $SLICE      = 20_000;
my $STRETCH    = 5_000;
my $MOST_READS = 10;

# Records are long: with them a page is shorter.
my $MOST_WITH_MARC = 200;

my $FORMAT = q{'%Y-%m-%dT%H:%i:%sZ'};

my %STEPS = (
    metadata => {
        table => 'biblio_metadata',
        key   => 'id',
        joins => 'LEFT JOIN biblio b ON b.biblionumber = t.biblionumber'
            . ' LEFT JOIN biblioitems i ON i.biblionumber = t.biblionumber',
        where  => q{t.format = 'marcxml'},
        newest => 'GREATEST(t.timestamp, COALESCE(i.timestamp, t.timestamp), COALESCE(b.timestamp, t.timestamp))',
    },
    biblioitems => {
        table     => 'biblioitems',
        key       => 'biblioitemnumber',
        is_sparse => 1,
        joins     => 'LEFT JOIN biblio b ON b.biblionumber = t.biblionumber'
            . q{ LEFT JOIN biblio_metadata m ON m.biblionumber = t.biblionumber AND m.format = 'marcxml'},
        where  => 'm.timestamp < ?',
        newest => 'GREATEST(t.timestamp, COALESCE(b.timestamp, t.timestamp))',
    },
    biblio => {
        table     => 'biblio',
        key       => 'biblionumber',
        is_sparse => 1,
        joins     => q{LEFT JOIN biblio_metadata m ON m.biblionumber = t.biblionumber AND m.format = 'marcxml'}
            . ' LEFT JOIN biblioitems i ON i.biblionumber = t.biblionumber',
        where  => 'm.timestamp < ? AND COALESCE(i.timestamp, m.timestamp) < ?',
        newest => 't.timestamp',
    },
);

=head2 changed

=cut

sub changed {
    my ($self) = @_;

    return $self->answer(
        sub {
            my ($c)       = @_;
            my $with_marc = $c->switched('marc');
            my $limit     = $c->given( 'limit', 1000 );
            $limit = $MOST_WITH_MARC if $with_marc && $limit > $MOST_WITH_MARC;

            # Without since the first step tells them all.
            my @steps = ('metadata');
            push @steps, 'biblioitems', $c->switched('sweep') ? 'biblio' : () if defined $c->given('since');

            return $c->_pass(
                \@steps,
                $limit,
                sub {
                    my ($name) = @_;
                    my $step   = $STEPS{$name};
                    my $marc   = $name eq 'metadata' ? 't' : 'm';
                    return { %$step,
                        columns => "t.biblionumber, DATE_FORMAT($step->{newest}, $FORMAT)"
                            . ( $with_marc ? ", $marc.metadata" : q{} ) };
                },
                sub {
                    my ( $id, $at, $marc ) = @_;
                    return { biblio_id => 0 + $id, changed_at => _moment($at), $with_marc ? ( marcxml => $marc ) : () };
                }
            );
        }
    );
}

=head2 deleted

=cut

sub deleted {
    my ($self) = @_;

    return $self->answer(
        sub {
            my ($c) = @_;
            return $c->_pass(
                ['deleted'],
                $c->given( 'limit', 1000 ),
                sub {
                    return {
                        table   => 'deletedbiblio_metadata',
                        key     => 'id',
                        joins   => 'LEFT JOIN biblio b ON b.biblionumber = t.biblionumber',
                        where   => q{t.format = 'marcxml' AND b.biblionumber IS NULL},
                        columns => "t.biblionumber, DATE_FORMAT(t.timestamp, $FORMAT)",
                    };
                },
                sub {
                    my ( $id, $at ) = @_;
                    return { biblio_id => 0 + $id, deleted_at => _moment($at) };
                }
            );
        }
    );
}

=head2 deleted_items

=cut

sub deleted_items {
    my ($self) = @_;

    return $self->answer(
        sub {
            my ($c) = @_;
            my $local_use = $c->query->has( 'deleteditems', 'localuse' ) ? 't.localuse' : 'NULL';
            return $c->_pass(
                ['items'],
                $c->given( 'limit', 1000 ),
                sub {
                    return {
                        table   => 'deleteditems',
                        key     => 'itemnumber',
                        joins   => 'LEFT JOIN items i ON i.itemnumber = t.itemnumber',
                        where   => 'i.itemnumber IS NULL',
                        columns =>
                            "t.itemnumber, t.biblionumber, DATE_FORMAT(t.timestamp, $FORMAT), t.homebranch, t.itype,"
                            . ' t.ccode, t.location, t.itemcallnumber, t.cn_source, t.dateaccessioned, t.issues, t.renewals,'
                            . " $local_use, t.itemlost, t.withdrawn",
                    };
                },
                \&_deleted_item
            );
        }
    );
}

sub _deleted_item {
    my (
        $id,     $biblio_id, $at,     $library,  $type,      $collection, $location, $call_number,
        $scheme, $acquired,  $issues, $renewals, $local_use, $lost,       $withdrawn
    ) = @_;

    return {
        item_id            => 0 + $id,
        biblio_id          => 0 + $biblio_id,
        deleted_at         => _moment($at),
        home_library_id    => $library,
        item_type_id       => $type,
        collection_code    => $collection,
        location           => $location,
        callnumber         => $call_number,
        call_number_source => $scheme,
        acquisition_date   => $acquired,
        checkouts_count    => _count($issues),
        renewals_count     => _count($renewals),
        local_use_count    => _count($local_use),
        lost_status        => 0 + ( $lost      // 0 ),
        withdrawn          => 0 + ( $withdrawn // 0 ),
    };
}

# One page of a pass through the steps: goes on to the next step while there is room.
sub _pass {
    my ( $self, $steps, $limit, $question, $row_of ) = @_;

    my $as_of = $self->query->as_of;
    my $since = $self->_since;
    my $at    = $self->_position( $steps, $since );
    my @rows;
    for ( 1 .. $MOST_READS ) {
        my $found = $self->_read( $question->( $at->{step} ), $at, $since, $limit - @rows );
        push @rows, map { $row_of->(@$_) } @{ $found->{rows} };
        $at = $found->{next} // _step_after( $steps, $at->{step}, $since );
        last if !$at || @rows >= $limit;
    }
    return { rows => \@rows, next => $at ? join( '-', @{$at}{qw( step time key )} ) : undef, as_of => $as_of };
}

# Rows of one step from a position on, and the next position in it when there may be more. A stretch of the index is
# taken first, so that no question reads more than that, also where it finds that little of it is wanted.
sub _read {
    my ( $self, $step, $at, $since, $room ) = @_;

    my ( $table, $key ) = @{$step}{qw( table key )};
    $self->query->need( $table, 'timestamp' );
    my $index = $self->query->index_on( $table, 'timestamp' );
    return $self->_read_slice( $step, $at, $since, $room ) unless $index;

    my $stretch = $step->{is_sparse} && $room < $STRETCH ? $STRETCH : $room;
    my $time    = _time_of( $at->{time} );
    my $found   = $self->query->rows(
        "SELECT $step->{columns}, $step->{where}, DATE_FORMAT(t.timestamp, '%Y%m%d%H%i%S'), t.$key"
            . " FROM (SELECT $key FROM $table FORCE INDEX ($index)"
            . " WHERE (timestamp = ? AND $key > ?) OR timestamp > ? ORDER BY timestamp, $key LIMIT ?) stretch"
            . " JOIN $table t ON t.$key = stretch.$key $step->{joins} ORDER BY t.timestamp, t.$key",
        [ _since_in( $step, $since ), $time, $at->{key}, $time, $stretch ],
        { utc => 1 }
    );
    my ( @rows, $next );

    for my $row (@$found) {
        my ( $is_wanted, $row_time, $row_key ) = splice @$row, -3;
        $next = { step => $at->{step}, time => $row_time, key => $row_key };
        push @rows, $row if $is_wanted;
        return { rows => \@rows, next => $next } if @rows == $room;
    }
    return { rows => \@rows, next => @$found < $stretch ? undef : $next };
}

# Without an index: a stretch of the primary key, however little of it changed.
sub _read_slice {
    my ( $self, $step, $at, $since, $room ) = @_;

    my ( $table, $key ) = @{$step}{qw( table key )};
    my $last = $self->query->value( "SELECT MAX($key) FROM $table", [] ) // 0;
    my $end  = $at->{key} + $SLICE;
    my $rows = $self->query->rows(
        "SELECT $step->{columns}, t.$key FROM $table t $step->{joins}"
            . " WHERE t.$key > ? AND t.$key <= ? AND t.timestamp >= ? AND $step->{where} ORDER BY t.$key LIMIT ?",
        [ $at->{key}, $end, $since, _since_in( $step, $since ), $room ],
        { utc => 1 }
    );
    my $last_key;
    $last_key = pop @$_ for @$rows;
    my $reached = @$rows < $room ? $end : $last_key;
    return { rows => $rows, next => $reached >= $last ? undef : { %$at, key => $reached } };
}

# For each question mark in the condition of a step.
sub _since_in {
    my ( $step, $since ) = @_;

    return ($since) x ( $step->{where} =~ tr/?// );
}

sub _step_after {
    my ( $steps, $name, $since ) = @_;

    my ($index) = grep { $steps->[$_] eq $name } 0 .. $#{$steps};
    return $index == $#{$steps} ? undef : _start( $steps->[ $index + 1 ], $since );
}

sub _start {
    my ( $step, $since ) = @_;

    return { step => $step, time => $since =~ tr/0-9//cdr, key => 0 };
}

sub _position {
    my ( $self, $steps, $since ) = @_;

    my $cursor = $self->given('cursor');
    return _start( $steps->[0], $since ) unless defined $cursor;
    my ( $step, $time, $key ) = $cursor =~ m/\A([a-z]+)-(\d{14})-(\d{1,18})\z/;
    return $self->refuse( 400, 'invalid_cursor', 'The cursor is not one that this route gave' )
        unless defined $key && grep { $_ eq $step } @$steps;
    return { step => $step, time => $time, key => $key };
}

# Without one everything: also rows with the zero date that old versions left.
sub _since {
    my ($self) = @_;

    my $since = $self->given('since');
    return '0000-00-00 00:00:00' unless defined $since;
    return $self->query->utc_of($since)
        // $self->refuse( 400, 'invalid_since', 'since must be a moment, e.g. 2026-11-02T14:00:00Z' );
}

sub _time_of {
    my ($digits) = @_;

    return $digits =~ s/\A(....)(..)(..)(..)(..)(..)\z/$1-$2-$3 $4:$5:$6/r;
}

sub _moment {
    my ($text) = @_;

    return defined $text && $text !~ m/\A0000/ ? $text : '1970-01-01T00:00:00Z';
}

sub _count {
    my ($number) = @_;

    return defined $number ? 0 + $number : undef;
}

1;
