package brimful.extract.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The names of a Slack workspace's people, from the `users.json` of its export.
public final class SlackPeople {

  private SlackPeople() {}

  /// Returns names by id; what cannot be read is left out.
  public static Map<String, String> read(InputStream json) throws IOException {
    var names = new HashMap<String, String>();
    JsonExport.read(
        new InputStreamReader(json, StandardCharsets.UTF_8),
        Set.of(),
        Set.of(),
        new JsonExport.Entries() {
          @Override
          public void entry(ObjectNode header, boolean first, JsonNode user) {
            String name = name(user);
            if (!name.isEmpty()) {
              names.put(user.path("id").asText(), name);
            }
          }

          @Override
          public void tooLarge() {
            // No person is that large.
          }
        });
    return names;
  }

  /// Returns the name by which others know a person.
  static String name(JsonNode user) {
    JsonNode profile = user.path("profile");
    for (JsonNode each : new JsonNode[] {profile, user}) {
      String name = ChannelExport.known(each, "real_name", "display_name");
      if (!name.isEmpty()) {
        return name;
      }
    }
    return ChannelExport.known(user, "name");
  }
}
