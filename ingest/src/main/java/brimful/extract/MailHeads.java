package brimful.extract;

import brimful.corpus.Locator;
import java.util.ArrayList;
import java.util.List;
import org.apache.tika.metadata.Message;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.Property;
import org.apache.tika.metadata.TikaCoreProperties;

/// Puts who, to whom, when and about what above the text of a mail: Tika gives them as metadata.
final class MailHeads {
  private MailHeads() {}

  static List<Section> above(List<Section> sections, Metadata metadata) {
    if (!"message/rfc822".equals(metadata.get(Metadata.CONTENT_TYPE))) {
      return sections;
    }
    var lines = new ArrayList<String>();
    head(lines, "From", metadata.getValues(Message.MESSAGE_FROM));
    head(lines, "To", metadata.getValues(Message.MESSAGE_TO));
    head(lines, "Cc", metadata.getValues(Message.MESSAGE_CC));
    head(lines, "Date", metadata.getValues(TikaCoreProperties.CREATED));
    head(lines, "Subject", metadata.getValues(subject(metadata)));
    sections.forEach(section -> lines.add("\n" + section.text()));
    if (lines.isEmpty()) {
      return List.of();
    }
    String text = PlainText.normal(String.join("\n", lines)).strip();
    return List.of(new Section(new Locator.Lines(1, PlainText.lines(text)), text));
  }

  private static Property subject(Metadata metadata) {
    return metadata.get(TikaCoreProperties.SUBJECT) != null
        ? TikaCoreProperties.SUBJECT
        : TikaCoreProperties.TITLE;
  }

  private static void head(List<String> lines, String name, String[] values) {
    if (values.length > 0) {
      lines.add(name + ": " + String.join(", ", values).replaceAll("\\s+", " "));
    }
  }
}
