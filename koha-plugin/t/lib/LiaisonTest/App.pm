package LiaisonTest::App;

use Mojo::Base 'Mojolicious';

use File::Basename qw( dirname );

BEGIN { $ENV{JSON_VALIDATOR_CACHE_PATH} = dirname(__FILE__) . '/../../json-schema-cache' }

=head1 NAME

LiaisonTest::App - mounts the plugin's routes as Koha's REST application does

=head1 DESCRIPTION

Merges the paths under C</contrib/E<lt>namespaceE<gt>>, checks the whole, and puts before every route the step that asks
for a valid token (401), the permission (403) and known parameters (400 with a bare list), in that order.

A token is the name of a borrower (C<userid>), and the address for tokens gives that name back.

=cut

has [qw( liaison spec )];

sub startup {
    my ($self) = @_;

    $self->log->level( $ENV{LIAISON_TEST_LOG} // 'fatal' );
    $self->secrets( ['test'] );
    $self->types->type( json => 'application/json; charset=utf8' );
    push @{ $self->routes->namespaces }, 'Koha::Plugin', 'LiaisonTest';
    $self->routes->post('/api/v1/oauth/token')->to('Under#token');
    return;
}

=head2 mount

    my $app = LiaisonTest::App->new->mount($plugin);

=cut

sub mount {
    my ( $self, $plugin ) = @_;

    my %paths;
    my $root = '/contrib/' . $plugin->api_namespace;
    my ( $routes, $static ) = ( $plugin->api_routes, $plugin->static_routes );
    $paths{"$root$_"}        = $routes->{$_} for keys %$routes;
    $paths{"$root/static$_"} = $static->{$_} for keys %$static;
    my $spec = {
        swagger  => '2.0',
        info     => { title => 'Koha', version => '1' },
        basePath => '/api/v1',
        paths    => \%paths,
    };
    $self->liaison($plugin)->spec($spec);
    $self->plugin(
        OpenAPI => {
            spec              => $spec,
            route             => $self->routes->under('/api/v1')->to('Under#check'),
            allow_invalid_ref => 1,
        }
    );
    return $self;
}

1;
