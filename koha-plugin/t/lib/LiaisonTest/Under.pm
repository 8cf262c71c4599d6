package LiaisonTest::Under;

use Mojo::Base 'Mojolicious::Controller';

use C4::Context;

=head1 NAME

LiaisonTest::Under - the step before every route

=cut

sub check {
    my ($c) = @_;

    my $spec          = $c->openapi->spec;
    my $authorization = $spec->{'x-koha-authorization'};
    if ($authorization) {
        my $user = $c->_user;
        return $c->_refuse( 401, { error => 'Authentication failure.' } ) unless $user;
        my $permissions = $authorization->{permissions};
        return $c->_refuse( 403,
            { error => 'Authorization failure. Missing required permission(s).', required_permissions => $permissions }
        ) unless defined $permissions && _has_permission( $user, $permissions );
    }
    my %known   = map  { $_->{name} => 1 } grep { $_->{in} eq 'query' } @{ $spec->{parameters} };
    my @unknown = grep { !$known{$_} } sort keys %{ $c->req->query_params->to_hash };
    return $c->_refuse( 400, [ map { { path => "/query/$_", message => 'Malformed query string' } } @unknown ] )
        if @unknown;
    return 1;
}

=head2 token

=cut

sub token {
    my ($c) = @_;

    my $client = $c->param('client_id') // q{};
    my ($known) = C4::Context->dbh->selectrow_array( 'SELECT userid FROM borrowers WHERE userid = ?', undef, $client );
    return $c->render( status => 403, json => { error => 'unauthorized_client' } ) unless defined $known;
    return $c->render( json => { access_token => $known, token_type => 'Bearer', expires_in => 3600 } );
}

sub _refuse {
    my ( $c, $status, $body ) = @_;

    $c->render( status => $status, json => $body );
    return 0;
}

sub _user {
    my ($c) = @_;

    my ($token) = ( $c->req->headers->authorization // q{} ) =~ m/\ABearer (\S+)\z/ or return;
    return C4::Context->dbh->selectrow_hashref( 'SELECT borrowernumber, flags FROM borrowers WHERE userid = ?',
        undef, $token );
}

# Koha's grammar: a flag of the module, or one of its sub-permissions; 1 is the flag of the whole module only.
sub _has_permission {
    my ( $user, $permissions ) = @_;

    my $dbh = C4::Context->dbh;
    return 1 if ( $user->{flags} // 0 ) & 1;
    for my $module ( keys %$permissions ) {
        my ($bit) = $dbh->selectrow_array( 'SELECT bit FROM userflags WHERE flag = ?', undef, $module );
        next   if defined $bit && ( $user->{flags} // 0 ) & ( 1 << $bit );
        return if $permissions->{$module} eq '1';
        my ($held) = $dbh->selectrow_array(
            'SELECT COUNT(*) FROM user_permissions WHERE borrowernumber = ? AND module_bit = ? AND code = ?',
            undef, $user->{borrowernumber},
            $bit,  $permissions->{$module}
        );
        return unless $held;
    }
    return 1;
}

1;
