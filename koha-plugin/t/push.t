#!/usr/bin/perl

use Modern::Perl;
use utf8;

use LiaisonTest::Plugin;
use Mojo::DOM;
use Test::More;

my $koha = LiaisonTest::Plugin->start;
my $dbh  = $koha->dbh;

my $summary = {
    edition      => 'v1',
    generated_at => '2026-11-02T06:00:00Z',
    title_path   => '/why/{biblio_id}',
    departments  => [
        {
            id             => 'physics',
            name           => 'Physics <b>& more</b>',
            liaisons       => [ { name => 'Ada Example', mail => 'ada@example.edu' } ],
            public_contact => { name => 'Science desk', url => 'https://library.example.edu/physics' },
        },
        { id => 'maths', name => 'Mathématiques 数学', liaisons => [] },
    ],
    coverage => {
        titles      => 100,
        items       => 150,
        departments =>
            [ { id => 'maths', titles => 20, items => 30 }, { id => 'physics', titles => 70, items => 110 } ],
        unassigned => { titles => 10, items => 10, groups => [ { group => 'TX <i>', titles => 6 } ] },
    },
    reports => [
        {
            title   => 'Monthly "report"',
            subject => 'Physics',
            period  => '2026-10',
            sent_at => '2026-11-02T06:00:00Z',
            path    => '/reports/1'
        }
    ],
};

sub push_titles {
    my ( $edition, @titles ) = @_;

    return $koha->call( PUT => '/titles', json => { edition => $edition, titles => \@titles } );
}

sub panel {
    my ($id) = @_;

    return $koha->call( GET => "/biblios/$id/panel", as => 'staff' );
}

sub titles {
    return $dbh->selectcol_arrayref(
        'SELECT biblionumber FROM ' . $koha->plugin->get_qualified_table_name('titles') . ' ORDER BY biblionumber' );
}

# A request to a page of the plugin, as CGI has it.
package LiaisonTest::Request {
    sub new   { my ( $class, %value ) = @_; return bless {%value}, $class }
    sub param { return $_[0]->{ $_[1] } }
}

sub page {
    my ( $method, %value ) = @_;

    my $plugin = $koha->plugin;
    $plugin->{cgi} = LiaisonTest::Request->new( method => $method, %value );
    $plugin->$method;
    return Mojo::DOM->new( $plugin->{printed} );
}

subtest 'before anything is pushed there is no panel, and the tool page says so' => sub {
    is( ( panel(1) )[0], 404 );
    like page('tool')->at('main')->all_text, qr/Nothing has arrived/;
};

subtest 'the panel tells departments, liaisons, loans and why' => sub {
    is( ( $koha->call( PUT => '/summary', json => $summary ) )[0], 200, $koha->body );
    is(
        (
            push_titles(
                'v1',
                {
                    biblio_id   => 1,
                    departments => [ { id => 'maths', num => 1, den => 3 }, { id => 'physics', num => 2, den => 3 } ],
                    loans       => 41,
                    loan_years  => 5,
                    why         => 'LCC QC: "Physics"',
                },
                { biblio_id => 2, departments => [], loans => undef },
                { biblio_id => 3, departments => [ { id => 'gone', num => 1, den => 1 } ] }
            )
        )[0],
        200,
        $koha->body
    );

    my ( $status, $answer ) = panel(1);
    is $status, 200;
    my $pushed = delete $answer->{pushed_at};
    like $pushed, qr/\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\z/;
    is_deeply $answer,
        {
        biblio_id   => 1,
        departments => [
            {
                name     => 'Physics <b>& more</b>',
                num      => 2,
                den      => 3,
                liaisons => [ { name => 'Ada Example', mail => 'ada@example.edu' } ]
            },
            { name => 'Mathématiques 数学', num => 1, den => 3, liaisons => [] },
        ],
        loans      => 41,
        loan_years => 5,
        why        => 'LCC QC: "Physics"',
        url        => undef,
        },
        'the largest share first; no link without an address of the daemon';
    is_deeply( ( panel(2) )[1]->{departments}, [], 'a title of no department' );
    is( ( panel(3) )[1]->{departments}->[0]->{name}, 'gone', 'a department that is not described keeps its id' );
    is( ( panel(4) )[0],                             404,    'a title of which nothing is known' );
};

subtest 'a push replaces its titles and leaves the others; the old edition is dropped at the end' => sub {
    push_titles( 'v2', { biblio_id => 1, departments => [ { id => 'maths', num => 1, den => 1 } ] } );
    is_deeply [ map { $_->{name} } @{ ( panel(1) )[1]->{departments} } ], ['Mathématiques 数学'];
    is_deeply titles(),                                                   [ 1, 2, 3 ];

    my ( undef, $answer ) = $koha->call( DELETE => '/titles', query => { keep => 'v2' } );

    is_deeply $answer, { deleted => 2, more => Mojo::JSON::false };
    is_deeply titles(), [1];
    is $dbh->selectrow_array( 'SELECT COUNT(*) FROM ' . $koha->plugin->get_qualified_table_name('assignments') ), 1,
        'with their assignments';
};

subtest 'a summary that is wrong changes nothing' => sub {
    for my $wrong (
        { %$summary, departments => [ @{ $summary->{departments} }, $summary->{departments}->[0] ] },
        { %$summary, edition     => 'a b' },
        { %$summary, title_path  => '//evil.example/{biblio_id}' },
        { %$summary, patrons     => [] },
        )
    {
        is( ( $koha->call( PUT => '/summary', json => $wrong ) )[0], 400, substr $koha->body, 0, 90 );
    }
    is( ( panel(1) )[0], 200 );
};

subtest 'what may be shown is decided on the configuration page' => sub {
    my %values = (
        op           => 'cud-save',
        daemon_url   => 'https://liaison.example.edu/',
        show_panel   => 1,
        max_age_days => 10,
        small_cell   => 7,
        time_limit   => 30
    );
    my $form = page('configure');
    is $form->at('input[name=csrf_token]')->{value}, 'TOKEN',    'the form has a token';
    is $form->at('input[name=op]')->{value},         'cud-save', 'and an operation that asks for it';
    is $form->at('form')->{method},                  'post';
    ok !defined $form->at('#show_opac')->{checked}, 'the OPAC is off by default';
    {
        no warnings 'once';    ## no critic (ProhibitNoWarnings)
        delete local $LiaisonTest::Template::INCLUDES{'csrf-token.inc'};
        ok page('configure')->at('form#liaison_settings'), 'before 24.05 there is no token, and a form all the same';
    }

    like page( 'configure', %values )->at('main')->all_text, qr/is saved/;
    is( ( panel(1) )[1]->{url}, 'https://liaison.example.edu/why/1', 'with an address there are links' );

    page( 'configure', %values, op => 'save', daemon_url => 'https://other.example' );
    is( ( panel(1) )[1]->{url}, 'https://liaison.example.edu/why/1', 'without the operation nothing is saved' );

    for my $bad (
        [ daemon_url   => 'javascript:alert(1)' ],
        [ daemon_url   => 'https://a.example/"><script>' ],
        [ small_cell   => 1 ],
        [ max_age_days => 'x' ],
        [ time_limit   => 0 ]
        )
    {
        my $page = page( 'configure', %values, time_limit => 31, @$bad );
        like $page->at('main')->all_text, qr/Nothing is saved/, "@$bad";
        ok $page->at('.error'), 'the field is marked';
        is $page->at("#$bad->[0]")->{value}, $bad->[1], 'and keeps what was typed, escaped';
    }
    is $koha->plugin->retrieve_data('time_limit'), 30, 'nothing of it';

    page( 'configure', %values, show_panel => 0 );
    is( ( panel(1) )[0], 404, 'switched off' );
    is $koha->plugin->intranet_js, q{}, 'and no script is loaded';
    is $koha->plugin->intranet_head, q{};
    page( 'configure', %values );
    like $koha->plugin->intranet_js,
        qr{<script src="/api/v1/contrib/liaison/static/js/liaison-staff\.js\?v=[\d.]+" defer};
};

subtest 'in the OPAC nothing, until it is switched on' => sub {
    my $contact = sub { $koha->call( GET => '/opac/biblios/1/contact', as => undef ) };
    push_titles(
        'v2',
        {
            biblio_id   => 1,
            departments => [ { id => 'physics', num => 1, den => 2 }, { id => 'maths', num => 1, den => 2 } ]
        }
    );
    is( ( $contact->() )[0],    404 );
    is( $koha->plugin->opac_js, q{} );

    $koha->plugin->store_data( { show_opac => 1 } );

    is_deeply(
        ( $contact->() )[1],
        {
            contacts => [
                {
                    department => 'Physics <b>& more</b>',
                    name       => 'Science desk',
                    url        => 'https://library.example.edu/physics'
                }
            ]
        }
    );
    unlike $koha->body, qr/Ada|ada\@/, 'no liaison, only the public contact';
    like $koha->plugin->opac_js, qr/liaison-opac\.js/;
};

subtest 'when the daemon was away too long nothing is shown any more' => sub {
    $dbh->do(
        'UPDATE ' . $koha->plugin->get_qualified_table_name('state') . ' SET pushed_at = pushed_at - 11 * 86400' );

    is( ( panel(1) )[0],                                                     404 );
    is( ( $koha->call( GET => '/opac/biblios/1/contact', as => undef ) )[0], 404 );
    like page('tool')->at('main')->all_text, qr/was last here on/, 'the tool page still tells, and says since when';
};

subtest 'the tool page shows coverage, what nobody has, and the last reports, escaped' => sub {
    my $page = page('tool');

    is_deeply $page->find('#liaison_coverage tbody tr')->map(
        sub {
            join q{ }, map { $_->text } $_->find('td')->each;
        }
        )->to_array,
        [ 'Physics <b>& more</b> 70 110', 'Mathématiques 数学 20 30' ];
    is_deeply $page->find('#liaison_unassigned td')->map('text')->to_array, [ 'TX <i>', 6 ];
    is $page->at('#liaison_reports a')->{href}, 'https://liaison.example.edu/reports/1';
    is $page->find('main b, main i')->size, 0, 'nothing of it is read as HTML';
};

subtest 'eight pushes at once: all of them whole' => sub {
    my @children;
    for my $n ( 1 .. 8 ) {
        my $child = fork // die $!;
        if ( !$child ) {
            my $own = bless { %$koha, mojo => Test::Mojo->new( LiaisonTest::App->new->mount( $koha->plugin ) ) },
                ref $koha;
            my ($status) = $own->call(
                PUT  => '/titles',
                json => {
                    edition => "p$n",
                    titles  => [
                        map { { biblio_id => $_, departments => [ { id => "d$n", num => 1, den => 1 } ] } }
                            reverse 1 .. 200
                    ]
                }
            );
            require POSIX;
            POSIX::_exit( $status == 200 ? 0 : 1 );
        }
        push @children, $child;
    }
    my $failed = 0;
    for my $child (@children) {
        waitpid $child, 0;
        $failed++ if $?;
    }
    is $failed, 0;
    my ( $t, $a ) = map { $koha->plugin->get_qualified_table_name($_) } qw( titles assignments );
    is $dbh->selectrow_array(
        "SELECT COUNT(*) FROM $t t JOIN $a a USING (biblionumber) WHERE SUBSTRING(edition, 2) <> SUBSTRING(department, 2)"
        ), 0,
        'each title has the departments of the edition that it carries';
};

done_testing;
