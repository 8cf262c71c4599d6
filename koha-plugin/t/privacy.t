#!/usr/bin/perl

use Modern::Perl;

use LiaisonTest::Plugin;
use Test::More;

my $koha = LiaisonTest::Plugin->start;
my $dbh  = $koha->dbh;

# An identity in every text of every table of Koha that may hold one, and a number that cannot be anything else.
my $name   = 'Plantagenet';
my $patron = 987_654_321;
my %holder = ( borrowernumber => 1, budget_owner_id => 1, created_by => 1, suggestedby => 1 );

# Texts that a route may give, for they are no person's.
my %public = map { $_ => 1 } qw( biblio_metadata.metadata deletedbiblio_metadata.metadata courses.course_name );

sub plant {
    my ( $table, %value ) = @_;

    my $columns = $dbh->selectall_arrayref(
        q{SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?
          AND is_nullable = 'YES'}, undef, $table
    );
    for my $column (@$columns) {
        my ( $field, $type ) = @$column;
        next if exists $value{$field} || $public{"$table.$field"};
        $value{$field} = $name   if $type =~ m/text/;
        $value{$field} = $patron if $holder{$field};
    }
    $value{borrowernumber} = $patron if $table =~ m/\A(?:reserves|issues|borrowers)\z/;
    my @fields = sort keys %value;
    $dbh->do(
        "INSERT INTO $table ("
            . join( ', ', map { "`$_`" } @fields )
            . ') VALUES ('
            . join( ', ', ('?') x @fields ) . ')',
        undef, @value{@fields}
    );
    return;
}

plant( 'borrowers',              cardnumber   => $name, userid => $name, categorycode => 'UG' );
plant( 'biblio',                 biblionumber => 1 );
plant( 'biblioitems',            biblionumber => 1 );
plant( 'biblio_metadata',        biblionumber => 1, metadata => '<record/>' );
plant( 'deletedbiblio',          biblionumber => 2 );
plant( 'deletedbiblio_metadata', biblionumber => 2, metadata => '<record/>' );
plant( $_,                       itemnumber   => $_ eq 'items' ? 11 : 12, biblionumber => 1, homebranch => 'MAIN' )
    for qw( items deleteditems );
plant(
    'statistics',
    datetime     => '2026-10-05 10:00:00',
    type         => $_,
    itemnumber   => 11,
    branch       => 'MAIN',
    categorycode => 'UG'
) for ( 'issue', 'return', 'renew', 'payment', 'localuse' ) x 7;
plant( $_, itemnumber => 11, issuedate => '2026-10-05 10:00:00' ) for qw( issues old_issues );
plant( 'reserves', reserve_id => 1, biblionumber => 1, reservedate => '2026-10-05' );
plant(
    'old_reserves',
    reserve_id       => 2,
    biblionumber     => 1,
    reservedate      => '2026-10-05',
    cancellationdate => '2026-10-06'
);
plant( 'courses', course_name => 'Mechanics', course_number => '101', section => 'A', department => 'PHYS' );
$dbh->do( 'INSERT INTO course_instructors VALUES (1, ?)', undef, $patron );
plant( 'course_items', itemnumber => 11 );
plant( 'course_reserves', course_id => 1, ci_id => 1 );
plant(
    'aqbudgetperiods',
    budget_period_startdate   => '2026-07-01',
    budget_period_enddate     => '2027-06-30',
    budget_period_description => 'FY'
);
plant( 'aqbudgets',             budget_code   => 'PHYS',       budget_name => 'Physics', budget_period_id   => 1 );
plant( 'aqorders',              budget_id     => 1,            quantity    => 1,         ecost_tax_included => 5 );
plant( 'aqinvoices',            shipmentcost  => 1,            shipmentcost_budgetid => 1 );
plant( 'aqinvoice_adjustments', invoiceid     => 1,            adjustment            => 1, budget_id => 1 );
plant( 'suggestions',           suggesteddate => '2026-10-05', STATUS                => 'ASKED' );
plant('illrequests');
$koha->call(
    PUT  => '/titles',
    json => {
        edition => 'v1',
        titles  => [ { biblio_id => 1, departments => [ { id => 'physics', num => 1, den => 1 } ] } ]
    }
);

my %answers;
my @lists = (
    [ '/records/changed', { sweep => 'true', marc => 'true', since => '2000-01-01T00:00:00Z' } ],
    [ '/records/changed', {} ],
    [ '/records/deleted', {} ],
    [ '/items/deleted',   {} ],
    [ '/use',             { from => '2026-10-01', to => '2026-11-01' } ],
    [ '/holds/by-month',  {} ],
    [ '/course-reserves', {} ],
    [ '/funds',           {} ],
);

for my $list (@lists) {
    my ( $path, $query ) = @$list;
    cmp_ok scalar( $koha->rows( $path, $query ) ), '>', 0, "$path has something to tell";
    $answers{$path} .= $koha->body;
}
for my $path ( '/version', '/use/by-category', '/biblios/1/panel', '/opac/biblios/1/contact', '/nothing', '/use' ) {
    $koha->call( GET => $path, as => 'super', query => $path =~ m/category/ ? { month => '2026-10' } : {} );
    $answers{$path} .= $koha->body;
}
for my $path ( sort keys %answers ) {
    unlike $answers{$path}, qr/$name/i,  "$path names nobody";
    unlike $answers{$path}, qr/$patron/, "$path has no number of a patron";
}

my $planted = 0;
for my $table ( @{ $dbh->selectcol_arrayref('SHOW TABLES') } ) {
    next if $table =~ m/\Akoha_plugin/;
    my $rows = $dbh->selectall_arrayref("SELECT * FROM `$table`");
    $planted++ if grep { defined && m/$name|$patron/ } map { @$_ } @$rows;
}
cmp_ok $planted, '>=', 19, "$planted tables hold the identity";

done_testing;
