#!/usr/bin/perl

use Modern::Perl;

use LiaisonTest::Plugin;
use Test::More;

my $koha   = LiaisonTest::Plugin->start;
my $routes = $koha->plugin->api_routes;
my $open   = '/opac/biblios/{biblio_id}/contact';

# A request that each operation would take.
my %query_of = (
    'GET /use'             => { from  => '2026-10-01', to => '2026-11-01' },
    'GET /use/by-category' => { month => '2026-10' },
    'DELETE /titles'       => { keep  => 'v1' },
);
my %json_of = (
    'PUT /titles'  => { edition => 'v1', titles => [ { biblio_id => 1, departments => [] } ] },
    'PUT /summary' => {
        edition      => 'v1',
        generated_at => '2026-11-02T06:00:00Z',
        departments  => [],
        reports      => [],
        coverage     =>
            { titles => 0, items => 0, departments => [], unassigned => { titles => 0, items => 0, groups => [] } },
    },
);
my %right_of = ( liaison_figures => 'reader', liaison_push => 'pusher' );

sub try_as {
    my ( $operation, $as, %more ) = @_;

    my ( $method, $path ) = split m/ /, $operation;
    $path =~ s/[{]biblio_id[}]/1/;
    my ($status) = $koha->call(
        $method => $path,
        as      => $as,
        query   => { %{ $query_of{$operation} // {} }, %more },
        exists $json_of{$operation} ? ( json => $json_of{$operation} ) : (),
    );
    return $status;
}

my @operations;
for my $path ( sort keys %$routes ) {
    push @operations, [ uc($_) . " $path", $path, $routes->{$path}->{$_} ] for sort keys %{ $routes->{$path} };
}

for my $case (@operations) {
    my ( $operation, $path, $spec ) = @$case;
    subtest $operation => sub {
        is_deeply $spec->{produces}, ['application/json'], 'says what it produces: else every Accept header is refused';
        if ( $path eq $open ) {
            ok !exists $spec->{'x-koha-authorization'}, 'is open to everybody';
            is try_as( $operation, undef ), 404, 'and switched off by default';
            return;
        }
        my $permissions = $spec->{'x-koha-authorization'}->{permissions};
        my $right       = $permissions->{plugins} ? $right_of{ $permissions->{plugins} } : 'staff';
        my @others      = grep { $_ ne $right } qw( reader pusher staff patron );
        my $works       = $path =~ m/panel/ ? 404 : 200;
        is try_as( $operation, undef ),          401,    '401 without a token';
        is try_as( $operation, 'nobody' ),       401,    '401 with a token that is not valid';
        is try_as( $operation, $_ ),             403,    "403 for $_" for @others;
        is try_as( $operation, $right, x => 1 ), 400,    '400 for an unknown parameter';
        is try_as( $operation, $right ),         $works, "$works for $right";
        is try_as( $operation, 'super' ),        $works, "$works for a superlibrarian";
    };
}

subtest 'each static file is there' => sub {
    my $static = $koha->plugin->static_routes;
    ok -s $koha->plugin->bundle_path . $_, $_ for sort keys %$static;
};

subtest 'a parameter out of bounds is refused with its name' => sub {
    my @cases = (
        [ '/records/changed', { limit  => 0 } ],
        [ '/records/changed', { limit  => -1 } ],
        [ '/records/changed', { limit  => 1001 } ],
        [ '/records/changed', { limit  => 'many' } ],
        [ '/records/changed', { since  => 'yesterday' } ],
        [ '/records/changed', { since  => '2026-11-02T14:00:00' } ],
        [ '/records/changed', { cursor => q{' OR 1 = 1} } ],
        [ '/records/changed', { cursor => 'nosuchstep-20261102140000-1' } ],
        [ '/records/deleted', { cursor => 'metadata-20261102140000-1' } ],
        [ '/use',             { from   => '2026-10-01' } ],
        [ '/use',             { from   => '2026-10-32', to => '2026-11-01' } ],
        [ '/use',             { from   => '2026-10-02', to => '2026-10-02' } ],
        [ '/use',             { from   => '2026-10-02', to => '2026-10-01' } ],
        [ '/use',             { from   => '2026-01-01', to => '2026-10-01' } ],
        [ '/use',             { from   => '2026-10-01', to => '2999-01-01' } ],
        [ '/use',             { from   => '2026-10-01', to => '2026-11-01', cursor => 'x' } ],
        [ '/use/by-category', { month  => '2999-01' } ],
        [ '/use/by-category', { month  => '2026-13' } ],
        [ '/use/by-category', { month  => '2026-10', small_cell => 1 } ],
        [ '/holds/by-month',  { from   => '2026-10', to         => '2026-09' } ],
        [ '/funds',           { cursor => 'x' } ],
    );
    for my $case (@cases) {
        my ( $path,   $query )  = @$case;
        my ( $status, $answer ) = $koha->call( GET => $path, query => $query );
        my $said = join ' ', map { "$_=$query->{$_}" } sort keys %$query;
        is $status, 400, "$path $said";
        ok $answer->{error} || $answer->{errors}, 'with a reason: ' . substr $koha->body, 0, 100;
    }
};

subtest 'a panel of a record that is no number is refused' => sub {
    is( ( $koha->call( GET => '/biblios/0/panel',  as => 'staff' ) )[0], 400 );
    is( ( $koha->call( GET => '/biblios/-1/panel', as => 'staff' ) )[0], 400 );
};

subtest 'a mistake in what is pushed is refused, and nothing of it is kept' => sub {
    my $titles = $koha->plugin->get_qualified_table_name('titles');
    my $good   = { biblio_id => 5, departments => [ { id => 'physics', num => 1, den => 1 } ] };
    for my $bad (
        { biblio_id => 0, departments => [] },
        { biblio_id => 6 },
        { biblio_id => 6, departments => [], surname => 'Smith' },
        { biblio_id => 6, departments => [ { id => q{}, num => 1, den => 1 } ] },
        { biblio_id => 6, departments => [ { id => 'x', num => 2, den => 1 } ] },
        { biblio_id => 6, departments => [ ( { id => 'x', num => 1, den => 2 } ) x 2 ] },
        { biblio_id => 5, departments => [] },
        )
    {
        my ($status) = $koha->call( PUT => '/titles', json => { edition => 'v9', titles => [ $good, $bad ] } );
        is $status, 400, substr $koha->body, 0, 100;
    }
    is $koha->dbh->selectrow_array("SELECT COUNT(*) FROM $titles WHERE edition = 'v9'"), 0;
    is( ( $koha->call( PUT => '/titles', json => [] ) )[0], 400, 'no object' );
    is( ( $koha->call( PUT => '/titles' ) )[0],             400, 'no body' );
};

done_testing;
