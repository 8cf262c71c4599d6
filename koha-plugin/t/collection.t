#!/usr/bin/perl

use Modern::Perl;

use LiaisonTest::Plugin;
use Test::More;

my $koha = LiaisonTest::Plugin->start;
my $dbh  = $koha->dbh;

subtest 'holds by month and title, of open and closed ones' => sub {
    my $id  = 0;
    my $add = sub {
        my ( $table, %hold ) = @_;
        %hold = ( reserve_id => ++$id, borrowernumber => 900_001, %hold );
        my @columns = sort keys %hold;
        $dbh->do( "INSERT INTO $table (" . join( ', ', @columns ) . ') VALUES (' . join( ', ', ('?') x @columns ) . ')',
            undef, @hold{@columns} );
    };
    $add->( 'reserves', biblionumber => 1, reservedate => '2026-10-31' );
    $add->( 'reserves', biblionumber => 1, reservedate => '2026-11-01', found => 'W' );
    $add->(
        'old_reserves',
        biblionumber => 1,
        reservedate  => '2026-09-01',
        found        => 'F',
        timestamp    => '2026-10-02 09:00:00'
    );
    $add->( 'old_reserves', biblionumber => 1, reservedate => '2026-09-02', cancellationdate => '2026-10-03' );
    $add->(
        'old_reserves',
        biblionumber     => 1,
        reservedate      => '2026-09-03',
        cancellationdate => '2026-10-11',
        expirationdate   => '2026-10-10'
    );
    $add->(
        'old_reserves',
        biblionumber     => 1,
        reservedate      => '2026-09-04',
        cancellationdate => '2026-10-10',
        expirationdate   => '2026-10-10'
    );
    $add->(
        'old_reserves',
        biblionumber => 2,
        reservedate  => '2026-10-05',
        found        => 'F',
        timestamp    => '2026-10-06 09:00:00'
    );
    $add->( 'old_reserves', biblionumber => undef, reservedate => '2026-10-05', cancellationdate => '2026-10-06' );

    my $told = sub {
        [ map { join q{ }, @{$_}{qw( biblio_id month placed filled cancelled expired )} }
                $koha->rows( '/holds/by-month', {@_} ) ];
    };
    my $all = [ '1 2026-09 4 0 0 0', '1 2026-10 1 1 2 1', '1 2026-11 1 0 0 0', '2 2026-10 1 1 0 0' ];
    is_deeply $told->(), $all, 'cancelled on its last day is cancelled, the day after it expired';
    is_deeply $told->( limit => 1 ),                          $all,              'the same title by title';
    is_deeply $told->( from  => '2026-10', to => '2026-10' ), [ @$all[ 1, 3 ] ], 'of some months';
};

subtest 'course reserves with their course' => sub {
    $dbh->do(q{INSERT INTO items (itemnumber, biblionumber) VALUES (11, 1)});
    $dbh->do(
        q{INSERT INTO courses (course_id, department, course_number, section, course_name, term, enabled, staff_note)
               VALUES (1, 'PHYS', '101', 'A', 'Mechanics', 'FALL', 'yes', 'x'), (2, NULL, NULL, NULL, 'Old', NULL, 'no', 'x')}
    );
    $dbh->do(
        q{INSERT INTO course_items (ci_id, itemnumber, biblionumber, enabled) VALUES (1, 11, NULL, 'yes'), (2, NULL, 9, 'no')}
    );
    $dbh->do(
        q{INSERT INTO course_reserves (cr_id, course_id, ci_id, timestamp)
               VALUES (1, 1, 1, '2026-08-01 05:00:00'), (2, 2, 2, '2026-08-01 05:00:00')}
    );

    my @rows = $koha->rows( '/course-reserves', { limit => 1 } );

    is_deeply $rows[0],
        {
        course_reserve_id => 1,
        course_id         => 1,
        course_name       => 'Mechanics',
        course_number     => '101',
        section           => 'A',
        department        => 'PHYS',
        term              => 'FALL',
        enabled           => Mojo::JSON::true,
        item_id           => 11,
        biblio_id         => 1,
        since             => '2026-08-01T10:00:00Z',
        };
    is_deeply [ @{ $rows[1] }{qw( item_id biblio_id enabled )} ], [ undef, 9, Mojo::JSON::false ],
        'a whole record on reserve';
    is scalar @rows, 2;
};

subtest 'funds as the fund page counts them' => sub {
    $dbh->do(q{INSERT INTO aqbudgetperiods VALUES (1, '2026-07-01', '2027-06-30', 1, 'FY 2027', 5000, 0)});
    $dbh->do(
        q{INSERT INTO aqbudgets (budget_id, budget_parent_id, budget_code, budget_name, budget_branchcode, budget_amount, budget_period_id)
               VALUES (1, NULL, 'PHYS', 'Physics', 'MAIN', 1000, 1), (2, 1, 'PHYS-E', 'Physics e-books', '', 200.5, 1)}
    );
    $dbh->do(
        q{INSERT INTO aqorders (budget_id, quantity, quantityreceived, unitprice_tax_included, ecost_tax_included,
                  unitprice_tax_excluded, ecost_tax_excluded, datecancellationprinted) VALUES
          (1, 2, 2, 30.005, 33,  25, 28, NULL),
          (1, 3, 1, NULL,   11,  NULL, 10, NULL),
          (1, 4, 0, NULL,   7.5, NULL, 7, NULL),
          (1, 9, 0, NULL,   99,  NULL, 99, '2026-08-01'),
          (2, 1, 0, NULL,   20,  NULL, 18, NULL)}
    );
    $dbh->do(
        q{INSERT INTO aqinvoices (invoiceid, closedate, shipmentcost, shipmentcost_budgetid) VALUES
               (1, '2026-09-01', 5.25, 1), (2, NULL, 1.10, 1), (3, NULL, NULL, NULL)}
    );
    $dbh->do(
        q{INSERT INTO aqinvoice_adjustments (invoiceid, adjustment, budget_id, encumber_open) VALUES
               (1, -2, 1, 1), (2, 3, 1, 1), (2, 4, 1, 0), (3, 5, NULL, 1)}
    );

    my ($physics) = $koha->rows('/funds');
    is $physics->{allocated} + 0, 1000;

    # 2 x 30.005 + 1 x 11 (no price yet: the estimate), freight 5.25 + 1.10, adjustment of the closed invoice -2.
    is $physics->{spent} + 0, 75.36;

    # 4 x 7.50; the adjustment of an open invoice that encumbers. The cancelled line counts nowhere.
    is $physics->{encumbered} + 0, 33;
    is_deeply {
        map { $_ => $physics->{parts}->{$_} + 0 } keys %{ $physics->{parts} }
    },
        {
        orders_spent           => 71.01,
        freight                => 6.35,
        adjustments_spent      => -2,
        orders_encumbered      => 30,
        adjustments_encumbered => 3
        };
    is_deeply $physics->{period},
        {
        period_id => 1,
        name      => 'FY 2027',
        from      => '2026-07-01',
        to        => '2027-06-30',
        active    => Mojo::JSON::true,
        locked    => Mojo::JSON::false,
        total     => '5000.000000',
        };
    my @funds = $koha->rows( '/funds', { limit => 1 } );
    is_deeply [ @{ $funds[1] }{qw( fund_id parent_fund_id code library_id spent encumbered )} ],
        [ 2, 1, 'PHYS-E', undef, '0', '20' ], 'a child fund has its own amounts, and its parent not those';

    $dbh->do(q{UPDATE systempreferences SET value = 'nearest_cent' WHERE variable = 'OrderPriceRounding'});
    ($physics) = $koha->rows('/funds');
    is $physics->{parts}->{orders_spent} + 0, 71.02,
        'prices are rounded before they are multiplied, where Koha does so';
    $dbh->do(q{UPDATE systempreferences SET value = '0' WHERE variable = 'CalculateFundValuesIncludingTax'});
    my ( undef, $answer ) = $koha->call( GET => '/funds' );
    is $answer->{rows}->[0]->{parts}->{orders_spent} + 0, 60, 'without tax, where Koha counts so';
    is $answer->{tax_included}, 0;
    is $answer->{currency},     'USD';
};

done_testing;
