package brimful.source.forge;

import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/// A token that git gives to one host only, over TLS unless the host is this machine: a redirect
/// does not take it elsewhere.
final class HostCredentials extends CredentialsProvider {
  private final String host;
  private final String user;
  private final String token;

  HostCredentials(String host, String user, String token) {
    this.host = host;
    this.user = user;
    this.token = token;
  }

  @Override
  public boolean isInteractive() {
    return false;
  }

  @Override
  public boolean supports(CredentialItem... items) {
    for (CredentialItem item : items) {
      if (!(item instanceof CredentialItem.Username)
          && !(item instanceof CredentialItem.Password)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean get(URIish uri, CredentialItem... items) {
    boolean safe = "https".equals(uri.getScheme()) || ForgeList.isLoopback(uri.getHost());
    if (!safe || !host.equalsIgnoreCase(uri.getHost()) || !supports(items)) {
      return false;
    }
    for (CredentialItem item : items) {
      switch (item) {
        case CredentialItem.Username name -> name.setValue(user);
        case CredentialItem.Password password -> password.setValue(token.toCharArray());
        default -> throw new IllegalArgumentException("supports() lets no other item pass");
      }
    }
    return true;
  }
}
