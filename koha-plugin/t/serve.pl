#!/usr/bin/perl

# The plugin behind a port of this machine, until it is ended: for tests of what talks to it. Prints the port. The
# database is that of LIAISON_TEST_SOCKET and LIAISON_TEST_DATABASE; tokens are those of LiaisonTest::Plugin.

use Modern::Perl;

use LiaisonTest::Plugin;
use Mojo::IOLoop;
use Mojo::Server::Daemon;

my $koha   = LiaisonTest::Plugin->start;
my $daemon = Mojo::Server::Daemon->new(
    app                => $koha->mojo->app,
    listen             => ['http://127.0.0.1:0'],
    silent             => 1,
    max_requests       => 1_000_000,
    keep_alive_timeout => 600,
    inactivity_timeout => 600,
);
$daemon->start;
STDOUT->autoflush(1);
say $daemon->ports->[0];
Mojo::IOLoop->start;
