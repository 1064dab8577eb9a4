package brimful.extract;

import brimful.corpus.Locator;
import brimful.extract.mail.OutlookHead;
import java.util.ArrayList;
import java.util.List;
import org.apache.tika.metadata.Metadata;

/// Puts who, to whom, when and about what above the text of a mail of Outlook: Tika gives them as
/// metadata.
final class MailHeads {
  private MailHeads() {}

  static List<Section> above(List<Section> sections, Metadata metadata) {
    List<String> head = OutlookHead.lines(metadata);
    if (head.isEmpty()) {
      return sections;
    }
    var lines = new ArrayList<String>(head);
    sections.forEach(section -> lines.add("\n" + section.text()));
    String text = PlainText.normal(String.join("\n", lines)).strip();
    return List.of(new Section(new Locator.Lines(1, PlainText.lines(text)), text));
  }
}
