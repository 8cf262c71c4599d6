#!/usr/bin/perl

use Modern::Perl;

use C4::Context;
use Koha::Plugin::Org::KohaLiaison::Liaison;
use LiaisonTest::Database;
use Test::More;

LiaisonTest::Database->start;
my $class = 'Koha::Plugin::Org::KohaLiaison::Liaison';
my $dbh   = C4::Context->dbh;

sub tables {
    return $dbh->selectcol_arrayref(
        q{SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name LIKE 'koha_plugin%'
          ORDER BY table_name}
    );
}

sub permissions {
    return $dbh->selectcol_arrayref(q{SELECT code FROM permissions WHERE code LIKE 'liaison%' ORDER BY code});
}

# Runs it in eight processes that begin together; the errors of those that died.
sub eight_at_once {
    my ($work) = @_;

    pipe my $gate, my $open or die $!;
    my @children;
    for my $n ( 1 .. 8 ) {
        pipe my $from, my $to or die $!;
        my $child = fork // die "cannot fork: $!";
        if ( !$child ) {
            close $open;
            C4::Context->dbh;
            <$gate>;
            my $error = eval { $work->(); 1 } ? q{} : $@;
            syswrite $to, $error;
            close $to;
            require POSIX;
            POSIX::_exit(0);
        }
        close $to;
        push @children, [ $child, $from ];
    }
    close $gate;
    select undef, undef, undef, 0.3;    ## no critic (ProhibitSleepViaSelect)
    close $open;
    my @errors;
    for my $child (@children) {
        my $from  = $child->[1];
        my $error = join q{}, <$from>;
        waitpid $child->[0], 0;
        push @errors, $error if length $error;
    }
    return @errors;
}

sub forget {
    $dbh->do('DELETE FROM plugin_data');
    return;
}

subtest 'install makes three tables and two permissions, once' => sub {
    my $plugin = $class->new( {} );
    my $before = [ tables(), permissions() ];

    ok $plugin->install, 'a second time it succeeds too';
    ok $plugin->upgrade, 'an upgrade too';

    is_deeply [ tables(), permissions() ], $before, 'and changes nothing';
    is_deeply permissions(), [qw( liaison_figures liaison_push )];
    is scalar @{ tables() }, 3;
};

subtest 'uninstall leaves nothing' => sub {
    my $plugin = $class->new( {} );
    $dbh->do(q{INSERT INTO borrowers (borrowernumber, userid) VALUES (1, 'daemon')});
    $dbh->do(q{INSERT INTO user_permissions VALUES (1, 19, 'liaison_figures'), (1, 19, 'tool')});

    ok $plugin->uninstall, 'it succeeds';
    ok $plugin->uninstall, 'also where nothing is left';

    is_deeply tables(),      [];
    is_deeply permissions(), [];
    is_deeply $dbh->selectcol_arrayref('SELECT code FROM user_permissions'), ['tool'], 'other rights stay';
    forget();
};

subtest 'eight workers install at once' => sub {
    for my $round ( 1 .. 3 ) {
        is_deeply [ eight_at_once( sub { $class->new( {} ) } ) ], [], "none dies in round $round";
        is scalar @{ tables() }, 3, 'three tables';
        is_deeply permissions(), [qw( liaison_figures liaison_push )], 'each permission once';
        is $class->new( {} )->retrieve_data('__INSTALLED__'), 1, 'it is installed';
        $class->new( {} )->uninstall if $round < 3;
        forget()                     if $round < 3;
    }
};

subtest 'eight workers upgrade at once, and who holds a permission keeps it' => sub {
    $dbh->do(q{INSERT INTO user_permissions VALUES (1, 19, 'liaison_figures')});
    $dbh->do(q{UPDATE permissions SET description = 'as an older version called it' WHERE code = 'liaison_figures'});
    $dbh->do(q{UPDATE plugin_data SET plugin_value = '0.0.1' WHERE plugin_key = '__INSTALLED_VERSION__'});

    is_deeply [ eight_at_once( sub { $class->new( {} ) } ) ], [], 'none dies';

    is_deeply permissions(), [qw( liaison_figures liaison_push )], 'each permission once';
    is $dbh->selectrow_array(q{SELECT COUNT(*) FROM user_permissions WHERE code = 'liaison_figures'}), 1,
        'the grant is still there';
    like $dbh->selectrow_array(q{SELECT description FROM permissions WHERE code = 'liaison_figures'}),
        qr/never a patron/, 'the description is the new one';
    is $class->new( {} )->retrieve_data('__INSTALLED_VERSION__'), $Koha::Plugin::Org::KohaLiaison::Liaison::VERSION;
};

subtest 'what of it was removed by hand is made again by an upgrade' => sub {
    my $plugin = $class->new( {} );
    $dbh->do( 'DROP TABLE ' . $plugin->get_qualified_table_name('titles') );
    $dbh->do(q{DELETE FROM permissions WHERE code = 'liaison_push'});

    ok $plugin->upgrade;

    is scalar @{ tables() }, 3;
    is_deeply permissions(), [qw( liaison_figures liaison_push )];
};

subtest 'the main class has no sub that Koha would take for a method by mistake' => sub {
    no strict 'refs';    ## no critic (ProhibitNoStrict)
    my @own = sort grep { defined &{"${class}::$_"} && !m/\A_|\A[A-Z]+\z/ } keys %{"${class}::"};

    is_deeply \@own, [
        qw( api_namespace api_routes configure install intranet_head intranet_js new opac_js static_routes tool uninstall
            upgrade )
    ];
};

done_testing;
