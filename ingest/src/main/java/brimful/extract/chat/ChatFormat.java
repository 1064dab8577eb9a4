package brimful.extract.chat;

import brimful.corpus.PathKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The exports that are read as conversations, each recognised by the start of the file.
public enum ChatFormat {
  CHATGPT("(?s)\\s*[\\[{].*\"mapping\"\\s*:\\s*\\{.*", "json"),
  CLAUDE("(?s)\\s*\\[.*\"chat_messages\"\\s*:\\s*\\[.*", "json"),
  SLACK(
      "(?s)\\s*\\[\\s*\\{(?=.*\"ts\"\\s*:\\s*\"\\d{9,11}\\.\\d+\")(?=.*\"(?:user|bot_id|subtype)\"\\s*:).*",
      "json"),
  TELEGRAM(
      "(?s)\\s*\\{(?=.*\"messages\"\\s*:\\s*\\[)(?=.*\"(?:from_id|actor_id|date_unixtime)\"\\s*:"
          + "|.*\"type\"\\s*:\\s*\"(?:personal_chat|bot_chat|saved_messages|(?:private|public)_(?:group|supergroup|channel))\").*",
      "json"),
  DISCORD(
      "(?s)\\s*\\{\\s*\"guild\"\\s*:\\s*\\{.*\"channel\"\\s*:\\s*\\{.*\"messages\"\\s*:\\s*\\[.*",
      "json"),
  TEAMS(
      "(?s)\\s*\\{(?:(?=.*\"MessageList\"\\s*:\\s*\\[)"
          + "|(?=.*\"value\"\\s*:\\s*\\[)(?=.*\"createdDateTime\"\\s*:)(?=.*\"(?:messageType|chatId|channelIdentity)\"\\s*:)).*",
      "json"),
  /// What Discord gives a person of their own messages.
  DISCORD_PACKAGE(
      "(?s)\\s*\\[\\s*\\{(?=.{0,500}\"ID\"\\s*:)(?=.{0,500}\"Timestamp\"\\s*:)(?=.*\"Contents\"\\s*:).*",
      "json"),
  DISCORD_TABLE("(?s)ID,Timestamp,Contents,Attachments\\r?\\n.*", "csv"),
  /// Messages with roles, in one JSON value.
  MESSAGES(
      "(?s)\\s*(?:\\[\\s*\\{(?=.{0,200}\"(?:role|from)\")|\\{(?=.*\"(?:messages|conversations?)\"\\s*:\\s*\\[\\s*\\{))"
          + "(?=.*\"(?:role|from)\"\\s*:\\s*\"(?:system|user|assistant|developer|human|gpt|model)\").*",
      "json"),
  /// Messages with roles, or whole conversations, each in a line; logs of coding assistants.
  MESSAGE_LINES(
      "(?s)\\s*\\{(?:(?=.*\"(?:role|from)\"\\s*:\\s*\"(?:system|user|assistant|developer|human|gpt|model)\")"
          + "(?=.*\"(?:content|value|parts|tool_calls|messages|conversations?)\"\\s*:)"
          + "|(?=.*\"(?:sessionId|leafUuid)\"\\s*:)|(?=.*\"type\"\\s*:\\s*\"session_meta\")).*",
      "jsonl",
      "ndjson"),
  WHATSAPP(WhatsAppLines.START, "txt");

  private final Pattern start;

  // The list comes from List.of, which the checker cannot see.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> endings;

  ChatFormat(String start, String... endings) {
    this.start = Pattern.compile(start);
    this.endings = List.of(endings);
  }

  /// Returns the format of a file; none if it is no export.
  ///
  /// @param start gives the first characters of the file; most files are of other endings, and are
  ///   not decoded for it
  public static Optional<ChatFormat> of(String path, Supplier<String> start) {
    String ending = PathKind.ending(path);
    List<ChatFormat> possible =
        Arrays.stream(values()).filter(format -> format.endings.contains(ending)).toList();
    if (possible.isEmpty()) {
      return Optional.empty();
    }
    String text = start.get();
    return possible.stream().filter(format -> format.start.matcher(text).matches()).findFirst();
  }
}
