package LiaisonTest::Plugin;

use Modern::Perl;

use C4::Context;
use Koha::Plugin::Org::KohaLiaison::Liaison;
use LiaisonTest::App;
use JSON::Validator;
use LiaisonTest::Database;
use Mojo::URL;
use Test::Mojo;

=head1 NAME

LiaisonTest::Plugin - the plugin installed in a private Koha, with callers of several rights

=head2 start

    my $koha = LiaisonTest::Plugin->start;

Callers, by their token: C<daemon> may read figures and push, C<reader> only read, C<pusher> only push, C<staff> has
staff access and nothing else, C<patron> nothing, C<super> everything.

=cut

my %RIGHTS = (
    daemon => [ 0, qw( liaison_figures liaison_push ) ],
    reader => [ 0, 'liaison_figures' ],
    pusher => [ 0, 'liaison_push' ],
    staff  => [4],
    patron => [0],
    super  => [1],
);

sub start {
    my ($class) = @_;

    LiaisonTest::Database->start;
    my $plugin = Koha::Plugin::Org::KohaLiaison::Liaison->new( {} );
    my $dbh    = C4::Context->dbh;
    my $number = 900_001;
    for my $name ( sort keys %RIGHTS ) {
        my ( $flags, @codes ) = @{ $RIGHTS{$name} };
        $dbh->do( 'INSERT IGNORE INTO borrowers (borrowernumber, userid, flags) VALUES (?, ?, ?)',
            undef, $number, $name, $flags );
        $dbh->do( 'INSERT INTO user_permissions (borrowernumber, module_bit, code) VALUES (?, 19, ?)',
            undef, $number, $_ )
            for @codes;
        $number++;
    }
    return bless { plugin => $plugin, mojo => Test::Mojo->new( LiaisonTest::App->new->mount($plugin) ) }, $class;
}

=head2 plugin

=head2 mojo

=head2 dbh

=cut

sub plugin { return $_[0]->{plugin} }
sub mojo   { return $_[0]->{mojo} }
sub dbh    { return C4::Context->dbh }

=head2 call

    my ( $status, $answer ) = $koha->call( GET => '/version', as => 'daemon', query => {}, json => {} );

Dies where a good answer is not as the specification says.

=cut

sub call {
    my ( $self, $method, $path, %option ) = @_;

    my $as     = exists $option{as} ? $option{as}                       : 'daemon';
    my $header = defined $as        ? { Authorization => "Bearer $as" } : {};
    my $url    = Mojo::URL->new("/api/v1/contrib/liaison$path")->query( $option{query} // {} );
    my $ua     = $self->mojo->ua;
    my $tx     = $ua->start(
        $ua->build_tx( $method => $url => $header => exists $option{json} ? ( json => $option{json} ) : () ) );
    $self->{body} = $tx->res->text;
    $self->_check( lc $method, $path, $tx->res->json ) if $tx->res->code == 200;
    return ( $tx->res->code, $tx->res->json );
}

sub _check {
    my ( $self, $method, $path, $answer ) = @_;

    my ($known) = grep { my $like = quotemeta($_) =~ s/\\[{]\w+\\[}]/[^\/]+/gr; $path =~ m/\A$like\z/ }
        keys %{ $self->plugin->api_routes };
    my $schema = $self->plugin->api_routes->{$known}->{$method}->{responses}->{200}->{schema};
    $self->{validators}->{"$method $known"} //= JSON::Validator->new->schema($schema);
    my @errors = $self->{validators}->{"$method $known"}->validate($answer);
    die "$method $path: @errors" if @errors;
    return;
}

=head2 body

Text of the last answer.

=cut

sub body { return $_[0]->{body} }

=head2 rows

    my @rows = $koha->rows( '/use', { from => '2026-10-01', to => '2026-11-01', limit => 10 } );

All pages of a list.

=cut

sub rows {
    my ( $self, $path, $query ) = @_;

    my ( @rows, $cursor );
    $self->{pages} = 0;
    while (1) {
        my ( $status, $answer ) =
            $self->call( GET => $path, query => { %{ $query // {} }, $cursor ? ( cursor => $cursor ) : () } );
        die "$path: $status " . $self->body unless $status == 200;
        push @rows, @{ $answer->{rows} };
        $self->{pages}++;
        $cursor = $answer->{next};
        last unless defined $cursor;
    }
    return @rows;
}

=head2 pages

How many pages the last list had.

=cut

sub pages { return $_[0]->{pages} }

1;
