package brimful.extract.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.metadata.Message;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.Property;
import org.apache.tika.metadata.TikaCoreProperties;

/// The head of a mail of Outlook, alone (MSG) or in a file of folders (PST), whose fields Tika
/// gives as metadata.
///
/// The header with which the mail came counts first; a mail that was never sent has only names and
/// addresses. An address without `@` is one of Exchange's internal names, and is left out.
public final class OutlookHead {
  private static final String IN_FOLDERS = "application/x-tika-pst-mail-item";

  private static final Set<String> TYPES = Set.of("application/vnd.ms-outlook", IN_FOLDERS);

  private final Metadata metadata;

  private OutlookHead(Metadata metadata) {
    this.metadata = metadata;
  }

  /// Returns the lines above the text; none for other documents.
  public static List<String> lines(Metadata metadata) {
    String type = metadata.get(Metadata.CONTENT_TYPE);
    return type != null && TYPES.contains(type) ? new OutlookHead(metadata).lines() : List.of();
  }

  private List<String> lines() {
    var head = new MailHead(IN_FOLDERS.equals(metadata.get(Metadata.CONTENT_TYPE)));
    field(head, "From", people(Message.MESSAGE_FROM_NAME, Message.MESSAGE_FROM_EMAIL));
    field(head, "To", people(Message.MESSAGE_TO_DISPLAY_NAME, Message.MESSAGE_TO_EMAIL));
    field(head, "Cc", people(Message.MESSAGE_CC_DISPLAY_NAME, Message.MESSAGE_CC_EMAIL));
    field(head, "Bcc", people(Message.MESSAGE_BCC_DISPLAY_NAME, Message.MESSAGE_BCC_EMAIL));
    field(
        head,
        "Date",
        value(
            "mapi:client-submit-time",
            "meta:mapi-msg-client-submit-time",
            TikaCoreProperties.CREATED.getName()));
    field(
        head,
        "Subject",
        value(TikaCoreProperties.SUBJECT.getName(), TikaCoreProperties.TITLE.getName()));
    field(
        head,
        "Message-ID",
        value("mapi:internet-message-id", TikaCoreProperties.IDENTIFIER.getName()));
    field(head, "In-Reply-To", Optional.empty());
    return head.lines();
  }

  private void field(MailHead head, String name, Optional<String> value) {
    value(Message.MESSAGE_RAW_HEADER_PREFIX + name)
        .or(() -> value)
        .ifPresent(text -> head.add(name, text));
  }

  private Optional<String> value(String... keys) {
    for (String key : keys) {
      String value = metadata.get(key);
      if (value != null && !value.isBlank()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private Optional<String> people(Property nameKey, Property addressKey) {
    String[] names = metadata.getValues(nameKey);
    String[] addresses = metadata.getValues(addressKey);
    // A PST has all names in one line first.
    int skip = names.length == addresses.length + 1 && addresses.length > 0 ? 1 : 0;
    List<String> people = new ArrayList<>();
    for (int i = 0; i < Math.max(names.length - skip, addresses.length); i++) {
      String name = i + skip < names.length ? names[i + skip].strip() : "";
      String address =
          i < addresses.length && addresses[i].contains("@") ? addresses[i].strip() : "";
      if (name.isEmpty() || name.equals(address)) {
        people.add(address);
      } else {
        people.add(address.isEmpty() ? name : name + " <" + address + ">");
      }
    }
    people.removeIf(String::isEmpty);
    return people.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", people));
  }
}
