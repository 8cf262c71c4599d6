package LiaisonTest::Template;

use Modern::Perl;

use Template;

=head1 NAME

LiaisonTest::Template - a page of the plugin, with the includes of Koha that it asks for as short as can be

=cut

our %INCLUDES = (
    'doc-head-open.inc'   => '<!DOCTYPE html><html lang="en"><head>',
    'doc-head-close.inc'  => q{},
    'header.inc'          => q{},
    'intranet-bottom.inc' => '</body></html>',
    'csrf-token.inc'      => '<input type="hidden" name="csrf_token" value="TOKEN" />',
);

sub new {
    my ( $class, $file ) = @_;

    return bless { file => $file, params => {} }, $class;
}

sub param {
    my ( $self, %params ) = @_;

    $self->{params} = { %{ $self->{params} }, %params };
    return;
}

sub output {
    my ($self) = @_;

    my $engine = Template->new( { ABSOLUTE => 1, ENCODING => 'UTF-8', BLOCKS => \%INCLUDES } );
    my $html   = q{};
    $engine->process( $self->{file}, $self->{params}, \$html ) or die $engine->error;
    return $html;
}

1;
