package brimful.source.forge;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;

/// How one kind of forge lists the repositories of an organisation.
interface Forge {
  /// Returns the address of the first page below the API's base.
  ///
  /// @param base without a final slash
  URI first(String base);

  /// Returns the headers by which a token is sent.
  Map<String, String> authorization(String token);

  /// Returns the user name that git gives together with a token.
  String user();

  /// Reads an entry of a page.
  Entry entry(JsonNode node);

  /// An entry of a page.
  ///
  /// @param empty whether it has no commit
  record Entry(ForgeRepository repository, boolean archived, boolean fork, boolean empty) {}
}
