package Koha::Plugin::Org::KohaLiaison::Liaison::Controller;

use Mojo::Base 'Mojolicious::Controller';

use Koha::Plugin::Org::KohaLiaison::Liaison           ();
use Koha::Plugin::Org::KohaLiaison::Liaison::Problem  ();
use Koha::Plugin::Org::KohaLiaison::Liaison::Query    ();
use Koha::Plugin::Org::KohaLiaison::Liaison::Settings ();
use Scalar::Util                                      qw( blessed );

=head1 NAME

Koha::Plugin::Org::KohaLiaison::Liaison::Controller - what every route does alike

=head2 answer

    return $self->answer( sub { my ($c) = @_; return { rows => [], next => undef } } );

Checks the request against the specification, runs the work and sends what it returns. The answer is whole or an
error: nothing is sent before everything is read. It is not checked against the specification here, as Koha's own
routes are, for that costs more than the query; the tests check it.

=cut

sub answer {
    my ( $self, $work ) = @_;

    my $c      = $self->openapi->valid_input or return;
    my $answer = eval { $work->($c) };
    return $c->_send( 200, $answer ) if $answer;

    my $error = $@ || 'no answer';
    return $c->_send( $error->status, $error->body )
        if blessed $error && $error->isa('Koha::Plugin::Org::KohaLiaison::Liaison::Problem');
    $c->app->log->error("Koha Liaison: $error");
    return $c->_send( 500,
        { error => 'Something went wrong, check Koha logs for details.', error_code => 'internal_server_error' } );
}

=head2 query

    my $rows = $c->query->rows( ... );

=cut

sub query {
    my ($self) = @_;

    return $self->stash->{'liaison.query'} //=
        Koha::Plugin::Org::KohaLiaison::Liaison::Query->new( { time_limit => $self->setting('time_limit') } );
}

=head2 setting

    my $days = $c->setting('max_age_days');

=cut

sub setting {
    my ( $self, $name ) = @_;

    return 0 + $self->settings->get($name) if $name ne 'daemon_url';
    return $self->settings->get($name);
}

=head2 settings

=cut

sub settings {
    my ($self) = @_;

    return Koha::Plugin::Org::KohaLiaison::Liaison::Settings->new( $self->plugin );
}

=head2 plugin

The plugin without its C<new>, which would install it: a server goes on serving routes of a plugin that was just
removed, and must not bring it back.

=cut

sub plugin {
    my $class = 'Koha::Plugin::Org::KohaLiaison::Liaison';
    return bless { class => $class }, $class;
}

=head2 table

    my $name = $c->table('titles');

=cut

sub table {
    my ( $self, $name ) = @_;

    return $self->plugin->get_qualified_table_name($name);
}

=head2 given

    my $limit = $c->given( 'limit', 1000 );

A parameter, or the default where none was sent.

=cut

sub given {
    my ( $self, $name, $default ) = @_;

    my $value = $self->param($name);
    return defined $value && $value ne q{} ? $value : $default;
}

=head2 switched

    $c->switched('sweep');

A parameter that is true or false.

=cut

sub switched {
    my ( $self, $name ) = @_;

    return $self->given( $name, q{} ) =~ m/\A(?:1|true)\z/ ? 1 : 0;
}

=head2 refuse

    $c->refuse( 400, 'invalid_cursor', 'The cursor is not one of ours' );

=cut

sub refuse {
    my ( $self, @problem ) = @_;

    return Koha::Plugin::Org::KohaLiaison::Liaison::Problem->throw(@problem);
}

sub _send {
    my ( $self, $status, $body ) = @_;

    return $self->render( status => $status, json => $body );
}

1;
