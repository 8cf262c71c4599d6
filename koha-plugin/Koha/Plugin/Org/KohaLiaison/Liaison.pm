package Koha::Plugin::Org::KohaLiaison::Liaison;

use Modern::Perl;

use base qw(Koha::Plugins::Base);

# Nothing is imported into this package: Koha records every public sub of it as a method of the plugin.
use Koha::Plugin::Org::KohaLiaison::Liaison::Settings ();
use Koha::Plugin::Org::KohaLiaison::Liaison::Setup    ();
use Mojo::JSON                                        ();

=head1 NAME

Koha::Plugin::Org::KohaLiaison::Liaison - collection figures for subject liaisons

=head1 DESCRIPTION

Gives the Koha Liaison daemon what Koha's REST interface cannot tell, as counts without any patron, behind a
permission of its own; and shows beside a title in the staff client whose it is. The routes are in F<openapi.json>.

=cut

our $VERSION = '0.1.0';

our $metadata = {
    name            => 'Koha Liaison',
    author          => 'Koha Liaison',
    date_authored   => '2026-11-25',
    date_updated    => '2026-11-25',
    minimum_version => '22.11.00.000',
    maximum_version => undef,
    version         => $VERSION,
    description     => 'Collection figures for subject liaisons: counts only, never a patron',
    namespace       => 'liaison',
};

=head2 new

    my $plugin = Koha::Plugin::Org::KohaLiaison::Liaison->new( { enable_plugins => 1 } );

Installs or upgrades itself on the way, as every plugin does: any web worker may be the first.

=cut

sub new {
    my ( $class, $args ) = @_;

    $args->{metadata} = {%$metadata};
    $args->{metadata}->{class} = $class;

    return $class->SUPER::new($args);
}

=head2 install

Tables and permissions; does nothing where they are there already. Safe when several workers come at once.

=cut

sub install {
    my ($self) = @_;

    return Koha::Plugin::Org::KohaLiaison::Liaison::Setup->new($self)->install;
}

=head2 upgrade

The same as C<install>: whatever is missing is made.

=cut

sub upgrade {
    my ($self) = @_;

    return Koha::Plugin::Org::KohaLiaison::Liaison::Setup->new($self)->install;
}

=head2 uninstall

Leaves nothing: tables, permissions and who holds them go.

=cut

sub uninstall {
    my ($self) = @_;

    return Koha::Plugin::Org::KohaLiaison::Liaison::Setup->new($self)->uninstall;
}

=head2 api_namespace

The routes are under C</api/v1/contrib/liaison>.

=cut

sub api_namespace {
    return 'liaison';
}

=head2 api_routes

Paths of OpenAPI 2.

=cut

sub api_routes {
    my ($self) = @_;

    return Mojo::JSON::decode_json( $self->mbf_read('openapi.json') );
}

=head2 static_routes

Scripts and styles, which Koha serves from its own origin.

=cut

sub static_routes {
    my ($self) = @_;

    return Mojo::JSON::decode_json( $self->mbf_read('staticapi.json') );
}

=head2 intranet_head

=cut

sub intranet_head {
    my ($self) = @_;

    return q{} unless Koha::Plugin::Org::KohaLiaison::Liaison::Settings->new($self)->get('show_panel');
    return $self->_asset( '<link rel="stylesheet" href="%s" />', 'css/liaison.css' );
}

=head2 intranet_js

A file and no script in the page, so that a content security policy need not allow one.

=cut

sub intranet_js {
    my ($self) = @_;

    return q{} unless Koha::Plugin::Org::KohaLiaison::Liaison::Settings->new($self)->get('show_panel');
    return $self->_asset( '<script src="%s" defer="defer"></script>', 'js/liaison-staff.js' );
}

=head2 opac_js

=cut

sub opac_js {
    my ($self) = @_;

    return q{} unless Koha::Plugin::Org::KohaLiaison::Liaison::Settings->new($self)->get('show_opac');
    return $self->_asset( '<script src="%s" defer="defer"></script>', 'js/liaison-opac.js' );
}

=head2 tool

Coverage, what is assigned to nobody, and the last reports, as the daemon pushed them.

=cut

sub tool {
    my ($self) = @_;

    require Koha::Plugin::Org::KohaLiaison::Liaison::Pages;
    return Koha::Plugin::Org::KohaLiaison::Liaison::Pages->new($self)->tool;
}

=head2 configure

=cut

sub configure {
    my ($self) = @_;

    require Koha::Plugin::Org::KohaLiaison::Liaison::Pages;
    return Koha::Plugin::Org::KohaLiaison::Liaison::Pages->new($self)->configure;
}

# The version is part of the address, so that a browser never keeps an older file.
sub _asset {
    my ( $self, $element, $file ) = @_;

    return sprintf $element, '/api/v1/contrib/liaison/static/' . $file . '?v=' . $VERSION;
}

1;
