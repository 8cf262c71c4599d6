package Koha::Plugin::Org::KohaLiaison::Liaison::Collection;

use Mojo::Base 'Koha::Plugin::Org::KohaLiaison::Liaison::Controller';

use C4::Context;
use Math::BigFloat;
use Mojo::JSON qw( false true );

=head1 NAME

Koha::Plugin::Org::KohaLiaison::Liaison::Collection - holds, course reserves and funds

=head2 holds

Neither of the two tables of holds has an index on a date, so the pages go by title: each reads the holds of a stretch
of titles, all months of them.

=cut

sub holds {
    my ($self) = @_;

    return $self->answer(
        sub {
            my ($c) = @_;
            my ( $from, $to ) = ( $c->given( 'from', '0000-00' ), $c->given( 'to', '9999-12' ) );
            $c->refuse( 400, 'invalid_window', 'The last month is before the first' ) if $to lt $from;
            $c->query->need($_) for qw( reserves old_reserves );
            my ( $after, $limit ) = ( $c->_key_after, $c->given( 'limit', 500 ) );

            my $titles = $c->query->rows(
                join(
                    ' UNION ',
                    map {
                        "(SELECT DISTINCT biblionumber FROM $_ WHERE biblionumber > ? ORDER BY biblionumber LIMIT ?)"
                    } qw( reserves old_reserves )
                    )
                    . ' ORDER BY biblionumber LIMIT ?',
                [ ( $after, $limit ) x 2, $limit ]
            );
            my $last = @$titles ? $titles->[-1]->[0] : $after;
            return {
                as_of => $c->query->as_of,
                rows  => [ map { _hold_count(@$_) } @{ $c->_hold_counts( $after, $last, $from, $to ) } ],
                next  => @$titles < $limit ? undef : "$last",
            };
        }
    );
}

=head2 course_reserves

=cut

sub course_reserves {
    my ($self) = @_;

    return $self->answer(
        sub {
            my ($c) = @_;
            $c->query->need($_) for qw( courses course_items course_reserves );
            my $limit = $c->given( 'limit', 1000 );
            my $record =
                $c->query->has( 'course_items', 'biblionumber' )
                ? 'COALESCE(i.biblionumber, ci.biblionumber)'
                : 'i.biblionumber';

            # Outer joins, so that the server begins with the page and not with the few courses.
            my $rows = $c->query->rows(
                'SELECT cr.cr_id, c.course_id, c.course_name, c.course_number, c.section, c.department, c.term,'
                    . " c.enabled = 'yes', ci.itemnumber, $record, DATE_FORMAT(cr.timestamp, '%Y-%m-%dT%H:%i:%sZ')"
                    . ' FROM course_reserves cr'
                    . ' LEFT JOIN courses c ON c.course_id = cr.course_id'
                    . ' LEFT JOIN course_items ci ON ci.ci_id = cr.ci_id'
                    . ' LEFT JOIN items i ON i.itemnumber = ci.itemnumber'
                    . ' WHERE cr.cr_id > ? ORDER BY cr.cr_id LIMIT ?',
                [ $c->_key_after, $limit ],
                { utc => 1 }
            );
            return {
                as_of => $c->query->as_of,
                rows  => [ map { _course_reserve(@$_) } @$rows ],
                next  => @$rows < $limit ? undef : "$rows->[-1]->[0]",
            };
        }
    );
}

=head2 funds

As C4::Budgets::GetBudgetHierarchy counts them: freight belongs to the fund that the invoice names for it.

=cut

sub funds {
    my ($self) = @_;

    return $self->answer(
        sub {
            my ($c) = @_;
            $c->query->need($_) for qw( aqbudgets aqbudgetperiods aqorders aqinvoices aqinvoice_adjustments );
            my $limit = $c->given( 'limit', 500 );
            my $funds = $c->query->rows(
                'SELECT f.budget_id, f.budget_parent_id, f.budget_code, f.budget_name, f.budget_branchcode,'
                    . ' COALESCE(f.budget_amount, 0), p.budget_period_id, p.budget_period_description,'
                    . ' p.budget_period_startdate, p.budget_period_enddate, p.budget_period_active,'
                    . ' p.budget_period_locked, p.budget_period_total'
                    . ' FROM aqbudgets f JOIN aqbudgetperiods p ON p.budget_period_id = f.budget_period_id'
                    . ' WHERE f.budget_id > ? ORDER BY f.budget_id LIMIT ?',
                [ $c->_key_after, $limit ]
            );
            my $with_tax = C4::Context->preference('CalculateFundValuesIncludingTax') ? 1 : 0;
            my $amounts  = $c->_amounts( $with_tax, map { $_->[0] } @$funds );
            return {
                as_of        => $c->query->as_of,
                currency     => $c->query->value('SELECT currency FROM currency WHERE active = 1 LIMIT 1'),
                tax_included => $with_tax ? true : false,
                rows         => [ map { _fund( $_, $amounts ) } @$funds ],
                next         => @$funds < $limit ? undef : "$funds->[-1]->[0]",
            };
        }
    );
}

sub _hold_counts {
    my ( $self, $after, $last, $from, $to ) = @_;

    my $titles = 'biblionumber > ? AND biblionumber <= ?';
    my $ended  = q{CASE WHEN found = 'F' THEN DATE_FORMAT(timestamp, '%Y-%m')}
        . q{ ELSE DATE_FORMAT(cancellationdate, '%Y-%m') END};
    my $is_filled    = q{COALESCE(found, '') = 'F'};
    my $is_cancelled = "NOT $is_filled AND cancellationdate IS NOT NULL";
    my $is_late      = 'COALESCE(cancellationdate > expirationdate, 0)';
    return $self->query->rows(
        'SELECT biblionumber, month, SUM(placed), SUM(filled), SUM(cancelled), SUM(expired) FROM (' . join(
            ' UNION ALL ',
            (
                map {
                          q{SELECT biblionumber, DATE_FORMAT(reservedate, '%Y-%m') AS month,}
                        . " 1 AS placed, 0 AS filled, 0 AS cancelled, 0 AS expired FROM $_ WHERE $titles"
                } qw( reserves old_reserves )
            ),
            "SELECT biblionumber, $ended AS month, 0, $is_filled, $is_cancelled AND NOT $is_late,"
                . " $is_cancelled AND $is_late FROM old_reserves WHERE $titles"
            )
            . ') holds WHERE month >= ? AND month <= ? GROUP BY biblionumber, month ORDER BY biblionumber, month',
        [ ( $after, $last ) x 3, $from, $to ]
    );
}

sub _hold_count {
    my ( $record, $month, @counts ) = @_;

    my %count;
    @count{qw( placed filled cancelled expired )} = map { 0 + $_ } @counts;
    return { biblio_id => 0 + $record, month => $month, %count };
}

sub _course_reserve {
    my ( $id, $course, $name, $number, $section, $department, $term, $is_enabled, $item, $record, $since ) = @_;

    return {
        course_reserve_id => 0 + $id,
        course_id         => 0 + $course,
        course_name       => $name,
        course_number     => $number,
        section           => $section,
        department        => $department,
        term              => $term,
        enabled           => $is_enabled         ? true                   : false,
        item_id           => defined $item       ? 0 + $item              : undef,
        biblio_id         => defined $record     ? 0 + $record            : undef,
        since             => $since =~ m/\A0000/ ? '1970-01-01T00:00:00Z' : $since,
    };
}

# Of each fund and part: an amount as text. A page of funds has all its orders on the index of budget_id.
sub _amounts {
    my ( $self, $with_tax, @funds ) = @_;

    return {} unless @funds;
    my $tax      = $with_tax ? 'included' : 'excluded';
    my $ids      = join ', ', ('?') x @funds;
    my $cost     = _rounded("ecost_tax_$tax");
    my $paid     = _rounded("COALESCE(unitprice_tax_$tax, ecost_tax_$tax)");
    my %question = (
        orders_spent => "SELECT budget_id, SUM($paid * quantityreceived) FROM aqorders WHERE budget_id IN ($ids)"
            . ' AND quantityreceived > 0 AND datecancellationprinted IS NULL GROUP BY budget_id',
        orders_encumbered => "SELECT budget_id, SUM($cost * quantity) FROM aqorders WHERE budget_id IN ($ids)"
            . ' AND quantityreceived = 0 AND datecancellationprinted IS NULL GROUP BY budget_id',
        freight =>
            "SELECT shipmentcost_budgetid, SUM(shipmentcost) FROM aqinvoices WHERE shipmentcost_budgetid IN ($ids)"
            . ' GROUP BY shipmentcost_budgetid',
        adjustments_spent => 'SELECT a.budget_id, SUM(a.adjustment) FROM aqinvoice_adjustments a'
            . " JOIN aqinvoices v ON v.invoiceid = a.invoiceid WHERE a.budget_id IN ($ids)"
            . ' AND v.closedate IS NOT NULL GROUP BY a.budget_id',
        adjustments_encumbered => 'SELECT a.budget_id, SUM(a.adjustment) FROM aqinvoice_adjustments a'
            . " JOIN aqinvoices v ON v.invoiceid = a.invoiceid WHERE a.budget_id IN ($ids)"
            . ' AND v.closedate IS NULL AND a.encumber_open = 1 GROUP BY a.budget_id',
    );
    my %amount;

    for my $part ( keys %question ) {
        $amount{ $_->[0] }->{$part} = $_->[1] // '0' for @{ $self->query->rows( $question{$part}, \@funds ) };
    }
    return \%amount;
}

# As C4::Acquisition::get_rounding_sql does.
sub _rounded {
    my ($amount) = @_;

    my $is_rounded = ( C4::Context->preference('OrderPriceRounding') // q{} ) eq 'nearest_cent';
    return $is_rounded ? "CAST($amount * 100 AS SIGNED) / 100" : $amount;
}

sub _fund {
    my ( $row, $amounts ) = @_;

    my ( $id, $parent, $code, $name, $library, $allocated, @period ) = @$row;
    my $own  = $amounts->{$id} // {};
    my %part = map { $_ => $own->{$_} // '0' }
        qw( orders_spent freight adjustments_spent orders_encumbered adjustments_encumbered );
    return {
        fund_id        => 0 + $id,
        parent_fund_id => $parent ? 0 + $parent : undef,
        code           => $code,
        name           => $name,
        library_id     => defined $library && length $library ? $library : undef,
        allocated      => "$allocated",
        spent          => _sum( @part{qw( orders_spent freight adjustments_spent )} ),
        encumbered     => _sum( @part{qw( orders_encumbered adjustments_encumbered )} ),
        parts          => { map { $_ => "$part{$_}" } keys %part },
        period         => _period(@period),
    };
}

sub _period {
    my ( $id, $name, $from, $to, $is_active, $is_locked, $total ) = @_;

    return {
        period_id => 0 + $id,
        name      => $name,
        from      => $from,
        to        => $to,
        active    => $is_active     ? true     : false,
        locked    => $is_locked     ? true     : false,
        total     => defined $total ? "$total" : undef,
    };
}

sub _sum {
    my (@amounts) = @_;

    my $sum = Math::BigFloat->bzero;
    $sum->badd($_) for @amounts;
    return q{} . $sum->bstr;    # text: JSON would else have a number
}

sub _key_after {
    my ($self) = @_;

    my $cursor = $self->given( 'cursor', 0 );
    $self->refuse( 400, 'invalid_cursor', 'The cursor is not one that this route gave' )
        unless $cursor =~ m/\A[0-9]{1,10}\z/;
    return 0 + $cursor;
}

1;
