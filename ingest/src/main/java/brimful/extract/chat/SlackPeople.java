package brimful.extract.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The names of a Slack workspace's people, from the `users.json` of its export, and who is in its
/// conversations of two, from `dms.json`.
public final class SlackPeople {

  private SlackPeople() {}

  /// Returns names by id; what cannot be read is left out.
  public static Map<String, String> read(InputStream json) throws IOException {
    var names = new HashMap<String, String>();
    each(
        json,
        user -> {
          String name = name(user);
          if (!name.isEmpty()) {
            names.put(user.path("id").asText(), name);
          }
        });
    return names;
  }

  /// Returns who is in each of the conversations of `dms.json`, by its id.
  ///
  /// @param people names by id
  static Map<String, String> direct(InputStream json, Map<String, String> people)
      throws IOException {
    var direct = new HashMap<String, String>();
    each(
        json,
        one -> {
          List<String> members = new ArrayList<>();
          for (JsonNode member : one.path("members")) {
            members.add(people.getOrDefault(member.asText(), member.asText()));
          }
          if (!members.isEmpty()) {
            direct.put(one.path("id").asText(), String.join(", ", members).replace('/', ' '));
          }
        });
    return direct;
  }

  private static void each(InputStream json, Consumer<JsonNode> consumer) throws IOException {
    JsonExport.read(
        new InputStreamReader(json, StandardCharsets.UTF_8),
        Set.of(),
        Set.of(),
        new JsonExport.Entries() {
          @Override
          public void entry(ObjectNode header, boolean first, JsonNode entry) {
            consumer.accept(entry);
          }

          @Override
          public void tooLarge() {
            // No person is that large.
          }
        });
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
