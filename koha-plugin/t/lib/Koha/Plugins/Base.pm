package Koha::Plugins::Base;

use Modern::Perl;

use C4::Context;
use File::Basename qw( dirname );

=head1 NAME

Koha::Plugins::Base - stand-in: the life of a plugin as Koha's class of that name leads it

=cut

sub new {
    my ( $class, $args ) = @_;

    my $self    = bless { %$args, class => $class }, $class;
    my $version = $self->get_metadata->{version};
    my $stored  = $self->retrieve_data('__INSTALLED_VERSION__') || 0;
    if ( !$self->retrieve_data('__INSTALLED__') ) {
        if ( $self->install ) {
            $self->store_data( { __INSTALLED__         => 1, __ENABLED__ => 1 } );
            $self->store_data( { __INSTALLED_VERSION__ => $version } );
        } else {
            warn "Plugin $class failed during installation!";
        }
    } elsif ( version->parse("v$version") > version->parse("v$stored") ) {
        if ( $self->upgrade ) {
            $self->store_data( { __INSTALLED_VERSION__ => $version } );
        } else {
            warn "Plugin $class failed during upgrade!";
        }
    }
    return $self;
}

sub store_data {
    my ( $self, $data ) = @_;

    my $sth =
        C4::Context->dbh->prepare('REPLACE INTO plugin_data SET plugin_class = ?, plugin_key = ?, plugin_value = ?');
    $sth->execute( $self->{class}, $_, $data->{$_} ) for keys %$data;
    return;
}

sub retrieve_data {
    my ( $self, $key ) = @_;

    my ($value) =
        C4::Context->dbh->selectrow_array(
        'SELECT plugin_value FROM plugin_data WHERE plugin_class = ? AND plugin_key = ?',
        undef, $self->{class}, $key );
    return $value;
}

sub get_metadata {
    my ($self) = @_;

    return $self->{metadata};
}

sub get_qualified_table_name {
    my ( $self, $name ) = @_;

    return lc join '_', split( m/::/, $self->{class} ), $name;
}

sub bundle_path {
    my ($self) = @_;

    my $file = ref($self) =~ s{::}{/}gr;
    return $INC{"$file.pm"} =~ s/[.]pm\z//r;
}

sub mbf_path {
    my ( $self, $name ) = @_;

    return $self->bundle_path . "/$name";
}

sub mbf_read {
    my ( $self, $name ) = @_;

    open my $in, '<:raw', $self->mbf_path($name) or die "$name: $!";
    my $content = do { local $/ = undef; <$in> };
    close $in;
    return $content;
}

=head2 get_template

Template Toolkit over the file, with Koha's includes and filters as far as the plugin's pages use them.

=cut

sub get_template {
    my ( $self, $args ) = @_;

    require LiaisonTest::Template;
    my $template = LiaisonTest::Template->new( $self->mbf_path( $args->{file} ) );
    $template->param( CLASS => $self->{class}, METHOD => scalar $self->{cgi}->param('method') );
    return $template;
}

sub output_html {
    my ( $self, $html ) = @_;

    $self->{printed} = $html;
    return;
}

1;
